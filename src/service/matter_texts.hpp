#pragma once
// Which texts of a matter are searched, and by whom they may be read. Names, contacts, addresses
// and document numbers of people are never among them: what is not named here stays sealed.

#include "domain/event.hpp"
#include "domain/kind.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"
#include "views/search.hpp"

namespace zt::service {

/// The section in which a sealed text of an event is searched; none when it is not. in: the verb of
/// the event, the name of the part.
[[nodiscard]] std::optional<views::Section> section_of(Verb verb, std::string_view name);

/// What was confirmed for publication, as the newest event says that gives it; empty where none
/// does. Whether the matter is published is the state's to say.
struct PublishedTexts {
    std::string title, text;
};
/// in: every event of the matter in order; `after`, the state that it led to. A title may be a
/// field of the kind, and then stands in the state.
void read_published(PublishedTexts& into, const Event& event, const State& after);

/// A matter as it stands for the following views: its state and, unless it is erased or there is no
/// key, the texts that are searched. in: kind may be null (then no public field but title and name
/// is a text). errors: unknown_matter, damaged, quarantined, key_wrong, io_failed. threads: any,
/// with a reader of its own.
struct Followed {
    State state;
    views::SearchDocument document;
};
[[nodiscard]] Result<Followed> follow_matter(
    store::Reader& reader, const vault::MasterKey* key, const Kinds& kinds, MatterId matter
);

}  // namespace zt::service
