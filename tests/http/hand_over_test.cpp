// Two places, each a server of its own on loopback: a matter goes over, a receipt comes back, and
// the matter comes back the same way.

#include "connect/hand_over.hpp"
#include "connect/signature.hpp"
#include "tests/http/people_place.hpp"

#include <chrono>

namespace zt::http::test {
namespace {

constexpr const char* secret = "0123456789abcdef0123456789abcdef";

class HandOver : public ::testing::Test {
  protected:
    HandOver() {
        const std::uint16_t at_here = free_port();
        const std::uint16_t at_there = free_port();
        prepare(here_, at_here, {"邻县", "there", url(at_there)});
        prepare(there_, at_there, {"本县", "here", url(at_here)});
    }
    ~HandOver() override {
        std::filesystem::remove(here_.place.path() + ".secret");
        std::filesystem::remove(there_.place.path() + ".secret");
    }

    struct Neighbour {
        std::string name, tenant, url;
    };
    static std::string url(std::uint16_t port) {
        return "http://127.0.0.1:" + std::to_string(port) + "/api/v1/hand-over";
    }
    static void prepare(PeoplePlace& place, std::uint16_t port, const Neighbour& neighbour) {
        const std::string file = place.place.path() + ".secret";
        std::ofstream(file) << secret;
        place.give_account({"clerk", "office", "clerk"});
        place.settings.http.port = port;
        place.settings.messages.channels.outgoing.allows_private = true;
        place.settings.messages.channels.quiet = {0, 0};
        place.settings.messages.channels.retry.first = std::chrono::seconds{1};
        place.settings.messages.partners = {{neighbour.name, neighbour.tenant, neighbour.url, file}
        };
        place.serve();
    }

    /// Number under which the partner took it, from the receipt on the matter's page.
    static std::string
    receipt_of(const PeoplePlace& place, const Signed& clerk, const std::string& number) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{15};
        while (std::chrono::steady_clock::now() < until) {
            const Heard page = place.get("/api/v1/matters/" + number, clerk.fields());
            const std::string receipt = body_of(page)["fields"]["receipt"].as_string();
            if (!receipt.empty()) {
                return receipt;
            }
        }
        return {};
    }

    static std::string signed_fields(const std::string& key, const std::string& body, UtcMs at) {
        std::string fields;
        for (const auto& [name, value] : connect::signed_headers(key, at, body)) {
            fields += name + ": " + value + "\r\n";
        }
        return fields;
    }

    static connect::HandOver sample() {
        connect::HandOver message;
        message.effect = {17, 6};
        message.tenant = "there";
        message.path = {"there ZT-2022-000009"};
        message.kind = "appeal";
        message.at = app::OsClock{}.now();
        message.title = "邻县路段坑洼";
        message.name = "某厂";
        message.contact = "13900000001";
        return message;
    }

    PeoplePlace here_{"hand-over-here", "here"}, there_{"hand-over-there", "there"};
};

TEST_F(HandOver, a_matter_goes_over_and_comes_back_with_receipts) {
    const Signed clerk = here_.as("clerk");
    const std::string number = here_.hand_in();
    const Heard given = here_.does(
        clerk, number, R"({"verb":"hand_over","fields":{"body":"邻县","text":"属邻县管辖"}})"
    );
    ASSERT_EQ(given.status, 200) << given.body;
    const std::string receipt = receipt_of(here_, clerk, number);
    ASSERT_TRUE(receipt.starts_with("there ")) << receipt;
    const std::string copy = receipt.substr(6);
    const Signed other = there_.as("clerk");
    const Json page = body_of(there_.get("/api/v1/matters/" + copy, other.fields()));
    EXPECT_EQ(page["line"]["title"].as_string(), "门口停电三天");
    EXPECT_EQ(page["fields"]["handed_from"].as_string(), "here " + number);

    const Heard back = there_.does(
        other, copy, R"({"verb":"hand_over","fields":{"body":"本县","text":"仍属你县"}})"
    );
    ASSERT_EQ(back.status, 200) << back.body;
    const std::string second = receipt_of(there_, other, copy);
    ASSERT_TRUE(second.starts_with("here ")) << second;
    const Json returned = body_of(here_.get("/api/v1/matters/" + second.substr(5), clerk.fields()));
    EXPECT_EQ(returned["fields"]["handed_from"].as_string(), "here " + number + " > there " + copy);
}

TEST_F(HandOver, what_comes_twice_registers_once_and_forgeries_do_not_at_all) {
    const std::string path = "/api/v1/hand-over";
    const std::string body = to_text(sample());
    const UtcMs now = app::OsClock{}.now();
    const Heard first = here_.post(path, signed_fields(secret, body, now), body);
    ASSERT_EQ(first.status, 201) << first.body;
    const connect::Signature answer{first.field("zhitong-time"), first.field("zhitong-signature")};
    EXPECT_TRUE(connect::verify(secret, answer, first.body, now));
    const auto receipt = connect::read_receipt(first.body);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->tenant, "here");
    const Heard second = here_.post(path, signed_fields(secret, body, now), body);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, first.body);

    const Heard forged =
        here_.post(path, signed_fields("another secret of 32 characters!", body, now), body);
    EXPECT_EQ(forged.status, 401);
    auto stranger = sample();
    stranger.tenant = "nowhere";
    stranger.path = {"nowhere ZT-1"};
    const std::string strange = to_text(stranger);
    const Heard unknown = here_.post(path, signed_fields(secret, strange, now), strange);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(unknown.body, forged.body) << "who is a partner is not told";
    const UtcMs long_ago = now - std::chrono::hours{1};
    EXPECT_EQ(here_.post(path, signed_fields(secret, body, long_ago), body).status, 401);
    EXPECT_EQ(here_.post(path, "", body).status, 401);
    auto other = sample();
    other.kind = "nothing";
    const std::string odd = to_text(other);
    EXPECT_EQ(here_.post(path, signed_fields(secret, odd, now), odd).status, 400);
}

}  // namespace
}  // namespace zt::http::test
