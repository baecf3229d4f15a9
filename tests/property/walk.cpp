#include "property/walk.hpp"

#include "domain/vocabulary.hpp"
#include "property/sums.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace zt::app::walks {

using scenario::MemoryTenant;

namespace {

/// Views are compared with a replay from zero so often, and at the end; each event is replayed at
/// once.
constexpr int steps_per_replay = 50;
/// More matters than these do not begin: a walk goes deep rather than wide.
constexpr std::size_t matters_max = 7;

struct Begun {
    MatterId id;
    std::string kind;
};

/// Refusals are what a walk may meet; all else is a fault.
bool is_refusal(Errc code) {
    return code >= Errc::key_missing_in_command || code == Errc::unknown_kind;
}

class Dice {
  public:
    explicit Dice(SeededRandom& random) : random_(random) {}
    [[nodiscard]] bool in(int percent) {
        return random_.below(100) < static_cast<std::size_t>(percent);
    }
    [[nodiscard]] std::int64_t upto(std::int64_t count) {
        return static_cast<std::int64_t>(random_.below(static_cast<std::size_t>(count)));
    }
    template <class List>
    [[nodiscard]] const auto& pick(const List& list) {
        return list[random_.below(list.size())];
    }

  private:
    SeededRandom& random_;
};

/// Values that make sense often enough for a walk to get somewhere, and are wrong often enough to
/// be refused.
class ValueMaker {
  public:
    ValueMaker(MemoryTenant& tenant, Dice& dice, const Kind& kind, UtcMs now)
        : tenant_(tenant), dice_(dice), kind_(kind), now_(now) {}

    std::vector<Begun> matters;  ///< that a field may point to

    [[nodiscard]] Json of(const std::string& name, const Transition& row) {
        if (const FieldRule* rule = kind_.field(name)) {
            return of_field(*rule);
        }
        if (const auto listed = of_list(name, row)) {
            return *listed;
        }
        if (kind_.hand(name) != nullptr) {
            return orgs();
        }
        for (const auto& question : kind_.ratings) {
            if (question.name == name) {
                return Json(dice_.pick(question.answers).first);
            }
        }
        const ArgumentRow* argument = find_argument(name);
        return argument == nullptr ? Json("x") : of_type(argument->type);
    }

  private:
    [[nodiscard]] Json of_field(const FieldRule& rule) {
        if (!rule.choices.empty() && dice_.in(97)) {
            return Json(dice_.pick(rule.choices).first);
        }
        if (!rule.pattern.empty()) {
            return Json(digits_for(rule.pattern));
        }
        if (rule.name == "category" && !kind_.categories.empty()) {
            return Json(dice_.pick(kind_.categories).key);
        }
        if (rule.type == FieldType::integer || rule.type == FieldType::money) {
            return Json(rule.min + dice_.upto(std::max<std::int64_t>(1, rule.max - rule.min + 1)));
        }
        return of_type(rule.type, rule.register_kind);
    }

    /// As many digits as the pattern's last braces say: enough for codes such as [0-9A-Z]{18}.
    [[nodiscard]] std::string digits_for(const std::string& pattern) {
        const std::size_t open = pattern.rfind('{');
        const auto count =
            open == std::string::npos ? 1 : std::strtol(pattern.c_str() + open + 1, nullptr, 10);
        std::string text;
        for (long index = 0; index < count; ++index) {
            text += static_cast<char>('0' + dice_.upto(10));
        }
        return text;
    }

    /// Reasons, triggers, outcomes, clocks: what the row's own guards and the kind ask for.
    [[nodiscard]] std::optional<Json> of_list(const std::string& name, const Transition& row) {
        static constexpr std::pair<std::string_view, std::string_view> guards[] = {
            {"reason", "reason_in"}, {"trigger", "trigger_in"}, {"outcome", "outcome_in"}
        };
        for (const auto& word : row.when) {
            for (const auto& [field, guard] : guards) {
                const auto list = word.name == guard && field == name
                                      ? reasons().find(word.args.front())
                                      : reasons().end();
                if (list != reasons().end() && dice_.in(95)) {
                    return Json(dice_.pick(list->second).first);
                }
            }
            const ClockRule* clock = word.args.empty() ? nullptr : kind_.clock(word.args.front());
            if (name == "reason" && word.name == "pause_reason_known" && clock != nullptr) {
                return Json(dice_.pick(clock->pause_reasons));
            }
        }
        if (name == "clock" && !kind_.clocks.empty()) {
            return Json(dice_.pick(kind_.clocks).name);
        }
        if (name == "list" && !kind_.item_lists.empty()) {
            return Json(dice_.pick(kind_.item_lists).name);
        }
        static const std::map<std::string_view, std::vector<std::string>> words{
            {"order", {"blue", "yellow", "red", "next"}},
            {"protection", {"please_do", "bad_service", "wrong_done"}},
            {"reply_class", {"A", "B", "C", "D"}},
            {"length", {"1wd", "3wd", "10wd", "11wd", "5d"}},
        };
        if (const auto known = words.find(name); known != words.end()) {
            return Json(dice_.pick(known->second));
        }
        return std::nullopt;
    }

    /// kind: what a field for matters asks for; empty: any.
    [[nodiscard]] Json of_type(FieldType type, std::string_view kind = {}) {
        switch (type) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::choice: return word_of({"甲", "停电三天", "x y"});
        case FieldType::phone: return Json("13900000001");
        case FieldType::integer:
        case FieldType::money: return Json(1 + dice_.upto(3));
        case FieldType::date:
            return Json(to_string(office_date(now_) + std::chrono::days{dice_.upto(60) - 5}));
        case FieldType::instant:
            return Json(std::int64_t{now_.time_since_epoch().count()} + dice_.upto(1'000'000'000));
        case FieldType::yes_no: return word_of({"yes", "yes", "no"});
        case FieldType::org: return Json(dice_.pick(directory().orgs())->code);
        case FieldType::orgs: return orgs();
        case FieldType::post:
        case FieldType::person: return dice_.in(3) ? Json(1 + dice_.upto(60)) : someone(type);
        case FieldType::area:
            return Json(dice_.in(3) ? "nowhere" : dice_.pick(directory().areas())->code);
        case FieldType::matter: return matter(kind);
        case FieldType::matters: return Json::array().push(matter(kind)).push(matter(kind));
        case FieldType::choices:
        case FieldType::list: return word_of({"x", "x,y"});
        case FieldType::point: return word_of({"27.7,112.0", "27.728100,112.001900", "112.0,27.7"});
        case FieldType::shape:
            return word_of({"[[[[112,27],[113,27],[113,28],[112,27]]]]", "[[[112,27],[113,27]]]"});
        }
        return {};
    }

    [[nodiscard]] Json word_of(std::initializer_list<const char*> words) {
        return Json(*(words.begin() + dice_.upto(static_cast<std::int64_t>(words.size()))));
    }
    /// Units that work: those with posts.
    [[nodiscard]] std::string unit() {
        for (int tries = 0; tries < 20; ++tries) {
            const Org* org = dice_.pick(directory().orgs());
            if (!directory().posts_of(org->id, office_date(now_)).empty()) {
                return org->code;
            }
        }
        return dice_.pick(directory().orgs())->code;
    }
    [[nodiscard]] Json orgs() { return Json(dice_.in(90) ? unit() : unit() + "," + unit()); }
    /// A post that stands, or who holds it.
    [[nodiscard]] Json someone(FieldType type) {
        const Org* org = directory().find_org(unit(), office_date(now_));
        const auto posts = org == nullptr ? std::vector<const Post*>{}
                                          : directory().posts_of(org->id, office_date(now_));
        if (posts.empty()) {
            return Json(1);
        }
        const Post* post = dice_.pick(posts);
        return Json(type == FieldType::post ? post->id.value : post->holder.value);
    }
    [[nodiscard]] Json matter(std::string_view kind) {
        std::vector<MatterId> fitting;
        for (const Begun& one : matters) {
            if (kind.empty() || one.kind == kind) {
                fitting.push_back(one.id);
            }
        }
        return fitting.empty() || dice_.in(2) ? Json(1 + dice_.upto(100))
                                              : Json(dice_.pick(fitting).value);
    }
    [[nodiscard]] const Directory& directory() const { return tenant_.ledger().directory(); }
    [[nodiscard]] const decltype(Pack::reasons)& reasons() const {
        return tenant_.rules().pack.reasons;
    }

    MemoryTenant& tenant_;
    Dice& dice_;
    const Kind& kind_;
    UtcMs now_;
};

/// Somebody who may well do that.
class ActorFinder {
  public:
    ActorFinder(const Directory& directory, Dice& dice, UtcMs now) : dice_(dice) {
        for (const Org* org : directory.orgs()) {
            for (const Post* post : directory.posts_of(org->id, office_date(now))) {
                posts_.push_back(post);
            }
        }
    }

    [[nodiscard]] Actor find(const Kind& kind, const Transition& row, const State* state) {
        if (row.by.empty() || dice_.in(10)) {
            return post_of(*dice_.pick(posts_));
        }
        const RoleRule* role = kind.role(dice_.pick(row.by));
        return role == nullptr ? post_of(*dice_.pick(posts_)) : of_role(*role, state);
    }

  private:
    [[nodiscard]] Actor of_role(const RoleRule& role, const State* state) {
        using Where = RoleRule::Where;
        Actor actor;
        actor.kind = ActorKind::party;
        switch (role.where) {
        case Where::system: return Actor{};
        case Where::anyone: return actor;
        case Where::requester:
        case Where::author:
        case Where::party:
            if (state != nullptr && !state->parties.empty()) {
                actor.party = dice_.in(80) && state->requester() != nullptr
                                  ? state->requester()->no
                                  : dice_.pick(state->parties).no;
            }
            return actor;
        case Where::at_office:
        case Where::above_office:
        case Where::over_office:
        case Where::at_hand:
        case Where::leads_hand:
        case Where::at_any:
        case Where::not_involved:
        case Where::at_registrar: break;
        }
        return post_of(*best_post(role, state));
    }

    [[nodiscard]] const Post* best_post(const RoleRule& role, const State* state) {
        std::vector<const Post*> with_word, near;
        for (const Post* post : posts_) {
            const bool has_word =
                post->key == role.post_word ||
                std::ranges::find(post->words, role.post_word) != post->words.end();
            if (has_word) {
                with_word.push_back(post);
                if (state != nullptr && is_near(*post, *state)) {
                    near.push_back(post);
                }
            }
        }
        if (!near.empty() && dice_.in(85)) {
            return dice_.pick(near);
        }
        return with_word.empty() ? dice_.pick(posts_) : dice_.pick(with_word);
    }

    static bool is_near(const Post& post, const State& state) {
        return post.org == state.office || std::ranges::any_of(state.hands, [&](const Hand& hand) {
                   return hand.org == post.org && is_open(hand.state);
               });
    }

    static Actor post_of(const Post& post) {
        Actor actor;
        actor.kind = ActorKind::post;
        actor.post = post.id;
        actor.person = post.holder;
        return actor;
    }

    Dice& dice_;
    std::vector<const Post*> posts_;
};

std::vector<const Transition*> rows_from(const Kind& kind, const std::string& stage) {
    std::vector<const Transition*> rows;
    for (const auto& row : kind.transitions) {
        const bool fits =
            stage.empty() ? row.from.empty() : std::ranges::find(row.from, stage) != row.from.end();
        if (fits) {
            rows.push_back(&row);
        }
    }
    return rows;
}

class Walk {
  public:
    Walk(const WalkPlan& plan, MemoryTenant& tenant)
        : plan_(plan), tenant_(tenant), dice_(tenant.random()), now_(plan.begin) {
        if (const Kind* kind = tenant.rules().kinds.newest(plan.kind)) {
            for (const FieldRule& field : kind->fields) {
                const bool is_new = std::ranges::find(named_, field.register_kind) == named_.end();
                if (!field.register_kind.empty() && field.register_kind != plan.kind && is_new) {
                    named_.push_back(field.register_kind);
                }
            }
        }
    }

    WalkReport run() {
        for (int step = 0; step < plan_.steps && report_.failure.empty(); ++step) {
            const std::size_t from = tenant_.history().size();
            keep(take_step());
            keep(tenant_.check_steps(from));
            remember(from);
            if ((step + 1) % steps_per_replay == 0) {
                keep(tenant_.check_views());
            }
        }
        keep(tenant_.check_views());
        keep(check_sums(tenant_.figures()));
        if (const Kind* kind = tenant_.rules().kinds.newest(plan_.kind)) {
            keep(check_identity(tenant_.figures(), *kind));
        }
        return std::move(report_);
    }

  private:
    void keep(const Result<void>& result) {
        if (!result && report_.failure.empty()) {
            report_.failure = to_string(result.error());
            report_.log = newest_events();
        }
    }

    Result<void> take_step() {
        now_ += dice_.in(15) ? Millis{std::chrono::days{dice_.upto(12)}}
                             : Millis{std::chrono::minutes{1 + dice_.upto(300)}};
        if (dice_.in(15)) {
            TRY(const auto lapsed, tenant_.ledger().tick(now_));
            ignore(lapsed, "whatever lapses is checked as any event");
            return {};
        }
        if (matters_.empty() || (matters_.size() < matters_max && dice_.in(15))) {
            return try_one(MatterId{});
        }
        return try_one(dice_.pick(matters_).id);
    }

    /// Mostly of the kind that is walked; else one that its fields point to.
    [[nodiscard]] const Kind* kind_to_begin() {
        const std::string& name = named_.empty() || dice_.in(60) ? plan_.kind : dice_.pick(named_);
        return tenant_.rules().kinds.newest(name);
    }

    Result<void> try_one(MatterId matter) {
        std::shared_ptr<const State> state;
        if (matter) {
            TRY(state, tenant_.ledger().state(matter));
        }
        const auto& kinds = tenant_.rules().kinds;
        const Kind* kind =
            state ? kinds.version(state->kind, state->kind_version) : kind_to_begin();
        auto rows = rows_from(*kind, state ? state->stage : std::string());
        if (rows.empty() || (state && dice_.in(8))) {
            rows.clear();
            for (const auto& row : kind->transitions) {
                rows.push_back(&row);
            }
        }
        const Transition& row = less_tried(*dice_.pick(rows), *dice_.pick(rows));
        if (state && row.verb == Verb::register_) {
            return {};
        }
        Submit submit;
        submit.key = tenant_.fresh_key(now_);
        submit.credential = "walk";
        submit.commands.push_back(command_for(*kind, row, state.get()));
        const auto answer = tenant_.ledger().submit(submit, now_);
        answer ? ++report_.taken : ++report_.refused;
        if (!answer && !is_refusal(answer.error().code)) {
            return std::unexpected(answer.error());
        }
        return {};
    }

    /// Of two the one that this walk has tried less, so that it does not only do what is easy.
    const Transition& less_tried(const Transition& one, const Transition& other) {
        const Transition& chosen = tried_[&other] < tried_[&one] ? other : one;
        ++tried_[&chosen];
        return chosen;
    }

    Command command_for(const Kind& kind, const Transition& row, const State* state) {
        Command command;
        command.verb = row.verb;
        command.kind = kind.name;
        command.matter = state == nullptr ? MatterId{} : state->id;
        command.actor =
            ActorFinder(tenant_.ledger().directory(), dice_, now_).find(kind, row, state);
        ValueMaker values(tenant_, dice_, kind, now_);
        values.matters = matters_;
        for (const auto& use : row.fields) {
            if (dice_.in(use.is_required ? 98 : 70)) {
                command.fields.set(use.name, values.of(use.name, row));
            }
        }
        return command;
    }

    void remember(std::size_t from) {
        for (std::size_t index = from; index < tenant_.history().size(); ++index) {
            const auto& one = tenant_.history()[index];
            const bool was_closed = one.before && one.before->counts == Counts::closed;
            report_.closed += !was_closed && one.after->counts == Counts::closed ? 1 : 0;
            if (one.event.version == 1) {
                matters_.push_back({one.event.matter, one.after->kind});
            }
        }
    }

    [[nodiscard]] std::string newest_events() const {
        constexpr std::size_t events_max = 25;
        const auto& history = tenant_.history();
        std::string log;
        for (std::size_t index = history.size() > events_max ? history.size() - events_max : 0;
             index < history.size();
             ++index) {
            const auto& one = history[index];
            log += "  " + std::to_string(one.event.seq) + " " + to_office_string(one.event.at) +
                   " matter " + std::to_string(one.event.matter.value) + " " + one.after->kind +
                   " " + std::string(row_of(one.event.verb).name) + " -> " + one.after->stage +
                   " " + payload_text(one.event) + "\n";
        }
        return log;
    }

    const WalkPlan& plan_;
    MemoryTenant& tenant_;
    Dice dice_;
    UtcMs now_;
    std::vector<Begun> matters_;
    std::vector<std::string> named_;  ///< kinds that fields of the kind walked point to
    std::map<const Transition*, int> tried_;
    WalkReport report_;
};

}  // namespace

WalkReport walk(
    const WalkPlan& plan,
    const service::SharedRules& rules,
    const kindfile::Place& place,
    scenario::Coverage& coverage
) {
    scenario::Beginning beginning;
    beginning.rules = rules;
    beginning.place = place;
    beginning.at = plan.begin - std::chrono::days{1};
    beginning.seed = plan.seed;
    auto tenant = MemoryTenant::make(beginning);
    if (!tenant) {
        WalkReport report;
        report.failure = to_string(tenant.error());
        return report;
    }
    WalkReport report = Walk(plan, **tenant).run();
    for (const auto& one : (*tenant)->history()) {
        coverage.take(one);
    }
    return report;
}

}  // namespace zt::app::walks
