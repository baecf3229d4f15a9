#include "domain/verb.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

constexpr std::array rows{
    VerbRow{Verb::register_, "register", "registered", "登记", "A matter or record begins."},
    VerbRow{Verb::amend, "amend", "amended", "修改", "Public or personal fields change."},
    VerbRow{
        Verb::ask_supplement,
        "ask_supplement",
        "supplement_asked",
        "要求补正",
        "The requester is asked for more."
    },
    VerbRow{
        Verb::supplement,
        "supplement",
        "supplemented",
        "补充",
        "The requester or author adds text or fields."
    },
    VerbRow{
        Verb::withdraw, "withdraw", "withdrawn", "撤回", "The requester takes the matter back."
    },
    VerbRow{Verb::recall, "recall", "recalled", "收回", "The office takes a matter or hands back."},
    VerbRow{Verb::confirm, "confirm", "confirmed", "确认", "A party that was asked stands by it."},
    VerbRow{
        Verb::decline,
        "decline",
        "declined",
        "不确认",
        "A party that was asked does not stand by it."
    },
    VerbRow{Verb::accept, "accept", "accepted", "受理", "The office takes the matter on."},
    VerbRow{
        Verb::refuse,
        "refuse",
        "refused",
        "不予受理",
        "The office does not take it on, with a reason."
    },
    VerbRow{
        Verb::classify,
        "classify",
        "classified",
        "归类",
        "Category, purpose, protection or area change."
    },
    VerbRow{Verb::merge, "merge", "merged", "并案", "This matter is worked on within another one."},
    VerbRow{Verb::unmerge, "unmerge", "unmerged", "撤销并案", "It stands on its own again."},
    VerbRow{Verb::link, "link", "linked", "关联", "Two matters know of each other."},
    VerbRow{
        Verb::spawn, "spawn", "spawned", "派生", "A matter of another kind follows from this one."
    },
    VerbRow{
        Verb::refer,
        "refer",
        "referred",
        "转送",
        "Passed on without authority over it and without a clock."
    },
    VerbRow{
        Verb::hand_over,
        "hand_over",
        "handed_over",
        "移送",
        "Given to the body that has jurisdiction."
    },
    VerbRow{Verb::assign, "assign", "assigned", "交办", "Hands are given to units."},
    VerbRow{Verb::sign_for, "sign_for", "signed_for", "签收", "The unit signs for its hand."},
    VerbRow{
        Verb::send_back,
        "send_back",
        "sent_back",
        "退回",
        "The unit sends its hand back with a reason."
    },
    VerbRow{Verb::transfer, "transfer", "transferred", "转办", "The hand goes to another unit."},
    VerbRow{Verb::add_hand, "add_hand", "hand_added", "会办", "A further hand is given."},
    VerbRow{
        Verb::release_hand, "release_hand", "hand_released", "撤销承办", "A hand is taken away."
    },
    VerbRow{
        Verb::contact, "contact", "contacted", "联系", "The unit has spoken with the requester."
    },
    VerbRow{Verb::arrive, "arrive", "arrived", "报到", "The unit called is on the spot."},
    VerbRow{
        Verb::give_opinion,
        "give_opinion",
        "opinion_given",
        "会办意见",
        "A joint hand gives its opinion to the lead."
    },
    VerbRow{Verb::plan, "plan", "planned", "方案", "An item with date and owner is added."},
    VerbRow{Verb::done, "done", "item_done", "完成", "An item is done, with evidence where asked."},
    VerbRow{
        Verb::report_progress,
        "report_progress",
        "progress_reported",
        "进展",
        "The unit says how far it is."
    },
    VerbRow{Verb::review, "review", "reviewed", "审核", "A third examines what was said."},
    VerbRow{
        Verb::sign_off, "sign_off", "signed_off", "签发", "The leader approves what will be said."
    },
    VerbRow{Verb::reply, "reply", "replied", "答复", "The requester is answered."},
    VerbRow{
        Verb::verify, "verify", "verified", "核查", "The office has looked whether it is true."
    },
    VerbRow{
        Verb::ask_extension,
        "ask_extension",
        "extension_asked",
        "申请延期",
        "More time is asked for."
    },
    VerbRow{
        Verb::grant_extension,
        "grant_extension",
        "extension_granted",
        "批准延期",
        "More time is given."
    },
    VerbRow{
        Verb::pause, "pause", "paused", "中止计时", "A clock stands still for a listed reason."
    },
    VerbRow{Verb::resume, "resume", "resumed", "恢复计时", "It goes on."},
    VerbRow{
        Verb::shelve, "shelve", "shelved", "挂账", "Put aside in the open, with a date of review."
    },
    VerbRow{Verb::urge, "urge", "urged", "催办", "The unit is urged."},
    VerbRow{
        Verb::order_supervision,
        "order_supervision",
        "supervision_ordered",
        "督办",
        "A supervision order: blue, yellow, red."
    },
    VerbRow{
        Verb::list, "list", "listed", "挂牌", "Supervision of it is made public, with a last day."
    },
    VerbRow{Verb::delist, "delist", "delisted", "摘牌", "It is taken off that list, in public."},
    VerbRow{
        Verb::instruct,
        "instruct",
        "instructed",
        "批示",
        "A head of the place writes what is to be done."
    },
    VerbRow{Verb::circulate, "circulate", "circulated", "呈阅", "It goes round among the heads."},
    VerbRow{Verb::mark, "mark", "marked", "采用", "A level adopts or grades it."},
    VerbRow{
        Verb::report_up, "report_up", "reported_up", "报送", "Sent to the heads or the level above."
    },
    VerbRow{
        Verb::send_on, "send_on", "sent_on", "转报", "A level passes it on to the next one above."
    },
    VerbRow{Verb::put_to_use, "put_to_use", "put_to_use", "转化运用", "The result is used."},
    VerbRow{Verb::escalate, "escalate", "escalated", "提级", "The level above becomes competent."},
    VerbRow{
        Verb::hold_to_account,
        "hold_to_account",
        "held_to_account",
        "启动问责",
        "Accountability is opened."
    },
    VerbRow{Verb::rate, "rate", "rated", "评价", "The requester answers the questions."},
    VerbRow{
        Verb::call_back,
        "call_back",
        "called_back",
        "回访",
        "The call-back desk has asked the requester."
    },
    VerbRow{
        Verb::contest, "contest", "contested", "申请复核", "The requester contests the closing."
    },
    VerbRow{
        Verb::object,
        "object",
        "objected",
        "提出异议",
        "The unit objects, once, to the level above."
    },
    VerbRow{Verb::redo, "redo", "redone", "重办", "The matter is worked on again, turn + 1."},
    VerbRow{
        Verb::reopen, "reopen", "reopened", "恢复办理", "A matter put aside is taken up again."
    },
    VerbRow{Verb::close, "close", "closed", "办结", "The office closes."},
    VerbRow{
        Verb::look_back, "look_back", "looked_back", "回头看", "What was done is looked at again."
    },
    VerbRow{Verb::terminate, "terminate", "terminated", "终结", "Ends for good, with a reason."},
    VerbRow{Verb::publish, "publish", "published", "公开", "A confirmed text is published."},
    VerbRow{Verb::correct, "correct", "corrected", "更正", "A record's wrong entry is put right."},
    VerbRow{Verb::retire, "retire", "retired", "注销", "A record ends."},
    VerbRow{Verb::note, "note", "noted", "备注", "An internal note."},
    VerbRow{
        Verb::reveal,
        "reveal",
        "revealed",
        "查看身份",
        "Name and contact are looked at, with a reason; some classes ask for two persons."
    },
    VerbRow{Verb::erase, "erase", "erased", "抹除", "The key of the sealed parts is destroyed."},
    VerbRow{Verb::lapse, "lapse", "lapsed", "到期", "A clock ran out (the system's own)."},
    VerbRow{
        Verb::settle,
        "settle",
        "settled",
        "重算时限",
        "A due date moved with the calendar (the system's own)."
    },
};

static_assert(rows.size() == static_cast<std::size_t>(Verb::settle) + 1);
static_assert([] {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].verb) != i) {
            return false;
        }
    }
    return true;
}());

}  // namespace

std::span<const VerbRow> verb_rows() { return rows; }

const VerbRow& row_of(Verb verb) { return rows[static_cast<std::size_t>(verb)]; }

Result<Verb> parse_verb(std::string_view name) {
    for (const auto& row : rows) {
        if (row.name == name) {
            return row.verb;
        }
    }
    std::vector<std::string> names;
    for (const auto& row : rows) {
        names.emplace_back(row.name);
    }
    const auto near = nearest(name, names);
    return fail(
        Errc::unknown_verb,
        "no verb is called '" + std::string(name) + "'" +
            (near.empty() ? "" : "; did you mean '" + near + "'?")
    );
}

}  // namespace zt
