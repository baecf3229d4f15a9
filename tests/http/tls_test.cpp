// TLS by certificate files: a handshake, an answer, and what a secure caller is told.

#include "tests/http/edge.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>

namespace zt::http::test {
namespace {

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

/// A certificate for "h", signed by itself, and its key.
class Identity {
  public:
    Identity() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "zhitong-tls-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, key);
        X509_NAME* name = X509_get_subject_name(certificate);
        const std::array<unsigned char, 1> host{'h'};
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host.data(), 1, -1, 0);
        X509_set_issuer_name(certificate, name);
        X509_sign(certificate, key, EVP_sha256());
        const File into(std::fopen(certificate_file().c_str(), "w"), std::fclose);
        PEM_write_X509(into.get(), certificate);
        const File key_into(std::fopen(key_file().c_str(), "w"), std::fclose);
        PEM_write_PrivateKey(key_into.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    Identity(const Identity&) = delete;
    Identity& operator=(const Identity&) = delete;
    ~Identity() { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string certificate_file() const { return folder_ + "/certificate.pem"; }
    [[nodiscard]] std::string key_file() const { return folder_ + "/key.pem"; }

  private:
    std::string folder_;
};

/// Sends a request over TLS and gives what comes back until the other side ends.
std::string ask_over_tls(std::uint16_t port, const std::string& request, int version_max) {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_max_proto_version(context, version_max);
    BIO* wire = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(wire, ("127.0.0.1:" + std::to_string(port)).c_str());
    std::string answer;
    if (BIO_do_connect(wire) == 1 && BIO_do_handshake(wire) == 1) {
        BIO_write(wire, request.data(), static_cast<int>(request.size()));
        std::array<char, 4096> part{};
        int count = 0;
        while ((count = BIO_read(wire, part.data(), static_cast<int>(part.size()))) > 0) {
            answer.append(part.data(), static_cast<std::size_t>(count));
        }
    }
    ERR_clear_error();
    BIO_free_all(wire);
    SSL_CTX_free(context);
    return answer;
}

TEST(tls, a_request_is_answered_and_told_to_stay_secure) {
    const Identity identity;
    const Edge edge(
        Settings{.certificate_file = identity.certificate_file(), .key_file = identity.key_file()}
    );
    const std::uint16_t port = edge.server->port();
    const std::string request = "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nOrigin: https://h\r\n"
                                "Connection: close\r\nContent-Length: 30000\r\n\r\n";
    EXPECT_TRUE(ask_over_tls(port, request, TLS1_3_VERSION).starts_with("HTTP/1.1 413 "));
    const std::string small = "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nOrigin: https://h\r\n"
                              "Connection: close\r\nContent-Length: 3\r\n\r\nabc";
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const std::string answer = ask_over_tls(port, small, version);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
        EXPECT_TRUE(answer.ends_with("abc")) << answer;
        EXPECT_NE(answer.find("Strict-Transport-Security: "), std::string::npos);
    }
    EXPECT_EQ(ask_over_tls(port, small, TLS1_1_VERSION), "");
}

TEST(tls, plain_bytes_are_no_handshake) {
    const Identity identity;
    const Edge edge(
        Settings{.certificate_file = identity.certificate_file(), .key_file = identity.key_file()}
    );
    Client client = edge.client();
    client.ask("GET /healthz");
    EXPECT_EQ(client.rest().find("HTTP/1.1 200"), std::string::npos);
}

TEST(tls, a_key_of_another_certificate_is_refused) {
    const Identity one, other;
    Edge edge({}, false);
    const Settings settings{
        .port = 0, .certificate_file = one.certificate_file(), .key_file = other.key_file()
    };
    const auto started = Server::start(edge.world, settings, test_routes());
    ASSERT_FALSE(started.has_value());
    EXPECT_EQ(started.error().code, Errc::bad_file);
}

}  // namespace
}  // namespace zt::http::test
