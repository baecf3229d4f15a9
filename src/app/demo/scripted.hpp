#pragma once
// Kinds without stories of their own are told by their scripts: each line at its hour, on days
// moved so that one of them stands at the demo's end. A telling for each stage stops where a matter
// first comes into that stage; one more is told whole and lies some days back.

#include "app/definitions.hpp"
#include "app/demo/graft.hpp"
#include "app/demo/world.hpp"
#include "app/scenario/script.hpp"

#include <memory>
#include <set>

namespace zt::app::demo {

/// A script with the place that it plays in.
struct ToldScript {
    scenario::Script script;
    kindfile::Place place;
};

/// Longest way back from the demo's end that is told.
inline constexpr std::chrono::days told_longest{400};

class Scripted {
  public:
    /// in: the places of all scripts, grafted, by name.
    Scripted(World& world, std::map<std::string, Grafted> places)
        : world_(world), places_(std::move(places)) {}

    void plan(const ToldScript& told);
    /// Tellings that came to a line which the demo's days refuse, with line and reason.
    [[nodiscard]] const std::vector<std::string>& cut_short() const { return cut_short_; }

  private:
    struct Telling;
    using TellingPtr = std::shared_ptr<Telling>;
    using Lines = std::vector<const scenario::ScriptLine*>;

    enum class TellingEnd : std::uint8_t { at_end, before };
    /// A matter or record that a line began.
    struct Begun {
        scenario::ScriptCommand command;
        std::string kind;
        MatterId matter;
    };

    /// in: what is told of the script, whole lines in order.
    void tell(const ToldScript& told, Lines lines, TellingEnd end);
    /// Plans the next line, not earlier than that.
    void go_on(const TellingPtr& telling, UtcMs before);
    [[nodiscard]] Result<void> step(Telling& telling, const scenario::ScriptLine& line);
    [[nodiscard]] Result<void> submit(Telling& telling, const scenario::ScriptLine& line);
    [[nodiscard]] static bool swap_org(Telling& telling, const std::string& org);
    [[nodiscard]] static bool is_known(const Telling& telling, const scenario::ScriptLine& line);
    [[nodiscard]] std::optional<MatterId> same_record(
        const Telling& telling, const scenario::ScriptLine& line, const std::string& field
    ) const;
    [[nodiscard]] Result<void> give_name(Telling& telling, const scenario::ScriptLine& line) const;
    [[nodiscard]] scenario::ScriptLine
    here(const Telling& telling, const scenario::ScriptLine& line) const;
    [[nodiscard]] const Kind*
    kind_of(const Telling& telling, const scenario::ScriptCommand& command) const;

    World& world_;
    std::map<std::string, Grafted> places_;
    std::vector<Begun> begun_;
    std::vector<std::string> cut_short_;
};

/// The scripts of all kinds that the demo has no stories for. errors: those of the files.
[[nodiscard]] Result<std::vector<ToldScript>> scripts_of(const Definitions& definitions);

}  // namespace zt::app::demo
