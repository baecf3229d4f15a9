#pragma once
// Pack: the numbers of a place. It overrides lengths, reasons, weights of kinds; between packs only
// data differs.

#include "domain/kind.hpp"

namespace zt {

struct PackClock {
    std::optional<LengthRule> length, redo_length;
    std::optional<calendar::Length> extension_cap, pause_cap, warn_before;
    std::optional<std::int64_t> extensions_max;
    std::string source;
    bool operator==(const PackClock&) const = default;
};

/// How long what is sealed of a matter is kept after it ended.
struct PackRetention {
    std::int64_t years = 0;
    std::string what;  ///< sealed: the key of its sealed parts is destroyed
    std::string source;
    bool operator==(const PackRetention&) const = default;
};

struct Pack {
    std::string name;
    std::uint32_t version = 1;
    Hash text_hash{};
    Title title;
    std::string source;
    /// "appeal.handle" → what differs.
    std::map<std::string, PackClock, std::less<>> clocks;
    /// "appeal.satisfaction" → answer → weight in millionths.
    std::map<std::string, std::map<std::string, std::int64_t, std::less<>>, std::less<>> weights;
    /// Closed lists of reasons by name: refuse, pause, send_back, trigger …, key and title.
    std::map<std::string, std::vector<std::pair<std::string, Title>>, std::less<>> reasons;
    /// Named lengths and counts that guards take: rating_window 15d, send_back_max 1.
    std::map<std::string, calendar::Length, std::less<>> windows;
    std::map<std::string, std::int64_t, std::less<>> limits;
    std::map<std::string, PackRetention, std::less<>> retention;  ///< by kind
    bool operator==(const Pack&) const = default;
};

/// The kind with the pack's overrides in place, as decide sees it.
[[nodiscard]] Kind with_pack(const Kind& kind, const Pack& pack);

}  // namespace zt
