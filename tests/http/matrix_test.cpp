// The matrix of endpoints: each route × who asks × matter × what could be read there. Three matters
// of the three protection classes carry marks in every text; each mark may come back to those alone
// whom SYSTEMS.md allows it, stated here as eyes (letters), and a matter that somebody may not see
// answers like one that is not there. A route that the tables do not name fails.

#include "http/route.hpp"
#include "tests/http/people_place.hpp"

#include <cstdio>
#include <functional>
#include <set>

namespace zt::http::test {
namespace {

// Letters of what is read: T title, X text, N name, C contact, U note of the office for itself,
// H note for the units at work, Q note for the requester, # the number.
constexpr std::string_view marks = "TXNCUHQ";

struct Asker {
    const char* name;
    /// What may be read of each matter: please do, bad service (about 住建局, which works on it),
    /// wrong done (about 街道办, at 自然资源局).
    const char *please_do, *bad_service, *wrong_done;
};
constexpr Asker askers[] = {
    {"clerk", "#TXUHQ", "#TXUHQ", "#TXUHQ"},
    {"power", "#TXHQ", "", ""},
    {"building", "", "#TXHQ", ""},
    {"land", "", "", "#TXHQ"},
    {"street", "", "", ""},
    {"street_leader", "#T", "#T", ""},
    {"county_head", "#T", "#T", ""},
    {"callback", "#TXQ", "#TXQ", "#TXQ"},
    {"supervisor", "#TXQ", "#TXQ", "#TXQ"},
    {"system", "", "", ""},
    {"security", "", "", ""},
    {"audit", "", "", ""},
    {"agent", "", "", ""},  // of a firm that handed none of them in
    {"nobody", "", "", ""},
    {"stranger_session", "", "", ""},  // of another installation
    {"requester", "#TXNCQ", "", ""},   // with the code of the first
};

struct Handed {
    std::string number, code;
};

class Matrix : public ::testing::Test {
  protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite() {
        place.reset();
        other.reset();
    }
    static void write_matters();
    static Handed hand_in(int matter, const std::string& purpose, const std::string& accused);
    static std::string mark(char letter, int matter);
    static std::string fields_of(const Asker& asker, const std::string& language);
    static std::string_view eyes(const Asker& asker, int matter) {
        return matter == 0 ? asker.please_do : matter == 1 ? asker.bad_service : asker.wrong_done;
    }

    static std::unique_ptr<PeoplePlace> place, other;
    static std::array<Handed, 3> handed;
};
std::unique_ptr<PeoplePlace> Matrix::place, Matrix::other;
std::array<Handed, 3> Matrix::handed;

/// Words that stand in no other text: "TITLEMARK0".
std::string Matrix::mark(char letter, int matter) {
    if (letter == '#') {
        return handed.at(static_cast<std::size_t>(matter)).number;
    }
    if (letter == 'C') {
        return "1390000937" + std::to_string(matter);
    }
    return std::string("MARK") + letter + std::to_string(matter);
}

Handed Matrix::hand_in(int matter, const std::string& purpose, const std::string& accused) {
    Json fields = Json::object();
    fields.set("title", mark('T', matter)).set("text", mark('X', matter)).set("purpose", purpose);
    fields.set("for", mark('N', matter)).set("contact", mark('C', matter));
    if (!accused.empty()) {
        fields.set("accused", accused);
    }
    const Heard heard = place->post(
        "/api/v1/portal/matters",
        place->key(),
        to_canonical(Json::object().set("kind", "appeal").set("fields", fields))
    );
    EXPECT_EQ(heard.status, 201) << heard.body;
    return {body_of(heard)["number"].as_string(), body_of(heard)["code"].as_string()};
}

void Matrix::write_matters() {
    const char* const purposes[] = {"help", "complaint", "report"};
    const char* const accused[] = {"", "住建局", "街道办"};
    const char* const leads[] = {"供电公司", "住建局", "自然资源局"};
    const Signed& clerk = place->as("clerk");
    for (int matter = 0; matter < 3; ++matter) {
        handed.at(static_cast<std::size_t>(matter)) =
            hand_in(matter, purposes[matter], accused[matter]);
        const std::string& number = handed.at(static_cast<std::size_t>(matter)).number;
        const auto does = [&](const std::string& deed) {
            const Heard heard = place->does(clerk, number, deed);
            EXPECT_EQ(heard.status / 100, 2) << deed << heard.body;
        };
        does(R"({"verb":"accept","number":")" + number + R"(","fields":{}})");
        does(
            R"({"verb":"assign","number":")" + number + R"(","fields":{"lead":")" + leads[matter] +
            "\"}}"
        );
        for (const auto& [letter, visibility] :
             {std::pair('U', "unit"), {'H', "hands"}, {'Q', "requester"}}) {
            does(
                R"({"verb":"note","number":")" + number + R"(","fields":{"note":")" +
                mark(letter, matter) + R"(","visibility":")" + visibility + "\"}}"
            );
        }
    }
}

void Matrix::SetUpTestSuite() {
    place = std::make_unique<PeoplePlace>("matrix");
    place->give_administrators();
    for (const AccountOf& account : {
             AccountOf{"clerk", "office", "clerk"},
             {"power", "供电公司", "handler"},
             {"building", "住建局", "handler"},
             {"land", "自然资源局", "handler"},
             {"street", "街道办", "handler"},
             {"street_leader", "county", "deputy"},
             {"county_head", "county", "head"},
             {"callback", "callback", "callback"},
             {"supervisor", "supervision", "supervisor"},
         }) {
        place->give_account(account);
    }
    place->give_firm();
    place->serve();
    other = std::make_unique<PeoplePlace>("matrix_other");
    other->give_account({"clerk", "office", "clerk"});
    other->serve();
    write_matters();
}

std::string Matrix::fields_of(const Asker& asker, const std::string& language) {
    const std::string name = asker.name;
    const std::string words = "Accept-Language: " + language + "\r\n";
    if (name == "nobody") {
        return words;
    }
    if (name == "requester") {
        return words + "Zhitong-Code: " + handed.front().code + "\r\n";
    }
    return words + (name == "stranger_session" ? other->as("clerk") : place->as(name)).fields();
}

/// Values for the braces of a path other than {number}, and queries that find as much as they can.
std::string filled(std::string path, const std::string& number) {
    const std::pair<std::string_view, std::string> values[] = {
        {"{number}", number}, {"{kind}", "appeal"}, {"{code}", "appeal"}, {"{view}", "inbox"}
    };
    for (const auto& [name, value] : values) {
        if (const auto at = path.find(name); at != std::string::npos) {
            path.replace(at, name.size(), value);
        }
    }
    while (path.find('{') != std::string::npos) {
        const std::size_t begin = path.find('{');
        path.replace(begin, path.find('}') - begin + 1, "999999");
    }
    return path;
}

std::vector<std::string> queries_of(const Route& route, int matter) {
    std::vector<std::string> queries{""};
    for (const auto& [name, what] : route.query) {
        if (name == "q" || name == "text" || name == "words") {
            for (const char letter : marks) {
                queries.push_back(
                    "?" + name + "=MARK" + std::string(1, letter) + std::to_string(matter)
                );
            }
        }
    }
    return queries;
}

/// The same with the number taken out, so that two answers can be compared.
std::string without(std::string text, const std::string& number) {
    for (auto at = text.find(number); at != std::string::npos; at = text.find(number)) {
        text.erase(at, number.size());
    }
    return text;
}

/// Of no matter. Wrong codes for one number are counted: with a code, one that was tried as often
/// as the matter; else a fresh one each time.
std::string absent_number(const Asker& asker, int matter) {
    static int nowhere = 900'000;
    const bool is_counted = std::string_view(asker.name) == "requester";
    return "ZT-2026-" + std::to_string(is_counted ? 800'000 + matter : ++nowhere);
}

TEST_F(Matrix, no_endpoint_tells_more_than_its_asker_may_read) {
    std::size_t cells = 0, off = 0;
    const auto wrong = [&](const std::string& what) {
        constexpr std::size_t told_max = 20;
        if (++off <= told_max) {
            ADD_FAILURE() << what;
        }
    };
    for (const Route& route : routes()) {
        if (route.method != Method::get || std::holds_alternative<LiveChanges>(route.handler)) {
            continue;
        }
        const std::string path(route.path);
        const bool is_of_matter = path.find("{number}") != std::string::npos;
        for (const Asker& asker : askers) {
            const std::string fields = fields_of(asker, "zh");
            for (int matter = 0; matter < 3; ++matter) {
                const std::string& number = handed.at(static_cast<std::size_t>(matter)).number;
                for (const auto& query : queries_of(route, matter)) {
                    const std::string asked = filled(path, number) + query;
                    const Heard heard = place->get(asked, fields);
                    const std::string name = std::string(asker.name) + " GET " + asked;
                    if (heard.status >= 500 || heard.status == 0) {
                        wrong(name + ": " + std::to_string(heard.status) + heard.body);
                    }
                    for (int of = 0; of < 3; ++of) {
                        const std::string_view seen = eyes(asker, of);
                        for (const char letter : marks) {
                            ++cells;
                            const bool is_there =
                                heard.body.find(mark(letter, of)) != std::string::npos;
                            const bool was_asked =
                                asked.find(mark(letter, of)) != std::string::npos;
                            if (is_there && !was_asked && seen.find(letter) == seen.npos) {
                                wrong(name + " tells " + mark(letter, of));
                            }
                        }
                        ++cells;
                        if (of != matter && seen.empty() &&
                            heard.body.find(mark('#', of)) != std::string::npos) {
                            wrong(name + " tells that there is " + mark('#', of));
                        }
                    }
                    if (is_of_matter && eyes(asker, matter).empty()) {
                        ++cells;
                        const std::string absent = absent_number(asker, matter);
                        const Heard none = place->get(filled(path, absent) + query, fields);
                        // A puzzle is drawn by chance each time.
                        const bool is_alike =
                            path.ends_with("/puzzle") ||
                            without(none.body, absent) == without(heard.body, number);
                        if (none.status != heard.status || !is_alike) {
                            wrong(
                                name +
                                " is not like what is not there: " + std::to_string(heard.status) +
                                heard.body + " / " + std::to_string(none.status) + none.body
                            );
                        }
                    }
                }
            }
        }
    }
    std::printf("%zu cells, %zu off\n", cells, off);
    EXPECT_EQ(off, 0U);
    EXPECT_GE(cells, 20'000U);
}

/// The page and its timeline together show all that the asker may read: otherwise the matrix above
/// would pass with empty answers.
TEST_F(Matrix, the_pages_of_a_matter_tell_all_that_may_be_read) {
    for (const Asker& asker : askers) {
        const bool is_requester = std::string_view(asker.name) == "requester";
        for (int matter = 0; matter < 3; ++matter) {
            const std::string_view seen = eyes(asker, matter);
            const std::string at = (is_requester ? "/api/v1/portal/matters/" : "/api/v1/matters/") +
                                   handed.at(static_cast<std::size_t>(matter)).number;
            const std::string fields = fields_of(asker, "zh");
            std::string told = place->get(at, fields).body;
            if (!is_requester) {
                told += place->get(at + "/timeline", fields).body;
            }
            for (const char letter : marks) {
                if (letter == 'N' || letter == 'C') {
                    continue;  // shown to nobody but who handed in, who knows them
                }
                EXPECT_EQ(
                    told.find(mark(letter, matter)) != std::string::npos,
                    seen.find(letter) != seen.npos
                ) << asker.name
                  << " " << mark(letter, matter) << " " << told;
            }
        }
    }
}

/// Who knows no more than that a matter is there is not told who works on it, how it came in, nor
/// when it is due: that would tell how it stands.
TEST_F(Matrix, a_merely_listed_matter_has_no_unit_channel_lamp_or_dates) {
    for (const Asker& asker : askers) {
        for (int matter = 0; matter < 3; ++matter) {
            const std::string at =
                "/api/v1/matters/" + handed.at(static_cast<std::size_t>(matter)).number;
            const Json line = body_of(place->get(at, fields_of(asker, "zh")))["line"];
            if (line.is_null()) {
                continue;
            }
            const bool is_listed = eyes(asker, matter) == "#T";
            const std::string what = std::string(asker.name) + " " + to_canonical(line);
            EXPECT_EQ(line["unit"].as_string().empty(), is_listed) << what;
            EXPECT_EQ(line["channel"].as_string().empty(), is_listed) << what;
            EXPECT_EQ(line["lamp"].as_string() == "none", is_listed) << what;
            EXPECT_EQ(line.find("due") == nullptr, is_listed) << what;
            EXPECT_FALSE(line["registered"].as_string().empty()) << what;
        }
    }
}

/// Which refusal each role gives to whom: asked before anything of the body is looked at.
TEST_F(Matrix, who_lacks_the_role_of_a_change_is_refused_before_its_body_is_read) {
    std::size_t cells = 0;
    for (const Route& route : routes()) {
        const bool ends_own_session =
            route.path == "/api/v1/session" && route.method == Method::remove;
        if (route.method == Method::get || ends_own_session) {
            continue;
        }
        for (const Asker& asker : askers) {
            const std::string name = asker.name;
            const bool is_signed_in =
                name != "nobody" && name != "requester" && name != "stranger_session";
            const std::string path = filled(std::string(route.path), handed[2].number);
            const Heard heard = place->send(
                std::string(name_of(route.method)) + " " + path,
                fields_of(asker, "zh") + place->key(),
                "[]"
            );
            ++cells;
            const std::string what = name + " " + std::string(name_of(route.method)) + " " + path +
                                     ": " + std::to_string(heard.status) + " " + heard.body;
            // To take away what is not there is no mistake.
            EXPECT_GE(heard.status, route.method == Method::remove ? 204 : 400) << what;
            EXPECT_LT(heard.status, 500) << what;
            const bool is_administrative = route.role.role == Role::system_admin ||
                                           route.role.role == Role::security_admin ||
                                           route.role.role == Role::audit_admin;
            if (!is_signed_in && route.role.role != Role::anybody &&
                route.role.role != Role::follower) {
                EXPECT_EQ(heard.status, 401) << what;
            }
            const bool is_that_one =
                (route.role.role == Role::system_admin && name == "system") ||
                (route.role.role == Role::security_admin && name == "security") ||
                (route.role.role == Role::audit_admin && name == "audit");
            if (is_signed_in && is_administrative && !is_that_one) {
                EXPECT_EQ(heard.status, 403) << what;
            }
        }
    }
    EXPECT_GT(cells, 300U);
}

}  // namespace
}  // namespace zt::http::test
