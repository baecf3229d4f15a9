#pragma once
// The catalogue of texts for people in one language. Keys are paths ("errors.bad_date"), values may
// hold {names} that the caller fills.

#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::kindfile {

/// Name without braces, and what stands for it.
using TextValues = std::vector<std::pair<std::string_view, std::string>>;

/// threads: any, once read.
class Texts {
  public:
    /// in: YAML, nested maps of texts. errors: those of yaml.hpp; bad_value when a leaf is
    /// no text.
    [[nodiscard]] static Result<Texts> read(std::string_view yaml, std::string file);

    /// The text with its values in place; the key itself when there is none, so that a gap is seen.
    [[nodiscard]] std::string get(std::string_view key, const TextValues& values = {}) const;
    [[nodiscard]] const std::string* find(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> keys() const;

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace zt::kindfile
