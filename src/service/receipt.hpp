#pragma once
// Receipt: what whoever handed in keeps to prove later, to anybody and without the server, that it
// is in the ledger: the parts from which the event's hash is made, the salts of what was sealed,
// and once the day is over the way from the event to the day's root. docs/internals/proofs.md.
//
// A receipt holds no sealed text: the salts open nothing by themselves; with a text they prove that
// just this text was handed in.

#include "views/proof_tree.hpp"

#include <map>
#include <optional>
#include <string>

namespace zt::service {

inline constexpr const char* receipt_format = "zhitong-receipt/1";

struct Inclusion {
    views::DayRoot root;
    std::vector<Hash> path;
};

struct Receipt {
    HashAlgorithm algorithm = HashAlgorithm::sha256;
    std::string number;
    Seq seq = 0;
    Hash previous{};
    std::string envelope;  ///< as in the ledger
    /// As in the ledger; left out when somebody else registered the matter, who may have written
    /// what the requester does not see. Its hash stands in any case.
    std::optional<std::string> payload;
    Hash payload_hash{}, sealed_hash{}, event{};
    std::map<std::string, std::string> salts;  ///< of sealed parts by name, hex
    std::optional<Inclusion> inclusion;        ///< none until the day is over
};

/// Canonical JSON; its member `sum` is a hash of all others, so that a slip of one byte shows.
[[nodiscard]] Json to_json(const Receipt& receipt);
/// in: the bytes of a file as it was saved, perhaps with white space behind. errors: bad_json,
/// damaged (another format, a member that is missing or not known, a sum that differs).
[[nodiscard]] Result<Receipt> read_receipt(std::string_view text);

/// What a receipt proves of itself.
struct Checked {
    std::string place;  ///< code of the tenant
    UtcMs recorded;
    bool shows_number = false;        ///< the payload is there and gives that number
    std::vector<std::string> sealed;  ///< parts whose text was sealed
    std::vector<std::string> proven;  ///< of those: texts that were shown and are the ones sealed
};
/// Shown texts by the name of their part.
using ShownTexts = std::map<std::string, std::string>;
/// errors: damaged, `at` names the member: a hash that does not follow, a number that is another, a
/// path that does not lead to the root; not_found, a text for a part that was not sealed;
/// bad_value, a text that is another than the one sealed.
[[nodiscard]] Result<Checked> check_receipt(const Receipt& receipt, const ShownTexts& shown);

/// Roots as they were published: JSON of the portal or the command, or lines of day, size, root as
/// a newspaper prints them. errors: bad_json, bad_value, with the line.
[[nodiscard]] Result<std::vector<views::DayRoot>> read_roots(std::string_view text);

/// That a later published root continues an older one.
struct Continuation {
    HashAlgorithm algorithm = HashAlgorithm::sha256;
    views::DayRoot first, second;
    std::vector<Hash> path;
};
/// in: JSON as the portal gives it. errors: bad_json, damaged (a member is missing).
[[nodiscard]] Result<Continuation> read_continuation(std::string_view text);

[[nodiscard]] Json json_of(const views::DayRoot& root);
[[nodiscard]] Json json_of(const std::vector<Hash>& path);
[[nodiscard]] std::string_view name_of_algorithm(HashAlgorithm algorithm);

}  // namespace zt::service
