#pragma once
// Pages of one matter: as the desk shows it, its timeline, what may be done now, and as whoever
// handed it in follows it. Values in, values out; the texts come opened.

#include "domain/apply.hpp"
#include "domain/lamp.hpp"
#include "domain/permission.hpp"
#include "http/api.hpp"
#include "views/open_set.hpp"

#include <functional>
#include <map>
#include <string_view>

namespace zt::http::pages {

/// Opened texts of one matter: by event, and the newest of each name.
struct Texts {
    std::map<Seq, std::vector<Personal>> by_event;
    std::map<std::string, std::string, std::less<>> newest;
    [[nodiscard]] const std::string& of(std::string_view name) const;
    void add(Seq seq, std::vector<Personal> texts);
};

/// What every page of a matter needs. All borrowed for the call.
struct Subject {
    const State& state;
    const std::vector<Event>& events;
    const Texts& texts;
    const Context& context;
    const Viewer& viewer;
    std::string_view language;
    [[nodiscard]] const Kind* kind() const;
    [[nodiscard]] Shown shown(FieldGroup group) const {
        return zt::shown(group, state, viewer, context);
    }
};

/// As it was handed in or amended; a kind keeps it sealed or in the open.
[[nodiscard]] std::string title_of(const Subject& subject);

/// 王小明 → 王**; a number keeps its first three and last two characters: 139******20.
[[nodiscard]] std::string masked_name(std::string_view name);
[[nodiscard]] std::string masked_contact(std::string_view contact);

/// "2022-08-05", for lengths in hours "2022-08-01 11:00".
[[nodiscard]] std::string
due_text_of(const calendar::Calendar& calendar, UtcMs due, calendar::Length length);
[[nodiscard]] std::string due_text(const Clock& clock, const calendar::Calendar& calendar);
[[nodiscard]] std::string org_name(OrgId org, const Directory& directory);

/// The line of a list. in: title, opened where the caller may read it, else empty.
[[nodiscard]] api::MatterLine line_of(
    const views::OpenRow& row, std::string title, const Context& context, std::string_view language
);
[[nodiscard]] api::MatterLine line_of(const Subject& subject);
/// What the viewer may not see is left out, or masked.
[[nodiscard]] api::MatterPage page_of(const Subject& subject);
[[nodiscard]] api::Timeline timeline_of(const Subject& subject);
/// in: refusals in words, by code.
[[nodiscard]] std::vector<api::Option> options_of(
    const Subject& subject,
    const Actor& actor,
    const std::function<std::string(const Error&)>& in_words
);
/// What the holder of the follow-up code reads: no internal names, no notes, no ratings of others.
[[nodiscard]] api::Follow follow_of(const Subject& subject);

}  // namespace zt::http::pages
