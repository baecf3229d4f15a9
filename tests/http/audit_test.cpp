// The audit over HTTP: who reads it, what it tells, how it leaves the house.

#include "build/until.hpp"
#include "tests/http/papers_place.hpp"

namespace zt::http::test {
namespace {

class Audit : public PapersPlace {
  protected:
    Audit() : PapersPlace("audit") {
        add_post("office", "audit_admin", "审计员");
        serve(
            {{"clerk", "office", "clerk"},
             {"auditor", "office", "audit_admin"},
             {"admin", "office", "admin"}}
        );
        clerk_ = sign_in("clerk");
        auditor_ = sign_in("auditor");
    }

    Json rows(const std::string& query) {
        const Heard heard = get("/api/v1/audit" + query, auditor_.fields());
        EXPECT_EQ(heard.status, 200) << heard.body;
        return body_of(heard)["rows"];
    }

    SessionFields clerk_, auditor_;
};

TEST_F(Audit, the_audit_administrator_alone_reads_it_and_reads_no_matter) {
    const Receipt receipt = hand_in(1);
    EXPECT_EQ(get("/api/v1/audit", clerk_.fields()).status, 403);
    EXPECT_EQ(get("/api/v1/audit", sign_in("admin").fields()).status, 403)
        << "who is audited does not read it";
    EXPECT_EQ(get("/api/v1/audit", "").status, 401);
    EXPECT_EQ(get(receipt.desk(), auditor_.fields()).status, 404);
    EXPECT_EQ(get(receipt.desk() + "/notes", auditor_.fields()).status, 404);
    const Json page = body_of(get("/api/v1/audit", auditor_.fields()));
    EXPECT_EQ(page["mode"].as_string(), "unsound") << "nobody is the security administrator here";
    EXPECT_FALSE(page["banner"].as_string().empty());
}

TEST_F(Audit, looks_at_who_handed_in_refusals_and_files_stand_in_it) {
    const Receipt receipt = hand_in(1);
    EXPECT_EQ(
        verb(clerk_, receipt, R"({"verb":"reveal","fields":{"reason":"contact_needed"}})", 2)
            .status,
        200
    );
    EXPECT_EQ(verb(clerk_, receipt, R"({"verb":"close","fields":{}})", 3).status, 409);
    const Json revealed = rows("?what=revealed");
    ASSERT_EQ(revealed.as_array().size(), 1U);
    const Json& one = revealed.as_array().front();
    EXPECT_EQ(one["matter"].as_string(), receipt.number);
    EXPECT_EQ(one["post"].as_string(), "受理员");
    EXPECT_EQ(one["more"]["reason"].as_string(), "contact_needed");
    EXPECT_EQ(rows("?what=refused&matter=" + receipt.number).as_array().size(), 1U);
    EXPECT_EQ(rows("?matter=" + receipt.number).as_array().size(), 2U);
    EXPECT_TRUE(rows("?matter=ZT-1999-000001").as_array().empty());
    EXPECT_EQ(
        rows("?what=revealed&person=" + std::to_string(one["person"].as_int())).as_array().size(),
        1U
    );
    EXPECT_TRUE(rows("?what=revealed&until=2022-01-01").as_array().empty());
    EXPECT_EQ(rows("?what=revealed&from=2022-01-01").as_array().size(), 1U);
    EXPECT_EQ(get("/api/v1/audit?from=yesterday", auditor_.fields()).status, 400);
}

TEST_F(Audit, pages_go_back_by_key_without_gap_or_double) {
    const Receipt receipt = hand_in(1);
    for (int number = 2; number < 7; ++number) {
        verb(clerk_, receipt, R"({"verb":"close","fields":{}})", number);
    }
    std::vector<std::int64_t> seen;
    std::string before;
    for (int page = 0; page < 20; ++page) {
        const Heard heard = get("/api/v1/audit?limit=2" + before, auditor_.fields());
        const Json list = body_of(heard);
        for (const Json& row : list["rows"].as_array()) {
            seen.push_back(row["seq"].as_int());
        }
        if (list["next"].as_string().empty()) {
            break;
        }
        before = "&before=" + list["next"].as_string();
    }
    ASSERT_GE(seen.size(), 5U);
    EXPECT_EQ(seen.back(), 1);
    for (std::size_t at = 1; at < seen.size(); ++at) {
        EXPECT_EQ(seen[at - 1], seen[at] + 1);
    }
}

TEST_F(Audit, an_export_says_who_took_it_and_is_a_row_itself) {
    EXPECT_EQ(get("/api/v1/audit/export", auditor_.fields()).status, 422) << "for what?";
    EXPECT_EQ(get("/api/v1/audit/export?reason=x", clerk_.fields()).status, 403);
    const Heard file = stream("/api/v1/audit/export?reason=%3Dyear", auditor_.fields());
    ASSERT_EQ(file.status, 200) << file.body;
    EXPECT_EQ(file.field("content-type"), "text/csv; charset=utf-8");
    EXPECT_FALSE(file.field("zhitong-watermark").empty());
    EXPECT_NE(file.body.find("审计员"), std::string::npos) << "who takes it stands at the head";
    EXPECT_NE(file.body.find("\"seq\",\"at\",\"what\""), std::string::npos);
    EXPECT_EQ(file.body.find("王芳"), std::string::npos) << "no names of those audited";
    Json exported;
    ASSERT_TRUE(build::until([&] {
        exported = rows("?what=audit_exported");
        return exported.as_array().size() == 1;
    }));
    EXPECT_EQ(exported.as_array().front()["more"]["reason"].as_string(), "=year");
}

TEST_F(Audit, an_export_of_matters_stands_in_it_asked_and_taken) {
    hand_in(1);
    const Heard asked = post(
        "/api/v1/jobs/exports",
        clerk_.fields() + key(2),
        R"({"format":"csv","reason":"月度会商","query":"state=open"})"
    );
    ASSERT_EQ(asked.status, 202) << asked.body;
    const std::string id = body_of(asked)["id"].as_string();
    EXPECT_EQ(stream("/api/v1/jobs/" + id + "/file", clerk_.fields()).status, 200);
    Json taken;
    for (int tries = 0; tries < 100 && taken.as_array().empty(); ++tries) {
        taken = rows("?what=exported");
    }
    ASSERT_EQ(taken.as_array().size(), 1U);
    EXPECT_EQ(taken.as_array().front()["post"].as_string(), "受理员");
    EXPECT_EQ(taken.as_array().front()["more"]["job"].as_string(), id);
    EXPECT_EQ(taken.as_array().front()["more"]["outcome"].as_string(), "done");
    const Json order = rows("?what=export_asked");
    ASSERT_EQ(order.as_array().size(), 1U);
    const Json& more = order.as_array().front()["more"];
    EXPECT_EQ(more["reason"].as_string(), "月度会商");
    EXPECT_EQ(more["query"].as_string(), "state=open");
    EXPECT_EQ(more["job"].as_string(), id);
    const Heard again = post(
        "/api/v1/jobs/exports",
        clerk_.fields() + key(2),
        R"({"format":"csv","reason":"月度会商","query":"state=open"})"
    );
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(rows("?what=export_asked").as_array().size(), 1U) << "asked once";
}

}  // namespace
}  // namespace zt::http::test
