#include "app/scenario/suite.hpp"

#include "base/text.hpp"

#include <fstream>

namespace zt::app::scenario {

namespace {

/// "kinds/x.case:12: …" → 12; 0 when there is none.
int line_of(const Error& error) {
    const std::size_t colon = error.at.rfind(':');
    const auto line =
        parse_int(colon == std::string::npos ? "" : std::string_view(error.at).substr(colon + 1));
    return line ? static_cast<int>(*line) : 0;
}

}  // namespace

Result<void> Suite::play_file(const std::string& file) {
    TRY(const auto text, kindfile::read_text_file(file));
    play_text(text, file);
    return {};
}

void Suite::play_text(std::string_view text, std::string file) {
    auto script = parse_script(text, file);
    if (!script) {
        Played broken;
        broken.script.file = file;
        broken.outcome.file = std::move(file);
        broken.outcome.failures.push_back({line_of(script.error()), "", script.error().detail, ""});
        played_.push_back(std::move(broken));
        return;
    }
    Outcome outcome = play(*script, files_, coverage_);
    played_.push_back({*std::move(script), std::move(outcome)});
}

void Suite::judge_coverage() {
    const auto kinds = files_.kinds();
    for (auto& one : played_) {
        const Kind* kind = kinds ? kinds->kinds.newest(one.outcome.kind) : nullptr;
        if (one.outcome.coverage_line == 0 || kind == nullptr) {
            continue;
        }
        const auto missing = coverage_.missing(*kind);
        if (!missing.empty()) {
            one.outcome.failures.push_back(
                {one.outcome.coverage_line,
                 "",
                 std::to_string(missing.size()) + " not covered:\n    " + join(missing, "\n    "),
                 ""}
            );
        }
    }
}

Result<void> write_script(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out) {
        return fail(Errc::io_failed, "the script cannot be written", file);
    }
    return {};
}

}  // namespace zt::app::scenario
