#include "service/genesis.hpp"

#include <algorithm>

namespace zt::service {

namespace {

/// Well below the limit of a submit, so that one transaction stays small.
constexpr std::size_t commands_per_submit = 500;

class Writer {
  public:
    Writer(Ledger& ledger, UtcMs at, Origin origin, UtcMs now)
        : ledger_(ledger), at_(at), origin_(origin), now_(now) {}

    Result<void> add(const char* kind, Json fields, int line) {
        Command command;
        command.verb = Verb::register_;
        command.kind = kind;
        command.at = at_;
        command.is_at_given = true;
        command.actor.kind = ActorKind::system;
        command.fields = std::move(fields);
        submit_.commands.push_back(std::move(command));
        lines_.push_back(line);
        return submit_.commands.size() < commands_per_submit ? Result<void>{} : flush();
    }

    Result<void> flush() {
        if (submit_.commands.empty()) {
            return {};
        }
        submit_.origin = origin_;
        submit_.credential = "genesis";
        auto answer = ledger_.submit(submit_, now_);
        if (!answer) {
            Error error = std::move(answer).error();
            error.at =
                "place file, entries from line " + std::to_string(lines_.front()) + ", " + error.at;
            return std::unexpected(std::move(error));
        }
        for (const auto& row : answer->rows) {
            ids_.push_back(row.matter);
        }
        submit_.commands.clear();
        lines_.clear();
        return {};
    }
    /// Ids given since the last call, in order.
    Result<std::vector<MatterId>> take() {
        TRY_VOID(flush());
        return std::exchange(ids_, {});
    }

  private:
    Ledger& ledger_;
    UtcMs at_;
    Origin origin_;
    UtcMs now_;
    Submit submit_;
    std::vector<int> lines_;
    std::vector<MatterId> ids_;
};

Json texts(const std::vector<std::string>& list) {
    Json out = Json::array();
    for (const auto& one : list) {
        out.push(one);
    }
    return out;
}

Json area_fields(const kindfile::PlaceArea& area) {
    Json fields = Json::object();
    fields.set("code", area.code).set("name", area.name).set("level", name_of(area.level));
    if (!area.parent.empty()) {
        fields.set("parent", area.parent);
    }
    if (area.point) {
        fields.set("point", to_string(*area.point));
    }
    if (!area.shape.empty()) {
        fields.set("shape", area.shape);
    }
    if (!area.map_source.empty()) {
        fields.set("map_source", area.map_source);
    }
    return fields;
}

Json org_fields(const kindfile::PlaceOrg& org, const kindfile::Place& place) {
    auto functions = org.functions;
    const auto add = [&](const char* function, const std::string& code) {
        if (code == org.code && std::ranges::find(functions, function) == functions.end()) {
            functions.emplace_back(function);
        }
    };
    add("intake", place.intake);
    Json fields = Json::object();
    fields.set("code", org.code).set("name", org.name).set("level", name_of(org.level));
    fields.set("from", to_string(org.from)).set("outside", org.is_outside);
    if (org.until) {
        fields.set("until", to_string(*org.until));
    }
    if (!org.parent.empty()) {
        fields.set("parent", org.parent);
    }
    if (!org.area.empty()) {
        fields.set("area", org.area);
    }
    if (!functions.empty()) {
        fields.set("functions", texts(functions));
    }
    return fields;
}

Json post_fields(const kindfile::PlacePost& post, const std::map<std::string, MatterId>& people) {
    Json fields = Json::object();
    fields.set("org", post.org).set("key", post.key).set("from", to_string(post.from));
    if (!post.title.empty()) {
        fields.set("title", post.title);
    }
    fields.set("words", texts(post.words.empty() ? std::vector{post.key} : post.words));
    if (!post.leads.empty()) {
        fields.set("leads", texts(post.leads));
    }
    if (const auto person = people.find(post.person); person != people.end()) {
        fields.set("holder", person->second.value);
    }
    if (const auto person = people.find(post.secretary); person != people.end()) {
        fields.set("secretary", person->second.value);
    }
    return fields;
}

Result<std::map<std::string, MatterId>> write_people(Writer& writer, const kindfile::Place& place) {
    for (const auto& person : place.people) {
        Json fields = Json::object();
        fields.set("code", person.code).set("name", person.name);
        if (!person.contact.empty()) {
            fields.set("contact", person.contact);
        }
        TRY_VOID(writer.add("person", std::move(fields), person.line));
    }
    TRY(const auto ids, writer.take());
    std::map<std::string, MatterId> people;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        people[place.people[i].code] = ids[i];
    }
    return people;
}

}  // namespace

Result<Genesis>
write_genesis(Ledger& ledger, const kindfile::Place& place, UtcMs at, Origin origin, UtcMs now) {
    Writer writer(ledger, at, origin, now);
    for (const auto& area : place.areas) {
        TRY_VOID(writer.add("area", area_fields(area), area.line));
    }
    TRY_VOID(writer.take());
    TRY(const auto people, write_people(writer, place));
    for (const auto& org : place.orgs) {
        TRY_VOID(writer.add("org", org_fields(org, place), org.line));
    }
    TRY_VOID(writer.flush());
    for (const auto& post : place.posts) {
        TRY_VOID(writer.add("post", post_fields(post, people), post.line));
    }
    TRY_VOID(writer.flush());
    for (const auto& list : place.duty_lists) {
        Json fields = Json::object();
        fields.set("org", list.org)
            .set("basic", texts(list.basic))
            .set("assist", texts(list.assist));
        fields.set("taken_back", texts(list.taken_back)).set("from", kindfile::place_from_default);
        TRY_VOID(writer.add("duty_list", std::move(fields), list.line));
    }
    TRY_VOID(writer.flush());
    const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
    return Genesis{
        count(place.areas),
        count(place.orgs),
        count(place.posts),
        count(place.people),
        count(place.duty_lists)
    };
}

}  // namespace zt::service
