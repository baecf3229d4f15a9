// Receipts and roots over HTTP: what is saved proves itself without the server.

#include "service/receipt.hpp"
#include "tests/http/public_place.hpp"
#include "vault/follow_code.hpp"

namespace zt::http::test {
namespace {

using namespace std::chrono;

class ProofsOverHttp : public PublicPlace {
  protected:
    struct Handed {
        std::string number, code;
    };
    /// Handed in by the requester, as over the portal.
    Handed hands_in(UtcMs at, const std::string& title) {
        const Uuid key = uuid7_from_text(at, title);
        Submit submit;
        submit.credential = "outside";
        submit.key = vault::blinded(key);
        submit.follow = FollowKey{key, {}};
        Command command;
        command.verb = Verb::register_;
        command.kind = "appeal";
        command.actor.kind = ActorKind::party;
        command.fields = Json::object().set("for", "王小明").set("contact", "13900000077");
        command.fields.set("title", title).set("purpose", "help").set("category", "power");
        submit.commands.push_back(std::move(command));
        const auto answer = tenant().ledger().submit(submit, at);
        EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
        const std::string number =
            tenant().ledger().state(answer->rows.front().matter).value()->number;
        return {number, vault::follow_code(tenant().key()->lookup(), number, key)};
    }
    [[nodiscard]] Heard receipt_of(const Handed& handed) const {
        const std::string path = "/api/v1/portal/matters/" + handed.number + "/receipt";
        const std::string code = "Zhitong-Code: " + handed.code + "\r\n";
        Heard heard = get(path, code);
        for (int turn = 0; heard.status == 503 && turn < 20'000; ++turn) {
            heard = get(path, code);
        }
        return heard;
    }
    /// Asks until the tree has followed so far.
    [[nodiscard]] Json roots(std::int64_t size) const {
        Json list = body_of(settled("/api/v1/portal/roots"));
        for (int turn = 0; turn < 20'000; ++turn) {
            const auto& rows = list["rows"].as_array();
            if (!rows.empty() && rows.front()["size"].as_int() >= size) {
                break;
            }
            list = body_of(settled("/api/v1/portal/roots"));
        }
        return list;
    }
    const UtcMs now_ = app::OsClock{}.now();
};

TEST_F(ProofsOverHttp, a_receipt_leads_to_the_published_root_of_its_day) {
    const Handed handed = hands_in(now_ - days{3}, "路灯不亮三天了");
    const std::int64_t size = tenant().ledger().seq();
    hands_in(now_ - days{1}, "另一件");
    hands_in(now_, "今天的一件");
    serve();
    const Json published = roots(size + 1);
    const Heard heard = receipt_of(handed);
    ASSERT_EQ(heard.status, 200) << heard.body;
    const auto receipt = service::read_receipt(heard.body);
    ASSERT_TRUE(receipt) << to_string(receipt.error());
    const auto checked = service::check_receipt(*receipt, {});
    ASSERT_TRUE(checked) << to_string(checked.error());
    EXPECT_TRUE(checked->shows_number);
    ASSERT_TRUE(receipt->inclusion);
    EXPECT_EQ(receipt->inclusion->root.tree.size, size);
    const auto all = service::read_roots(to_canonical(published));
    ASSERT_TRUE(all) << to_string(all.error());
    const auto same = [&](const views::DayRoot& root) {
        return root.day == receipt->inclusion->root.day &&
               root.tree.root == receipt->inclusion->root.tree.root;
    };
    EXPECT_EQ(std::ranges::count_if(*all, same), 1);

    const auto wrong = service::check_receipt(*receipt, {{"party.1.name", "王大明"}});
    EXPECT_EQ(wrong.error().code, Errc::bad_value);
    const auto right = service::check_receipt(*receipt, {{"party.1.name", "王小明"}});
    ASSERT_TRUE(right) << to_string(right.error());
    EXPECT_EQ(right->proven, std::vector<std::string>{"party.1.name"});
    EXPECT_EQ(heard.body.find("王小明"), std::string::npos);

    auto early = *receipt;
    early.inclusion.reset();
    EXPECT_LE(to_canonical(service::to_json(early)).size(), 2048U);
    EXPECT_LE(heard.body.size() - to_canonical(service::to_json(early)).size(), 2048U);
}

TEST_F(ProofsOverHttp, any_changed_byte_of_a_receipt_is_found) {
    const Handed handed = hands_in(now_ - days{2}, "路灯不亮");
    hands_in(now_, "今天的一件");
    const std::int64_t size = tenant().ledger().seq() - 1;
    serve();
    ASSERT_GE(roots(size)["rows"].as_array().size(), 1U);
    const std::string text = receipt_of(handed).body;
    ASSERT_TRUE(service::read_receipt(text));
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const int bit : {1, 2, 32}) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ bit);
            ASSERT_FALSE(service::read_receipt(changed)) << "byte " << at << " xor " << bit;
        }
    }
    // Somebody who mends the sum too is found by what the hashes bind.
    const auto whole = *service::read_receipt(text);
    const auto forged = [&](const std::function<void(service::Receipt&)>& change) {
        service::Receipt other = whole;
        change(other);
        const auto again = service::read_receipt(to_canonical(service::to_json(other)));
        EXPECT_TRUE(again);
        return !service::check_receipt(*again, {}).has_value();
    };
    EXPECT_TRUE(forged([](auto& one) { one.number += "0"; }));
    EXPECT_TRUE(forged([](auto& one) { ++one.seq; }));
    EXPECT_TRUE(forged([](auto& one) { one.previous[5] ^= 1; }));
    EXPECT_TRUE(forged([](auto& one) { one.sealed_hash[31] ^= 1; }));
    EXPECT_TRUE(forged([](auto& one) { one.inclusion->root.tree.root[0] ^= 1; }));
    EXPECT_TRUE(forged([](auto& one) { one.inclusion->path.pop_back(); }));
    EXPECT_TRUE(forged([](auto& one) {
        one.payload->replace(one.payload->find("power"), 5, "water");
    }));
}

TEST_F(ProofsOverHttp, roots_continue_one_another_and_a_stranger_gets_no_receipt) {
    const Handed handed = hands_in(now_ - days{3}, "一");
    hands_in(now_ - days{2}, "二");
    hands_in(now_ - days{1}, "三");
    const std::int64_t size = tenant().ledger().seq();
    hands_in(now_, "四");
    serve();
    const Json list = roots(size);
    const auto& rows = list["rows"].as_array();
    ASSERT_GE(rows.size(), 3U);
    const Heard heard =
        get("/api/v1/portal/consistency?first=" + rows[2]["day"].as_string() +
            "&second=" + rows[0]["day"].as_string());
    ASSERT_EQ(heard.status, 200) << heard.body;
    auto proof = *service::read_continuation(heard.body);
    EXPECT_TRUE(
        merkle::proves_consistency(proof.algorithm, proof.first.tree, proof.second.tree, proof.path)
    );
    proof.first.tree.root[9] ^= 4;
    EXPECT_FALSE(
        merkle::proves_consistency(proof.algorithm, proof.first.tree, proof.second.tree, proof.path)
    );
    const std::string today = to_string(office_date(now_));
    EXPECT_EQ(get("/api/v1/portal/consistency?first=" + today + "&second=" + today).status, 404);
    EXPECT_EQ(get("/api/v1/portal/consistency?first=x&second=" + today).status, 400);
    EXPECT_EQ(get("/api/v1/portal/roots?limit=0").status, 400);
    EXPECT_EQ(get("/api/v1/portal/matters/" + handed.number + "/receipt").status, 401);
}

}  // namespace
}  // namespace zt::http::test
