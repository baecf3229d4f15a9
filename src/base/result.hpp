#pragma once
// Result and Error: how anything that a user, a file, the network or the disk can cause comes back
// as a value.

#include "base/errc.hpp"

#include <expected>
#include <string>
#include <utility>

namespace zt {

/// Why something did not happen.
/// code: closed, stable, for machines; text for people is made from it at the edge.
/// detail: what is wrong and what would be right, for the log and the command line.
/// at: where: `file:line`, or a pointer into the input such as `/fields/place`.
struct Error {
    Errc code{};
    std::string detail;
    std::string at;

    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error>
fail(Errc code, std::string detail = {}, std::string at = {}) {
    return std::unexpected(Error{code, std::move(detail), std::move(at)});
}

/// `at: detail (code)`, the form in which the command line prints an error.
[[nodiscard]] std::string to_string(const Error& error);

/// A deliberate drop of a value, with its reason.
template <class T>
void ignore(T&&, const char* /*why*/) {}

}  // namespace zt

#define ZT_JOIN_(a, b) a##b
#define ZT_JOIN(a, b) ZT_JOIN_(a, b)
#define ZT_TRY_IMPL(tmp, decl, ...)                                                                \
    auto tmp = (__VA_ARGS__);                                                                      \
    if (!tmp) {                                                                                    \
        return std::unexpected(std::move(tmp).error());                                            \
    }                                                                                              \
    decl = *std::move(tmp)
/// TRY(auto x, f()): passes an error on, else binds the value.
#define TRY(decl, ...) ZT_TRY_IMPL(ZT_JOIN(try_, __COUNTER__), decl, __VA_ARGS__)
/// TRY_VOID(f()): passes an error of a Result<void> on.
#define TRY_VOID(...)                                                                              \
    do {                                                                                           \
        if (auto try_void = (__VA_ARGS__); !try_void) {                                            \
            return std::unexpected(std::move(try_void).error());                                   \
        }                                                                                          \
    } while (false)
