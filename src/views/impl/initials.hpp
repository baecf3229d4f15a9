#pragma once
// Pinyin initials: 供电 → gd. One reading a character, the commonest: a title is to be found by
// those who type its initials, not read aloud.

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zt::views::impl {

/// Remembers what it looked up. threads: one at a time.
class Initials {
  public:
    Initials();
    Initials(Initials&&) noexcept;
    Initials& operator=(Initials&&) noexcept;
    Initials(const Initials&) = delete;
    Initials& operator=(const Initials&) = delete;
    ~Initials();

    /// Terms of the initials of a text: overlapping pairs of letters, the last of a run alone. What
    /// has no reading parts them.
    [[nodiscard]] std::vector<std::string> terms_of(std::string_view text);

  private:
    /// 0 when there is none.
    [[nodiscard]] char of(char32_t character);

    struct Reading;
    std::unique_ptr<Reading> reading_;
    std::unordered_map<char32_t, char> known_;
};

}  // namespace zt::views::impl
