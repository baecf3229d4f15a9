#pragma once
// CHECK and UNREACHABLE: a bug of ours stops the process with its place; the ledger replays.

namespace zt {
[[noreturn]] void check_failed(const char* expression, const char* file, int line) noexcept;
}  // namespace zt

#define CHECK(condition)                                                                           \
    ((condition) ? void(0) : ::zt::check_failed(#condition, __FILE__, __LINE__))
#define UNREACHABLE() ::zt::check_failed("unreachable", __FILE__, __LINE__)
