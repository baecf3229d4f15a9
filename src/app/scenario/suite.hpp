#pragma once
// Several scripts played one after the other; what they cover of a kind they cover together.

#include "app/scenario/runner.hpp"

namespace zt::app::scenario {

struct Played {
    Script script;
    Outcome outcome;
};

class Suite {
  public:
    explicit Suite(Definitions files) : files_(std::move(files)) {}

    /// A script that cannot be parsed is played as one with a failure. errors: bad_file.
    [[nodiscard]] Result<void> play_file(const std::string& file);
    void play_text(std::string_view text, std::string file);
    /// `coverage all` of every script that asks, judged by all that were played.
    void judge_coverage();
    [[nodiscard]] const std::vector<Played>& played() const { return played_; }

  private:
    Definitions files_;
    Coverage coverage_;
    std::vector<Played> played_;
};

/// errors: io_failed, read_only.
[[nodiscard]] Result<void> write_script(const std::string& file, const std::string& text);

}  // namespace zt::app::scenario
