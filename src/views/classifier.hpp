#pragma once
// Classifier: which category a message is about, learned from messages that people sorted before.
// It proposes and never decides; each proposal says which words it rests on.
//
// A message is its pairs of characters and words (search_text.hpp), those of the title counted once
// more as such, weighted by how rare they are; a linear machine of several classes (Crammer and
// Singer, by liblinear) parts them. docs/adr/0011_suggesting_categories.md says what was measured
// against what.
//
// A term that stands in fewer than `messages_min` messages is not learned, so what one person wrote
// cannot be found in the model.

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::views {

struct MessageText {
    std::string title, text;
};
struct SortedMessage {
    MessageText message;
    std::string category;
};

struct Suggestion {
    std::string category;
    std::int32_t permille = 0;       ///< how sure, of all categories together 1000
    std::vector<std::string> words;  ///< that speak for it most, as they stand in the message
};

struct ClassifierRules {
    std::int32_t messages_min = 3;  ///< a term must stand in so many
    std::int32_t category_min =
        10;             ///< a category must have so many messages; else it is not learned
    double cost = 0.5;  ///< of liblinear's -c
};

/// threads: const members, any; training, one at a time in a process.
class Classifier {
  public:
    /// The same messages in the same order give the same bytes. errors: not_found (fewer than two
    /// categories have enough messages).
    [[nodiscard]] static Result<Classifier>
    train(std::span<const SortedMessage> messages, const ClassifierRules& rules);
    /// errors: damaged, newer_version.
    [[nodiscard]] static Result<Classifier> read(std::string_view bytes);
    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;
    ~Classifier();

    [[nodiscard]] std::string bytes() const;
    /// As bytes() and read(), with a file. errors: also not_found, io_failed, disk_full, read_only.
    [[nodiscard]] Result<void> save(const std::string& path) const;
    [[nodiscard]] static Result<Classifier> load(const std::string& path);
    /// Twelve hex digits of the hash of its bytes.
    [[nodiscard]] const std::string& version() const;
    [[nodiscard]] std::size_t messages() const;
    [[nodiscard]] const std::vector<std::string>& categories() const;
    /// The likeliest first, at most so many; none for a message without a known term. cost: some
    /// 0.1 ms for 300 characters.
    [[nodiscard]] std::vector<Suggestion>
    suggest(const MessageText& message, std::size_t limit) const;

  private:
    struct Parts;
    explicit Classifier(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// How well it does on messages that it has not seen: those that are nearly the same lie in one
/// fold.
struct FoldScore {
    std::size_t messages = 0;
    double macro_f1 = 0, accuracy = 0;
};
/// in: folds ≥ 2. errors: those of train.
[[nodiscard]] Result<std::vector<FoldScore>> cross_validated(
    std::span<const SortedMessage> messages, const ClassifierRules& rules, std::size_t folds
);
/// For each message the first one that it is nearly the same as, perhaps itself: half of the pairs
/// and words that stand in either stand in both.
[[nodiscard]] std::vector<std::size_t> near_duplicates(std::span<const SortedMessage> messages);

}  // namespace zt::views
