#pragma once
// Follow-up code: with the number of a matter it lets whoever handed in look at it again, without
// an account. It is computed, never stored: HMAC(code key, number ‖ idempotency key of the
// hand-in), so that a retry, which carries the same key, is told the same code. The ledger keeps
// two things only: the idempotency key blinded by a hash, and a keyed hash of the code. From these
// nobody can compute the code, not even with the key file (docs/adr/0005_follow_code.md).
//
// The code has 23 characters of 5 bits (115 bits: OWASP ASVS 5.0, 6.5.2 asks for 112 where a plain
// keyed hash is kept) and one that checks them, in six groups of four. The alphabet leaves out I,
// L, O and U; who types them, small letters, full width or other separators is understood.

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "vault/key.hpp"

#include <string>
#include <string_view>

namespace zt::vault {

inline constexpr std::size_t follow_code_characters = 24;

/// What the ledger takes as the idempotency key of a hand-in with a code: the first six bytes
/// (its time) as the client made them, the rest a hash of the whole.
[[nodiscard]] Uuid blinded(const Uuid& idempotency_key);

/// 24 characters without separators. in: the idempotency key as the client sent it.
[[nodiscard]] std::string
follow_code(const LookupKeys& keys, std::string_view number, const Uuid& idempotency_key);

/// "7K2M-9QXD-…", for reading out and printing. in: as follow_code gives it.
[[nodiscard]] std::string grouped(std::string_view code);

/// The code as follow_code gives it, from what somebody typed.
/// errors: bad_value when it is no code: another length, another character, or a slip (each single
/// wrong character and each exchange of two characters is found).
[[nodiscard]] Result<std::string> read_follow_code(std::string_view typed);

/// What the ledger keeps of the code: 32 hex digits, under another key than the code.
[[nodiscard]] std::string
follow_check(const LookupKeys& keys, std::string_view number, std::string_view code);

/// Compares in constant time; with an empty `kept` (no such matter, or none given) it does the same
/// work and says no.
[[nodiscard]] bool is_follow_code(
    const LookupKeys& keys, std::string_view number, std::string_view code, std::string_view kept
);

}  // namespace zt::vault
