#pragma once
// Bytes in and out: plain little-endian numbers, texts with their length. Reading never runs past
// the end.

#include "base/result.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace zt::views::impl {

static_assert(std::endian::native == std::endian::little, "segment files are little-endian");

class ByteWriter {
  public:
    template <class T>
    void put(T value) {
        static_assert(std::is_arithmetic_v<T>);
        append(&value, sizeof value);
    }
    void put_text(std::string_view text) {
        put(static_cast<std::uint64_t>(text.size()));
        bytes_.append(text);
    }
    /// Without a length: for bytes whose length the format fixes.
    void put_bytes(std::string_view bytes) { bytes_.append(bytes); }
    template <class T>
    void put_all(const std::vector<T>& values) {
        put(static_cast<std::uint64_t>(values.size()));
        append(values.data(), values.size() * sizeof(T));
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    void append(const void* from, std::size_t size) {
        bytes_.append(static_cast<const char*>(from), size);
    }
    std::string bytes_;
};

/// in: bytes that outlive the reader.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    [[nodiscard]] Result<T> get() {
        static_assert(std::is_arithmetic_v<T>);
        if (rest_.size() < sizeof(T)) {
            return cut_off();
        }
        T value{};
        std::memcpy(&value, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
        return value;
    }
    [[nodiscard]] Result<std::string> get_text() {
        TRY(const auto size, get<std::uint64_t>());
        if (rest_.size() < size) {
            return cut_off();
        }
        std::string text(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return text;
    }
    template <class T>
    [[nodiscard]] Result<std::vector<T>> get_all() {
        TRY(const auto count, get<std::uint64_t>());
        if (rest_.size() / sizeof(T) < count) {
            return cut_off();
        }
        std::vector<T> values(count);
        if (count > 0) {
            std::memcpy(values.data(), rest_.data(), count * sizeof(T));
        }
        rest_.remove_prefix(count * sizeof(T));
        return values;
    }
    /// errors: damaged for a byte that is neither 0 nor 1.
    [[nodiscard]] Result<bool> get_bool() {
        TRY(const auto byte, get<std::uint8_t>());
        if (byte > 1) {
            return fail(Errc::damaged, "a yes or no is " + std::to_string(byte));
        }
        return byte == 1;
    }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

  private:
    [[nodiscard]] static std::unexpected<Error> cut_off() {
        return fail(Errc::damaged, "the file ends before its contents do");
    }
    std::string_view rest_;
};

}  // namespace zt::views::impl
