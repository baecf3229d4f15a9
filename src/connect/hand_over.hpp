#pragma once
// Hand-over: a matter goes to another place, and a receipt comes back. The message is signed with
// the secret that both places share (signature.hpp); its effect id makes the key of the register
// over there, so a message that comes twice registers once and is answered with the same receipt.
//
//   here: hand_over (event) → message → there: register → receipt → here: note (event)
//
// Each place adds itself to the path, so the way back is the same way, and a matter that only goes
// round is refused.

#include "domain/command.hpp"
#include "domain/kind.hpp"
#include "views/outbox.hpp"

namespace zt::connect {

/// A matter that passed through more places than this is going round.
inline constexpr std::size_t hops_max = 8;
/// Longest message that is read.
inline constexpr std::size_t hand_over_bytes_max = std::size_t{256} * 1024;

struct HandOver {
    views::EffectId effect;
    std::string tenant;             ///< of the sender
    std::vector<std::string> path;  ///< "tenant number", oldest first; the last is the sender's
    std::string kind;
    UtcMs at;  ///< when it was handed over
    std::string title, text, reason, name, contact;
    std::string purpose, category, protection;  ///< words of the kind; may be empty
    bool is_hidden = false;                     ///< the name is not for the units concerned
    bool operator==(const HandOver&) const = default;
};

struct Receipt {
    views::EffectId effect;
    std::string tenant, number;  ///< of who took it, and under which number
    bool operator==(const Receipt&) const = default;
};

/// Canonical JSON.
[[nodiscard]] std::string to_text(const HandOver& message);
[[nodiscard]] std::string to_text(const Receipt& receipt);
/// errors: bad_json, bad_value (another format, a bad effect id, a path that goes round).
[[nodiscard]] Result<HandOver> read_hand_over(std::string_view text);
[[nodiscard]] Result<Receipt> read_receipt(std::string_view text);

/// The register that follows from it at the receiving place, acted by the system; its key comes
/// from the sender and the effect id alone. in: the signature was verified and the tenant is the
/// partner's. errors: bad_value (the kind takes nothing that is handed over: it has no field
/// handed_from).
[[nodiscard]] Result<Submit> submit_of(const HandOver& message, const Kind& kind);
/// What follows from the receipt at the place that handed over.
[[nodiscard]] Submit submit_of(const Receipt& receipt, MatterId matter, UtcMs handed_over);
/// The mark of origin, as the field handed_from holds it, and back.
[[nodiscard]] std::string origin_text(const std::vector<std::string>& path);
[[nodiscard]] std::vector<std::string> origin_path(std::string_view text);

}  // namespace zt::connect
