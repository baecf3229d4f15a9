#pragma once
// A script of a kind, played through the interface of a served place: by people who sign in, and by
// requesters with the code of their receipt. The server's clock goes with the script.

#include "app/scenario/script.hpp"
#include "kindfile/place_file.hpp"
#include "tests/http/people_place.hpp"

#include <set>

namespace zt::http::test {

class ScriptClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override { return UtcMs{Millis{now_.load()}}; }
    /// Never back.
    void set(UtcMs at) { now_ = std::max(now_.load(), at.time_since_epoch().count()); }

  private:
    std::atomic<std::int64_t> now_ = 0;
};

/// How far a script was played.
struct Walked {
    int steps = 0;
    /// Steps of the system itself, of cosigners, of requesters to whom a desk of that kind gives no
    /// code, and of posts that nobody holds.
    int left_out = 0;
    bool has_ended = false;  ///< a matter of the kind went from its first stage to an end
};

/// "line 12, office.clerk accept: ", for who reads what failed.
[[nodiscard]] std::string where(const app::scenario::ScriptLine& line);

class ScriptWalk {
  public:
    /// in: a script of kinds/ by name; `like` holds the place that it plays in.
    ScriptWalk(const std::string& kind, const build::PlaceOnDisk& like);

    /// Its main path: each step that it expects to be taken, in order, until the first matter of
    /// its kind that changed stages has ended, with what follows at once about that matter. A step
    /// that is refused, or leaves another stage than the script says, fails the test.
    Walked run();

    [[nodiscard]] static app::scenario::Script script_of(const std::string& kind);

  private:
    using Line = app::scenario::ScriptLine;
    using ScriptCommand = app::scenario::ScriptCommand;
    /// Where a step leaves a matter; nothing when it was refused, which has failed the test.
    using Stage = std::optional<std::string>;
    struct Session {
        std::string account;
        PostId post;
        UtcMs used;
        bool is_of_firm = false;
    };
    struct Known {
        std::string number, kind, code, begun_by, last_by, first_stage;
    };

    void give_accounts();
    [[nodiscard]] bool is_done_by_administrators(const Line& line) const;
    [[nodiscard]] bool can_sign_in_for(const Line& line);
    [[nodiscard]] bool is_brought_to_window(const Line& line);
    /// out: whether the walk goes on.
    bool play(const Line& line);
    bool step(const Line& line);
    void take_name(const Line& line);
    void begin_rounds(const Line& line);
    void await_lapses();
    [[nodiscard]] bool has_overdue(const Known& matter);

    Stage act(const Line& line);
    Stage act_as_post(const Line& line);
    Stage act_from_outside(const Line& line);
    Stage hand_in(const Line& line, const std::string& path, const std::string& fields);
    Stage change_directory(const Line& line);
    Stage renew_code(const Line& line);
    [[nodiscard]] bool can_follow(const Known& matter) const;
    /// Who left a contact at the desk is called and gets a code.
    Heard give_code(Known& matter, const std::string& by);

    [[nodiscard]] Json deeds_of(const Line& line);
    [[nodiscard]] Json fields_of(const ScriptCommand& command);
    [[nodiscard]] Json field_of(const Kind* kind, const app::scenario::Word& word);
    [[nodiscard]] std::int64_t post_id(const std::string& name);
    [[nodiscard]] std::int64_t person_id(const std::string& code, const std::string& as);
    [[nodiscard]] std::string kind_begun(const ScriptCommand& command) const;
    [[nodiscard]] const Kind* kind_of(const ScriptCommand& command) const;
    [[nodiscard]] std::string number_of(const std::string& name) const;
    void take_stage(const std::string& name, const std::string& stage);

    /// Header lines of somebody signed in; a session lasts half an hour without a step.
    [[nodiscard]] std::string signed_as(const std::string& actor);
    /// The matter as somebody sees it who had to do with it. out: null when nobody does.
    [[nodiscard]] Json page_of(const Known& matter);
    /// Numbers of matters, as all who act see them together. in: kind, empty for all.
    [[nodiscard]] std::set<std::string> listed(const std::string& kind);
    [[nodiscard]] std::string linked(const Line& line);

    ScriptClock clock_;
    app::scenario::Script script_;
    std::map<std::string, std::string> holders_;  ///< person by ORG.POST of the place
    std::unique_ptr<PeoplePlace> people_;
    service::SharedRules rules_;
    std::map<std::string, Session> sessions_;  ///< by actor
    std::map<std::string, Known> matters_;     ///< by the name in the script
    std::vector<std::string> begun_;           ///< by the last rounds
    std::string ended_;                        ///< name of the matter
    Walked walked_;
};

}  // namespace zt::http::test
