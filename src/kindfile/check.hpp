#pragma once
// `kinds check`: what a sound shape cannot say. Each check has a stable id, which begins the
// error's detail: `unreachable_stage: …`. tests/kinds_bad holds one file per id that it must
// refuse.

#include "domain/directory.hpp"
#include "kindfile/kind_file.hpp"
#include "kindfile/pack_file.hpp"

#include <span>

namespace zt::kindfile {

struct CheckRow {
    std::string_view id;
    std::string_view help;  ///< what is proven, one sentence
};
/// All checks in the order of documents.
[[nodiscard]] std::span<const CheckRow> check_rows();

struct GuaranteeRow {
    std::string_view name;
    std::string_view help;
};
/// The promises that a kind may state under `guarantees`.
[[nodiscard]] std::span<const GuaranteeRow> guarantee_rows();

/// in: the pack resolved, all kinds that are in use beside it. out: all that is wrong, in order of
/// lines; empty: sound.
[[nodiscard]] Errors check_kind(const KindFile& file, const Pack& pack, const Kinds& kinds);
/// Clocks, questions and answers that the pack names exist.
[[nodiscard]] Errors check_pack(const PackFile& file, const Kinds& kinds);

/// Who fills each role of a kind in a place.
struct PlaceReport {
    std::vector<std::string> lines;    ///< for people, one role at one office each
    std::vector<std::string> missing;  ///< roles that nobody fills, separations that cannot hold
};
[[nodiscard]] PlaceReport check_place(const Kind& kind, const Directory& directory, Date day);

}  // namespace zt::kindfile
