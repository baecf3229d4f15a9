#pragma once
// JSON for people and programs outside: base Json has no fractions (the ledger must not), answers
// have.

#include "base/json.hpp"

#include <string>
#include <string_view>

namespace zt::views::impl {

[[nodiscard]] inline std::string quoted(std::string_view text) { return to_canonical(Json(text)); }

/// `"key":` and a text that is JSON already, with a comma where one is due.
class JsonObject {
  public:
    JsonObject& raw(std::string_view key, std::string_view json) {
        text_ += (text_.empty() ? "" : ",") + quoted(key) + ":";
        text_ += json;
        return *this;
    }
    JsonObject& text(std::string_view key, std::string_view value) {
        return raw(key, quoted(value));
    }
    JsonObject& number(std::string_view key, std::int64_t value) {
        return raw(key, std::to_string(value));
    }
    [[nodiscard]] std::string str() const { return "{" + text_ + "}"; }

  private:
    std::string text_;
};

}  // namespace zt::views::impl
