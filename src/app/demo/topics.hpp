#pragma once
// What people of the invented place write, and what they are answered: sentences with slots, by
// purpose and category. Slots: {firm} {town} {village} {park} {n} (a small number) {days}.

#include "app/demo/chance.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::app::demo {

/// A problem that people bring, with the unit that handles it ("power", "@zjj" the county's,
/// "@town").
struct Topic {
    std::string_view purpose, category, unit, title, detail, answer;
};

/// in: inquiry, help, suggestion, complaint, report.
[[nodiscard]] std::vector<const Topic*> topics_of(std::string_view purpose);

/// A suggestion for the through-train, with its topic key.
struct Idea {
    std::string_view topic, title, text, edited;
};
[[nodiscard]] std::span<const Idea> ideas();

/// What a CPPCC member proposes: category, title, text, what was studied, what is answered.
struct Motion {
    std::string_view category, title, text, study, answer;
};
[[nodiscard]] std::span<const Motion> motions();

/// What a patrol finds: type, unit that puts it right, title, detail, premises, how it is put
/// right.
struct Danger {
    std::string_view type, unit, title, detail, premises, fix;
};
[[nodiscard]] std::span<const Danger> dangers();

/// A task from above: type, programme, title, measures.
struct Charge {
    std::string_view type, programme, title;
    std::string_view measures[3];
};
[[nodiscard]] std::span<const Charge> charges();

/// Sentences that officers write again and again.
enum class Phrase : std::uint8_t {
    contacted,
    unreachable,
    progress,
    replied,
    direct,
    verified,
    opinion,
    evidence,
    called_back,
    promised,
    site_work,
    not_ours,
    refused,
    referred,
    withdrawn,
    terminated,
    shelved,
    supplement_asked,
    supplemented,
    urged,
    dissatisfied,
    satisfied,
    redo,
    stands,
    contested,
    instructed,
    visited
};
[[nodiscard]] std::span<const std::string_view> phrases(Phrase phrase);

/// What stands in the slots of a text.
using Slots = std::vector<std::pair<std::string_view, std::string>>;
[[nodiscard]] std::string filled(std::string_view text, const Slots& slots);

}  // namespace zt::app::demo
