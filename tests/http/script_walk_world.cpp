// What happens by itself while a script is walked: clocks that lapse, rounds that begin, matters
// that come of others; and what of it people see.

#include "base/text.hpp"
#include "build/until.hpp"
#include "tests/http/script_walk.hpp"

#include <algorithm>

namespace zt::http::test {

Json ScriptWalk::page_of(const Known& matter) {
    std::vector<std::string> actors{matter.last_by, matter.begun_by};
    for (const auto& [name, session] : sessions_) {
        actors.push_back(name);
    }
    for (const auto& actor : actors) {
        const auto session = sessions_.find(actor);
        if (session == sessions_.end()) {
            continue;
        }
        const std::string fields = signed_as(actor);
        const Heard heard = session->second.is_of_firm
                                ? Heard{}
                                : people_->get("/api/v1/matters/" + matter.number, fields);
        if (heard.status == 200) {
            return body_of(heard);
        }
    }
    return {};
}

bool ScriptWalk::has_overdue(const Known& matter) {
    const Json page = page_of(matter);
    const Json* clocks = page.is_object() ? page.find("clocks") : nullptr;
    return clocks != nullptr && std::ranges::any_of(clocks->as_array(), [&](const Json& clock) {
               const Json* due = clock.find("due");
               return clock["state"].as_string() == "running" && due != nullptr &&
                      due->is_string() && !clock["is_provisional"].as_bool() &&
                      due->as_string() <= to_iso_utc(clock_.now());
           });
}

/// The server looks at its clocks by itself: no matter of the script may stay overdue.
void ScriptWalk::await_lapses() {
    for (const auto& [name, matter] : matters_) {
        if (!matter.number.empty()) {
            EXPECT_TRUE(build::until([&] { return !has_overdue(matter); })) << name;
        }
    }
}

std::set<std::string> ScriptWalk::listed(const std::string& kind) {
    std::set<std::string> numbers;
    const std::string path = "/api/v1/matters?limit=200" + (kind.empty() ? "" : "&kind=" + kind);
    for (const auto& [actor, session] : sessions_) {
        const std::string fields = signed_as(actor);
        const Json rows = body_of(people_->get(path, fields));
        if (rows.is_object() && rows.find("rows") != nullptr) {
            for (const Json& row : rows["rows"].as_array()) {
                numbers.insert(row["line"]["number"].as_string());
            }
        }
    }
    return numbers;
}

/// What the server does each minute; a list follows the ledger by a moment.
void ScriptWalk::begin_rounds(const Line& line) {
    const std::set<std::string> before = listed(script_.kind);
    people_->serving->upkeep();
    begun_.clear();
    const auto wanted = static_cast<std::size_t>(
        line.expected.empty() ? 0 : parse_int(line.expected.front().key).value_or(0)
    );
    std::set<std::string> now = before;
    EXPECT_TRUE(build::until([&] {
        now = listed(script_.kind);
        return now.size() >= before.size() + wanted;
    })) << where(line)
        << "rounds began " << now.size() - before.size();
    for (const auto& number : now) {
        if (!before.contains(number)) {
            begun_.push_back(number);
        }
    }
}

/// `name NEW = NAME LINK [N]`: a link is shown to who sees both ends; of one that nobody of the
/// script does, the other end is a matter that no step has named yet.
std::string ScriptWalk::linked(const Line& line) {
    const auto& words = line.words;
    std::int64_t left = words.size() > 3 ? parse_int(words[3].key).value_or(1) : 1;
    const Json page = page_of(matters_[words[1].key]);
    for (const Json& link : page["links"].as_array()) {
        if (link["type"].as_string() == words[2].key && --left == 0) {
            return link["number"].as_string();
        }
    }
    std::set<std::string> known;
    for (const auto& [name, matter] : matters_) {
        known.insert(matter.number);
    }
    for (const auto& number : listed({})) {
        if (!known.contains(number) && --left == 0) {
            return number;
        }
    }
    return {};
}

/// `name NEW = begun [N]`, or of a link.
void ScriptWalk::take_name(const Line& line) {
    const auto& words = line.words;
    CHECK(words.size() > 1);
    Known named;
    if (words[1].key == "begun") {
        const auto nth =
            static_cast<std::size_t>(words.size() > 2 ? parse_int(words[2].key).value_or(1) : 1);
        ASSERT_LE(nth, begun_.size()) << where(line);
        named.number = begun_[nth - 1];
    } else {
        EXPECT_TRUE(build::until([&] {
            named.number = linked(line);
            return !named.number.empty();
        })) << where(line)
            << number_of(words[1].key);
    }
    const Json page = page_of(named);
    ASSERT_TRUE(page.is_object()) << where(line) << "nobody of the script sees " << named.number;
    named.kind = page["line"]["kind"].as_string();
    named.first_stage = page["line"]["stage"].as_string();
    matters_[words[0].key] = std::move(named);
}

std::int64_t ScriptWalk::post_id(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const Heard heard = people_->get("/api/v1/directory/orgs", signed_as(sessions_.begin()->first));
    const Json list = body_of(heard);
    for (const Json& org : list["orgs"].as_array()) {
        const bool is_it = org["code"].as_string() == name.substr(0, dot);
        for (const Json& post : org["posts"].as_array()) {
            if (is_it && post["key"].as_string() == name.substr(dot + 1)) {
                return post["id"].as_int();
            }
        }
    }
    ADD_FAILURE() << "no such post: " << name;
    return 0;
}

std::int64_t ScriptWalk::person_id(const std::string& code, const std::string& as) {
    const Json list = body_of(people_->get("/api/v1/admin/people", signed_as(as)));
    for (const Json& person : list["people"].as_array()) {
        if (person["code"].as_string() == code) {
            return person["id"].as_int();
        }
    }
    ADD_FAILURE() << "no such person: " << code;
    return 0;
}

}  // namespace zt::http::test
