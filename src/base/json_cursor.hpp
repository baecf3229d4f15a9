#pragma once
// Canonical JSON read value by value straight into what the caller has: for what is read most, the
// events of a ledger, where a tree of values would cost more than all else. As strict as
// parse_canonical, which is made of this.

#include "base/json.hpp"

namespace zt {

/// in: a text that outlives it. threads: one.
class JsonCursor {
  public:
    explicit JsonCursor(std::string_view text)
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    // Each takes the value that stands next. out: false when it is of another type or no canonical
    // text; the first reason stays, nothing is taken after it.
    [[nodiscard]] bool read(Json& out);
    [[nodiscard]] bool read(std::string& out);
    [[nodiscard]] bool read(std::int64_t& out);
    [[nodiscard]] bool read(bool& out);
    /// out: valid until the next call.
    [[nodiscard]] bool read(std::string_view& out);
    /// Takes a null if one stands there; anything else is no error.
    [[nodiscard]] bool take_null();
    /// Takes any value and forgets it.
    [[nodiscard]] bool pass_over();
    /// Refuses text behind the value.
    [[nodiscard]] bool at_end() {
        return !has_failed() && (at_ == end_ || refuse("text goes on behind the value"));
    }
    /// Says that the value just taken will not do; nothing is taken any more. out: false.
    bool refuse(const char* why);
    [[nodiscard]] bool has_failed() const { return why_ != nullptr; }
    /// errors: bad_json, at = `byte N`. in: has_failed.
    [[nodiscard]] Error error() const;

  private:
    friend class JsonElements;
    friend class JsonNames;
    // Each returns false after noting why; what it filled then holds anything.
    [[nodiscard]] bool read_object(Json& out);
    [[nodiscard]] bool read_array(Json& out);
    [[nodiscard]] bool read_member(JsonMembers& members);
    [[nodiscard]] bool at_string(const char* expected);
    [[nodiscard]] bool take_colon();
    [[nodiscard]] std::string_view take_plain();
    [[nodiscard]] bool read_rest(std::string& out);
    [[nodiscard]] bool read_escape(std::string& out);
    [[nodiscard]] bool read_control(std::string& out);
    [[nodiscard]] bool read_word(std::string_view word);
    [[nodiscard]] bool enter(char bracket, const char* expected);
    [[nodiscard]] bool refuse_string_byte();
    [[nodiscard]] bool take(char mark);

    const char* begin_;
    const char* at_;
    const char* end_;
    const char* why_ = nullptr;
    const char* failed_at_ = nullptr;
    int depth_ = 0;
    std::string unescaped_;
};

/// Walks the elements of the array that stands next: `while (elements.next()) { read one }`.
class JsonElements {
  public:
    explicit JsonElements(JsonCursor& cursor) : cursor_(cursor) {}
    /// False behind the last one, the bracket then taken, and after a failure.
    [[nodiscard]] bool next();

  private:
    JsonCursor& cursor_;
    enum class At : std::uint8_t { before, within, behind } at_ = At::before;
};

/// Walks the object that stands next by the names that it may have, asked for in the order of their
/// bytes; members of other names are passed over.
class JsonNames {
  public:
    explicit JsonNames(JsonCursor& cursor);
    /// True when there is a member of that name: its value stands next and must be taken.
    [[nodiscard]] bool has(std::string_view name);
    /// Passes over what is left and takes the bracket.
    void finish();

  private:
    /// False at the end of the object and after a failure.
    bool take_name();
    JsonCursor& cursor_;
    std::string_view name_;  ///< of the member whose value stands next
    bool has_name_ = false;
    bool is_first_ = true;
    bool is_over_ = false;
};

}  // namespace zt
