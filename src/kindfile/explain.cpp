#include "kindfile/explain.hpp"

#include "base/text.hpp"
#include "domain/vocabulary.hpp"
#include "kindfile/impl/edges.hpp"
#include "kindfile/shape.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

struct Text {
    std::string_view zh, en;
};

std::string in(Text text, Language language) {
    return std::string(language == Language::zh ? text.zh : text.en);
}

/// Words of posts as people say them.
struct PostWord {
    std::string_view word;
    Text text;
};
constexpr std::array post_words{
    PostWord{"clerk", {"受理员", "clerk"}},
    PostWord{"handler", {"承办员", "handler"}},
    PostWord{"signer", {"签发人", "signing leader"}},
    PostWord{"callback", {"回访员", "call-back agent"}},
    PostWord{"supervisor", {"督办员", "supervision officer"}},
    PostWord{"head", {"领导", "head"}},
    PostWord{"reviewer", {"复核员", "reviewer"}},
    PostWord{"collector", {"信息员", "collector"}},
    PostWord{"firm_admin", {"企业管理员", "firm's administrator"}},
    PostWord{"seat", {"席位担任人", "seat holder"}},
};

std::string post_name(const std::string& word, Language language) {
    const auto found = std::ranges::find(post_words, std::string_view(word), &PostWord::word);
    return found == post_words.end() ? word : in(found->text, language);
}

/// Text around the name of the post.
Text frame_of(RoleRule::Where where) {
    switch (where) {
    case RoleRule::Where::requester: return {"诉求人", "the requester"};
    case RoleRule::Where::author: return {"提交人", "whoever handed in"};
    case RoleRule::Where::party: return {"参与人（%）", "the % party"};
    case RoleRule::Where::anyone: return {"任何人", "anyone"};
    case RoleRule::Where::system: return {"系统", "the system"};
    case RoleRule::Where::at_office: return {"主管办公室的%", "% of the competent office"};
    case RoleRule::Where::above_office: return {"上级主管办公室的%", "% of the office above"};
    case RoleRule::Where::over_office:
        return {"主管办公室或其上级的%", "% at or over the competent office"};
    case RoleRule::Where::at_hand: return {"承办单位的%", "% of a unit that works on it"};
    case RoleRule::Where::leads_hand:
        return {"主管承办单位的%", "% who leads a unit that works on it"};
    case RoleRule::Where::at_any: return {"任一单位的%", "% of any unit"};
    case RoleRule::Where::not_involved:
        return {"未参与办理单位的%", "% of a unit that did not work on it"};
    case RoleRule::Where::at_registrar: return {"登记单位的%", "% of the unit that registered it"};
    }
    return {"", ""};
}

class Teller {
  public:
    Teller(const Kind& kind, Language language) : kind_(kind), language_(language) {}

    std::string tell() {
        tell_head();
        tell_stages();
        tell_clocks();
        tell_ratings();
        tell_guarantees();
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
        return in(Text{zh, en}, language_);
    }
    [[nodiscard]] std::string say(const Title& title) const {
        return kindfile::in(title, language_);
    }
    [[nodiscard]] std::string comma() const { return say("、", ", "); }

    void line(const std::string& text) { out_ += text + "\n"; }
    void heading(std::string_view zh, std::string_view en) {
        out_ += "\n## " + say(zh, en) + "\n\n";
    }

    [[nodiscard]] std::string roles(const std::vector<std::string>& names) const {
        std::vector<std::string> all;
        for (const std::string& name : names) {
            const RoleRule* role = kind_.role(name);
            all.push_back(role == nullptr ? name : name_of(*role, language_));
        }
        return join(all, comma());
    }

    [[nodiscard]] std::string verbs(const std::vector<Verb>& list) const {
        std::vector<std::string> all;
        for (const Verb verb : list) {
            all.push_back(say(row_of(verb).zh, row_of(verb).name));
        }
        return join(all, comma());
    }

    /// "时限在计时（accept）", "not that clock runs (accept)".
    [[nodiscard]] std::string predicate(const Word& word) const {
        const PredicateRow* row = find_predicate(word.name);
        if (row == nullptr) {
            return to_string(word);
        }
        const std::string what = say(row->help_zh, row->help);
        const std::string args =
            word.args.empty() ? "" : say("（", " (") + join(word.args, ", ") + say("）", ")");
        return (word.is_negated ? say("非：", "not: ") : "") + what + args;
    }

    [[nodiscard]] std::string stage_title(const std::string& name) const {
        const StageRule* stage = kind_.stage(name);
        return stage == nullptr ? say("不变", "same stage") : say(stage->title);
    }

    void tell_head() {
        line(
            "# " + say(kind_.title) + " (" + kind_.name + " " + std::to_string(kind_.version) + ")"
        );
        line("");
        line(say(kind_.help));
        line("");
        line(say("依据：", "Source: ") + kind_.source);
        if (kind_.has_requester) {
            line(
                kind_.unnamed_allowed ? say("可不留名。", "The requester may leave no name.")
                                      : say("须留名。", "The requester gives a name.")
            );
        }
        for (const Transition& row : kind_.transitions) {
            if (row.from.empty()) {
                line(
                    say("由", "Begun by ") + roles(row.by) + say("登记，进入“", "; goes to “") +
                    stage_title(row.to.back().stage) + say("”。", "”.")
                );
            }
        }
    }

    void tell_row(const Transition& row) {
        std::vector<std::string> targets;
        for (const Target& target : row.to) {
            const std::string condition =
                target.condition ? predicate(*target.condition) + " → " : "";
            if (target.stage != "same" || row.to.size() > 1) {
                targets.push_back(condition + stage_title(target.stage));
            }
        }
        std::vector<std::string> guards;
        for (const Word& word : row.when) {
            guards.push_back(predicate(word));
        }
        std::string text = "- " + title_of(row, language_) + say("：", ": ") + roles(row.by);
        text += row.if_ ? say("；限 ", "; if ") + predicate(*row.if_) : "";
        text += guards.empty() ? "" : say("；须 ", "; needs ") + join(guards, say("，", "; "));
        text += targets.empty() ? "" : say("；转入 ", "; leads to ") + join(targets, " | ");
        line(text);
    }

    void tell_stages() {
        heading("阶段", "Stages");
        for (const StageRule& stage : kind_.stages) {
            line("### " + say(stage.title) + " (" + stage.name + ", " + counts(stage.counts) + ")");
            line("");
            if (!stage.holder.empty()) {
                line(say("由", "Held by ") + roles({stage.holder}) + say("负责。", "."));
            }
            if (!stage.no_clock.empty()) {
                line(say("不计时：", "No clock: ") + stage.no_clock);
            }
            for (const Transition& row : kind_.transitions) {
                if (std::ranges::find(row.from, stage.name) != row.from.end()) {
                    tell_row(row);
                }
            }
            line("");
        }
    }

    [[nodiscard]] std::string counts(Counts counts) const {
        switch (counts) {
        case Counts::open: return say("在办", "counts open");
        case Counts::closed: return say("已办结", "counts closed");
        case Counts::ended: return say("已终结", "counts ended");
        }
        return {};
    }

    [[nodiscard]] std::string length(const LengthRule& rule) const {
        if (rule.fixed) {
            return name_of(*rule.fixed, language_);
        }
        if (!rule.date_field.empty()) {
            return say("至字段 ", "until the date in ") + rule.date_field;
        }
        if (!rule.days_field.empty()) {
            return say("工作日数见字段 ", "working days in ") + rule.days_field;
        }
        if (!rule.part_of.empty()) {
            const std::string part =
                std::to_string(rule.numerator) + "/" + std::to_string(rule.denominator);
            const std::string least =
                rule.minimum ? say("，不少于", ", at least ") + name_of(*rule.minimum, language_)
                             : std::string();
            return part + say(" × ", " of ") + rule.part_of + least;
        }
        std::vector<std::string> all;
        for (const auto& [value, fixed] : rule.by_value) {
            all.push_back(
                (value == "else" ? say("其他", "else") : value) + " " + name_of(fixed, language_)
            );
        }
        return say("按 ", "by ") + rule.by_field + say("：", ": ") + join(all, comma());
    }

    void tell_clocks() {
        heading("时限", "Clocks");
        for (const ClockRule& clock : kind_.clocks) {
            std::string text = "- " + say(clock.title) + " (" + clock.name + ")" + say("：", ": ") +
                               length(clock.length);
            text += say("；自 ", "; from ") + verbs(clock.starts) + say(" 起，至 ", " to ") +
                    verbs(clock.stops);
            text += clock.is_final ? say("；最终时限", "; the final due") : "";
            text += clock.redo_length
                        ? say("；重办 ", "; when redone ") + length(*clock.redo_length)
                        : "";
            text += clock.extensions_max > 0 && clock.extension_cap
                        ? say("；可延期", "; may be extended ") +
                              std::to_string(clock.extensions_max) +
                              say("次，每次不超", " time(s), each at most ") +
                              name_of(*clock.extension_cap, language_)
                        : "";
            text += clock.pause_reasons.empty()
                        ? ""
                        : say("；可因 ", "; stands still for ") + join(clock.pause_reasons, ", ") +
                              say(" 中止", "");
            text += say("；到期：", "; when it lapses: ") + clock.lapse.action;
            text += clock.lapse.notify.empty() ? "" : " → " + join(clock.lapse.notify, ", ");
            line(text + say("。来源：", ". Source: ") + clock.source);
        }
    }

    void tell_ratings() {
        if (kind_.ratings.empty()) {
            return;
        }
        heading("评价", "Ratings");
        for (const RatingQuestion& question : kind_.ratings) {
            std::vector<std::string> answers;
            for (const auto& [key, title] : question.answers) {
                const bool is_bad = std::ranges::find(question.bad, key) != question.bad.end();
                answers.push_back(say(title) + (is_bad ? say("（差评）", " (bad)") : ""));
            }
            line("- " + say(question.title) + say("：", ": ") + join(answers, " / "));
        }
    }

    void tell_guarantees() {
        if (kind_.guarantees.empty()) {
            return;
        }
        heading("保证", "Guarantees");
        for (const Guarantee& guarantee : kind_.guarantees) {
            line("- " + guarantee.name);
        }
    }

    const Kind& kind_;
    Language language_;
    std::string out_;
};

}  // namespace

std::string name_of(const RoleRule& role, Language language) {
    const std::string& title = in(role.title, language);
    if (!title.empty()) {
        return title;
    }
    std::string text = in(frame_of(role.where), language);
    const bool is_party = role.where == RoleRule::Where::party;
    if (const auto mark = text.find('%'); mark != std::string::npos) {
        text.replace(mark, 1, is_party ? role.part : post_name(role.post_word, language));
    }
    return text;
}

std::string name_of(calendar::Length length, Language language) {
    const bool is_zh = language == Language::zh;
    const auto count = [](std::int64_t value) { return std::to_string(value); };
    const bool is_whole = length.count % 60 == 0;
    switch (length.unit) {
    case calendar::Unit::hours:
        return is_whole ? count(length.count / 60) + (is_zh ? "小时" : " h")
                        : count(length.count) + (is_zh ? "分钟" : " min");
    case calendar::Unit::service_hours:
        return is_whole ? count(length.count / 60) + (is_zh ? "个服务小时" : " service hours")
                        : count(length.count) + (is_zh ? "个服务分钟" : " service minutes");
    case calendar::Unit::working_days:
        return count(length.count) + (is_zh ? "个工作日" : " working days");
    case calendar::Unit::calendar_days: return count(length.count) + (is_zh ? "日" : " days");
    case calendar::Unit::months: return count(length.count) + (is_zh ? "个月" : " months");
    }
    return {};
}

std::string explain(const Kind& kind, Language language) { return Teller(kind, language).tell(); }

}  // namespace zt::kindfile
