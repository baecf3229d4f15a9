// register: a matter or record begins; who handed in, for whom, against whom, and which office is
// competent.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

void add_party(Frame& frame, Party party, bool takes_name) {
    party.no = static_cast<PartNo>(frame.after.parties.size()) + 1;
    const std::string prefix = "party." + std::to_string(party.no) + ".";
    if (takes_name && !frame.given("for").is_null()) {
        party.is_named = true;
        frame.personal.push_back({prefix + "name", frame.given("for").as_string()});
    }
    if (takes_name && !frame.given("contact").is_null()) {
        frame.personal.push_back({prefix + "contact", frame.given("contact").as_string()});
    }
    frame.emit(PartyAdded{std::move(party)});
}

bool is_collector(const Frame& frame) {
    const Post* post = frame.directory().post(frame.post);
    return post != nullptr && std::ranges::find(post->words, "collector") != post->words.end();
}

/// A firm is the requester, by the name that the directory has on that day; an association is the
/// author and its member the beneficiary, who stays unnamed to the units unless it says otherwise.
void add_firm(Frame& frame, const Org& firm) {
    Party author;
    author.role = "author";
    author.org = firm.id;
    const Json& asked = frame.given("hide_name");
    if (is_association(firm)) {
        add_party(frame, author, false);
        Party member;
        member.role = "beneficiary";
        member.is_hidden = asked.is_null() || asked.as_bool();
        add_party(frame, std::move(member), true);
        return;
    }
    author.is_hidden = asked.as_bool();
    author.is_named = true;
    const bool is_name_given = !frame.given("for").is_null();
    add_party(frame, std::move(author), true);
    if (!is_name_given) {
        frame.personal.push_back({"party.1.name", firm.name});
    }
}

/// A collector is the author and whoever it is handed in for the beneficiary; a clerk only writes
/// down what the author says.
void add_parties(Frame& frame) {
    if (!frame.kind->has_requester) {
        return;
    }
    if (const Org* firm = frame.directory().firm_of(frame.post)) {
        return add_firm(frame, *firm);
    }
    Party author;
    author.role = "author";
    author.is_hidden = frame.given("hide_name").as_bool();
    if (is_collector(frame)) {
        author.org = frame.org;
        author.post = frame.post;
        add_party(frame, author, false);
        Party beneficiary;
        beneficiary.role = "beneficiary";
        beneficiary.is_hidden = author.is_hidden;
        add_party(frame, std::move(beneficiary), true);
        return;
    }
    add_party(frame, std::move(author), true);
}

/// The office of what the form names, where the kind says so: who keeps a volume reviews what comes
/// in for it.
const Org* office_named(const Frame& frame) {
    for (const FieldRule& field : frame.kind->fields) {
        const Json& value = field.gives_office ? frame.given(field.name) : Json();
        if (!value.is_int()) {
            continue;
        }
        for (const State* other : frame.context->reads) {
            if (other->id == MatterId{value.as_int()}) {
                return frame.directory().org(other->office);
            }
        }
    }
    return nullptr;
}

const Org* first_office(const Frame& frame) {
    const auto& directory = frame.directory();
    if (const Json& named = frame.given("office"); named.is_int()) {
        return directory.org(OrgId{named.as_int()});
    }
    if (const Org* named = office_named(frame)) {
        return named;
    }
    if (frame.org && directory.firm_of(frame.post) == nullptr) {
        if (const Org* nearest =
                directory.nearest_with(frame.org, frame.kind->office_function, frame.day())) {
            return nearest;
        }
    }
    // Who hands in from outside gets the intake, unless this kind belongs to offices of another
    // function.
    const auto& function = frame.kind->office_function;
    const Org* intake = directory.first_with("intake", frame.day());
    const Org* own = directory.first_with(function, frame.day());
    const bool is_own = intake != nullptr &&
                        std::ranges::find(intake->functions, function) != intake->functions.end();
    return is_own || own == nullptr ? intake : own;
}

Result<void> settle_office(Frame& frame) {
    const Org* office = first_office(frame);
    if (office == nullptr) {
        return frame.kind->life == Life::record ? Result<void>{}
                                                : fail(
                                                      Errc::not_competent,
                                                      "the place has no org with the function '" +
                                                          frame.kind->office_function + "'"
                                                  );
    }
    if (frame.after.protection == Protection::wrong_done) {
        office = competent_or_outside(
            frame.after, office->id, frame.kind->office_function, frame.directory(), frame.day()
        );
        if (office == nullptr) {
            return fail(
                Errc::not_competent,
                "all offices of the line are accused and the place names no outside body"
            );
        }
    }
    frame.emit(FieldSet{"office", office->id.value});
    return {};
}

}  // namespace

void add_accused(Frame& frame) {
    for (const auto& one : frame.given("accused").as_array()) {
        const OrgId org{one.as_int()};
        const bool is_named = std::ranges::any_of(frame.after.parties, [&](const Party& party) {
            return party.role == "accused" && party.org == org;
        });
        if (!is_named) {
            Party accused;
            accused.role = "accused";
            accused.org = org;
            add_party(frame, std::move(accused), false);
        }
    }
}

Protection lowest_protection(const Frame& frame) {
    if (!frame.kind->protects_by_purpose) {
        return Protection::none;
    }
    const std::string& purpose = frame.value("purpose").as_string();
    const Protection lowest = purpose == "report"      ? Protection::wrong_done
                              : purpose == "complaint" ? Protection::bad_service
                                                       : Protection::please_do;
    const auto asked = parse_protection(frame.given("protection").as_string());
    return asked && *asked > lowest ? *asked : lowest;
}

Result<void> begin_matter(Frame& frame) {
    const Kind& kind = *frame.kind;
    frame.emit(Began{
        .kind = kind.name,
        .kind_version = kind.version,
        .is_record = kind.life == Life::record,
        .pack = frame.context->pack->name,
        .office = OrgId{},
        .registered_by = frame.org
    });
    const Org* firm = frame.directory().firm_of(frame.post);
    const bool is_named = firm != nullptr && !is_association(*firm);
    if (kind.has_requester && !kind.unnamed_allowed && frame.given("for").is_null() && !is_named &&
        !frame.is_import()) {
        return fail(Errc::missing_field, "this kind asks for the requester's name", "/fields/for");
    }
    add_parties(frame);
    add_accused(frame);
    keep_fields(frame);
    if (const Protection protection = lowest_protection(frame); protection != Protection::none) {
        frame.emit(FieldSet{"protection", std::string(name_of(protection))});
    }
    for (const auto& one : frame.command->links) {
        frame.emit(Linked{one});
    }
    return settle_office(frame);
}

}  // namespace zt
