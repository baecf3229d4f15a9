#include "connect/impl/outgoing.hpp"

#include "base/check.hpp"
#include "connect/address.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>

namespace zt::connect::impl {

namespace {

constexpr std::array<std::string_view, 8> outcome_names{
    "answered",
    "no_connection",
    "timed_out",
    "private_address",
    "bad_certificate",
    "too_large",
    "bad_request",
    "stopped"
};
constexpr const char* protocols = "http,https,smtp,smtps";
/// How long one wait for sockets may take before `stopping` is looked at without a wake.
constexpr int poll_ms = 500;

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

void add(List& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    CHECK(longer != nullptr);
    ignore(list.release(), "the longer list begins with it");
    list.reset(longer);
}

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

/// One request while it is under way.
struct Exchange {
    const Request* request = nullptr;
    const OutgoingLimits* limits = nullptr;
    Reply reply;
    std::size_t sent = 0;
    bool met_private = false, is_over_limit = false, has_ended = false;
    List headers, recipients, resolved;
    std::unique_ptr<CURL, FreeEasy> easy;
};

bool is_allowed(const sockaddr_storage& address, const OutgoingLimits& limits) {
    if (address.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        AddressV4 bytes{};
        std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
        return limits.allows_private || is_public(bytes);
    }
    if (address.ss_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &address, sizeof in);
        AddressV6 bytes{};
        std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
        return limits.allows_private || is_public(bytes);
    }
    return false;  // a socket of this machine
}

curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
    auto& exchange = *static_cast<Exchange*>(context);
    // libcurl keeps the whole address behind the first bytes that the member declares.
    sockaddr_storage whole{};
    const void* const bytes = &address->addr;
    std::memcpy(&whole, bytes, std::min<std::size_t>(address->addrlen, sizeof whole));
    if (!is_allowed(whole, *exchange.limits)) {
        exchange.met_private = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_body(const char* bytes, std::size_t, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    if (exchange.reply.body.size() + count > exchange.limits->answer_bytes_max) {
        exchange.is_over_limit = true;
        return 0;
    }
    exchange.reply.body.append(bytes, count);
    return count;
}

std::size_t take_header(const char* bytes, std::size_t, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    std::string line(bytes, count);
    const std::size_t colon = line.find(':');
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    if (colon != std::string::npos && name.starts_with("zhitong-")) {
        std::string value = line.substr(colon + 1);
        std::erase_if(value, [](char byte) { return static_cast<unsigned char>(byte) <= 0x20U; });
        exchange.reply.headers.emplace_back(std::move(name), std::move(value));
    }
    return count;
}

std::size_t give_body(char* room, std::size_t, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const std::string& body = exchange.request->body;
    const std::size_t size = std::min(count, body.size() - exchange.sent);
    std::ranges::copy(std::string_view(body).substr(exchange.sent, size), room);
    exchange.sent += size;
    return size;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
    CHECK(curl_easy_setopt(easy, option, value) == CURLE_OK);
}

void set_limits(Exchange& exchange) {
    CURL* const easy = exchange.easy.get();
    const OutgoingLimits& limits = *exchange.limits;
    set(easy, CURLOPT_PROTOCOLS_STR, protocols);
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_QUICK_EXIT, 1L);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_timeout.count()));
    set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total_timeout.count()));
    set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&exchange));
    set(easy, CURLOPT_WRITEFUNCTION, &take_body);
    set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&exchange));
    set(easy, CURLOPT_PRIVATE, static_cast<void*>(&exchange));
    if (!limits.certificates.empty()) {
        set(easy, CURLOPT_CAINFO, limits.certificates.c_str());
    }
    if (!limits.addresses.empty()) {
        for (const std::string& address : limits.addresses) {
            add(exchange.resolved, address);
        }
        set(easy, CURLOPT_RESOLVE, exchange.resolved.get());
    }
}

void set_post(Exchange& exchange) {
    CURL* const easy = exchange.easy.get();
    const Request& request = *exchange.request;
    for (const auto& [name, value] : request.headers) {
        add(exchange.headers, name + ": " + value);
    }
    add(exchange.headers, "Expect:");  // a second round for bodies this small
    set(easy, CURLOPT_HTTPHEADER, exchange.headers.get());
    set(easy, CURLOPT_USERAGENT, "zhitong");
    set(easy, CURLOPT_POST, 1L);
    set(easy, CURLOPT_POSTFIELDS, request.body.data());
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy, CURLOPT_HEADERFUNCTION, &take_header);
    set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&exchange));
}

void set_mail(Exchange& exchange) {
    CURL* const easy = exchange.easy.get();
    const Request& request = *exchange.request;
    const MailServer& mail = *request.mail;
    if (!mail.user.empty()) {
        set(easy, CURLOPT_USERNAME, mail.user.c_str());
        set(easy, CURLOPT_PASSWORD, mail.password.c_str());
    }
    const long security = mail.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL;
    set(easy, CURLOPT_USE_SSL, security);
    set(easy, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    add(exchange.recipients, "<" + request.mail_to + ">");
    set(easy, CURLOPT_MAIL_RCPT, exchange.recipients.get());
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_READFUNCTION, &give_body);
    set(easy, CURLOPT_READDATA, static_cast<void*>(&exchange));
}

std::unique_ptr<Exchange> begin(const Request& request, const OutgoingLimits& limits) {
    auto out = std::make_unique<Exchange>();
    out->request = &request;
    out->limits = &limits;
    out->easy.reset(curl_easy_init());
    CHECK(out->easy != nullptr);
    set_limits(*out);
    set(out->easy.get(), CURLOPT_URL, request.url.c_str());
    if (request.mail == nullptr) {
        set_post(*out);
    } else {
        set_mail(*out);
    }
    return out;
}

Outcome outcome_of(const Exchange& exchange, CURLcode code) {
    if (exchange.is_over_limit) {
        return Outcome::too_large;
    }
    // A mail server says no in words that libcurl turns into errors of its own.
    if (code == CURLE_OK || (exchange.request->mail != nullptr && exchange.reply.status >= 400)) {
        return Outcome::answered;
    }
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return Outcome::timed_out;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED: return Outcome::bad_certificate;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return Outcome::bad_request;
    default: return exchange.met_private ? Outcome::private_address : Outcome::no_connection;
    }
}

void finish(Exchange& exchange, CURLcode code) {
    long status = 0;
    ignore(
        curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &status),
        "0 says that nobody answered"
    );
    exchange.reply.status = exchange.request->mail != nullptr && code == CURLE_OK ? 0 : status;
    exchange.reply.outcome = outcome_of(exchange, code);
    exchange.has_ended = true;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    return outcome_names.at(static_cast<std::size_t>(outcome));
}

class Outgoing::Handles {
  public:
    Handles() : multi(curl_multi_init()) { CHECK(multi != nullptr); }
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;
    ~Handles() { ignore(curl_multi_cleanup(multi), "nothing is under way"); }
    CURLM* const multi;
};

Outgoing::Outgoing(OutgoingLimits limits) : limits_(std::move(limits)) {
    start_library();
    handles_ = std::make_unique<Handles>();
    const long connections = static_cast<long>(limits_.connections_max);
    CHECK(
        curl_multi_setopt(handles_->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections) == CURLM_OK
    );
    CHECK(curl_multi_setopt(handles_->multi, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK);
}

Outgoing::~Outgoing() = default;

void Outgoing::wake() {
    ignore(curl_multi_wakeup(handles_->multi), "the next look comes by itself");
}

std::vector<Reply>
Outgoing::exchange(std::span<const Request> requests, const std::atomic<bool>& stopping) {
    CURLM* const multi = handles_->multi;
    std::vector<std::unique_ptr<Exchange>> all(requests.size());
    std::size_t begun = 0, active = 0;
    while (!stopping && (active > 0 || begun < requests.size())) {
        for (; begun < requests.size() && active < limits_.connections_max; ++begun, ++active) {
            all[begun] = begin(requests[begun], limits_);
            CHECK(curl_multi_add_handle(multi, all[begun]->easy.get()) == CURLM_OK);
        }
        int running = 0, left = 0;
        CHECK(curl_multi_perform(multi, &running) == CURLM_OK);
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            void* ended = nullptr;
            ignore(
                curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &ended), "set in begin"
            );
            finish(*static_cast<Exchange*>(ended), message->data.result);
            ignore(curl_multi_remove_handle(multi, message->easy_handle), "it has ended");
            --active;
        }
        if (active > 0) {
            ignore(curl_multi_poll(multi, nullptr, 0, poll_ms, nullptr), "the loop looks again");
        }
    }
    std::vector<Reply> out(requests.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] != nullptr && all[i]->has_ended) {
            out[i] = std::move(all[i]->reply);
            continue;
        }
        out[i].outcome = Outcome::stopped;
        if (all[i] != nullptr) {
            ignore(curl_multi_remove_handle(multi, all[i]->easy.get()), "given up");
        }
    }
    return out;
}

}  // namespace zt::connect::impl
