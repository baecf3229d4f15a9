#pragma once
// What people said to this place and what they were told, for programs that learn from all of it:
// topics, suggestions, replies that are the same. Reports of wrong-doing, records and what was
// erased are never among it.

#include "service/matter_texts.hpp"
#include "views/classifier.hpp"
#include "views/lists.hpp"

#include <functional>

namespace zt::service {

struct OwnMessage {
    views::ListRow row;
    std::string title, text;  ///< in the requester's words; text: all of them, a line each
    std::string reply;        ///< what the requester was told, all of it
};

struct OwnMessageQuery {
    std::optional<UtcMs> from{};        ///< registered
    std::optional<Counts> counts{};     ///< only those that are open, or closed
    std::size_t matters_max = 100'000;  ///< the newest
    std::function<bool()> is_ending{};  ///< asked between matters; empty: never
};

/// Of kinds that have a requester, newest first. errors: those of Lists::page and follow_matter but
/// for single matters that cannot be read, which are left out; overloaded (it is ending).
/// threads: one that owns lists and reader.
[[nodiscard]] Result<std::vector<OwnMessage>> own_messages(
    const views::Lists& lists,
    store::Reader& reader,
    const vault::MasterKey* key,
    const Kinds& kinds,
    const OwnMessageQuery& query
);

/// Those that people put into a category, as a classifier learns from them.
[[nodiscard]] std::vector<views::SortedMessage> sorted_messages(std::vector<OwnMessage> messages);

}  // namespace zt::service
