// What a command may carry beside the fields of its kind.

#include "domain/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

constexpr std::array arguments{
    ArgumentRow{"text", FieldType::long_text, true, "内容", "what is said; sealed", "What is said"},
    ArgumentRow{"note", FieldType::long_text, true, "备注", "for colleagues only; sealed", "Note"},
    ArgumentRow{
        "visibility",
        FieldType::text,
        false,
        "备注可见范围",
        "of a note, fixed at writing: unit (the default), hands, requester",
        "Who reads the note"
    },
    ArgumentRow{
        "evidence", FieldType::long_text, true, "佐证", "photo, document or witness; sealed"
    },
    ArgumentRow{
        "opinion", FieldType::long_text, true, "意见", "a joint hand's opinion; sealed", "Opinion"
    },
    ArgumentRow{"promise", FieldType::long_text, true, "承诺", "what is promised; sealed"},
    ArgumentRow{"promise_by", FieldType::date, false, "承诺日期", "until when", "Promised for"},
    ArgumentRow{
        "for", FieldType::text, true, "诉求人", "name of the requester; sealed", "Requester"
    },
    ArgumentRow{
        "contact", FieldType::phone, true, "联系方式", "of the requester; sealed", "Telephone"
    },
    ArgumentRow{
        "hide_name",
        FieldType::yes_no,
        false,
        "不公开姓名",
        "units concerned do not see the name",
        "Keep the name hidden"
    },
    ArgumentRow{
        "cosigners", FieldType::list, true, "附议人", "names of those asked to cosign; sealed"
    },
    ArgumentRow{"party", FieldType::integer, false, "参与人序号", "number of the party", "Party"},
    ArgumentRow{
        "accused",
        FieldType::orgs,
        false,
        "被反映单位",
        "who is said to have done wrong",
        "Units complained about"
    },
    ArgumentRow{"reason", FieldType::text, false, "理由", "key of a list of reasons"},
    ArgumentRow{
        "trigger",
        FieldType::text,
        false,
        "触发情形",
        "key of a list of triggers",
        "What gives cause"
    },
    ArgumentRow{"outcome", FieldType::text, false, "结果", "key of a list of outcomes"},
    ArgumentRow{
        "body", FieldType::text, false, "主管机关", "the competent body outside", "Competent body"
    },
    ArgumentRow{
        "reply_class", FieldType::text, false, "答复类别", "A, B, C or D", "Class of the answer"
    },
    ArgumentRow{"org", FieldType::org, false, "单位", "the unit concerned", "Unit"},
    ArgumentRow{"slot", FieldType::text, false, "席位", "key of a list of seats"},
    ArgumentRow{"post", FieldType::post, false, "岗位", "the post concerned"},
    ArgumentRow{"to", FieldType::org, false, "转至单位", "the unit that gets it", "To the unit"},
    ArgumentRow{
        "office", FieldType::org, false, "主管办公室", "the competent office", "Competent office"
    },
    ArgumentRow{"hand", FieldType::integer, false, "承办序号", "number of the hand", "Hand"},
    ArgumentRow{
        "hands", FieldType::orgs, false, "承办单位", "units whose hands are meant", "Units"
    },
    ArgumentRow{"item", FieldType::integer, false, "事项序号", "number of the item"},
    ArgumentRow{"list", FieldType::text, false, "清单", "name of the item list"},
    ArgumentRow{"item_title", FieldType::text, false, "事项", "title of the item", "Item"},
    ArgumentRow{
        "owner", FieldType::org, false, "责任单位", "who owns the item", "Unit that owns it"
    },
    ArgumentRow{
        "planned", FieldType::date, false, "计划日期", "when the item is due", "Planned for"
    },
    ArgumentRow{"amount", FieldType::integer, false, "数额", "amount of the item, in its own unit"},
    ArgumentRow{"clock", FieldType::text, false, "时限", "name of the clock meant"},
    ArgumentRow{"length", FieldType::text, false, "时长", "as 5wd", "How long"},
    ArgumentRow{"until", FieldType::date, false, "截至", "last day", "Last day"},
    ArgumentRow{"due", FieldType::instant, false, "到期", "due instant given by a source"},
    ArgumentRow{"granted", FieldType::yes_no, false, "批准", "yes or no"},
    ArgumentRow{
        "reached",
        FieldType::yes_no,
        false,
        "联系上",
        "the requester was reached",
        "The requester was reached"
    },
    ArgumentRow{
        "consent", FieldType::yes_no, false, "同意", "the requester agrees", "The requester agrees"
    },
    ArgumentRow{
        "order",
        FieldType::text,
        false,
        "督办等级",
        "blue, yellow, red, or next",
        "Level of the order"
    },
    ArgumentRow{
        "protection",
        FieldType::text,
        false,
        "保护等级",
        "please_do, bad_service, wrong_done",
        "Protection class"
    },
    ArgumentRow{
        "into", FieldType::matter, false, "并入", "the matter that carries the work", "Goes into"
    },
    ArgumentRow{"matter", FieldType::matter, false, "关联件", "the other matter", "Other matter"},
    ArgumentRow{
        "matters", FieldType::matters, false, "关联件", "the other matters", "Other matters"
    },
    ArgumentRow{
        "mark_level", FieldType::text, false, "层级", "the level that adopts", "Level that adopts"
    },
    ArgumentRow{"grade", FieldType::text, false, "等级", "the grade given"},
    ArgumentRow{
        "public_text",
        FieldType::long_text,
        false,
        "公开文本",
        "confirmed for publication",
        "Text for the public"
    },
    ArgumentRow{
        "public_numbers",
        FieldType::list,
        false,
        "可公开的号码",
        "numbers in it that may stand, such as a hotline",
        "Numbers that may stand"
    },
};

}  // namespace

std::span<const ArgumentRow> argument_rows() { return arguments; }

const ArgumentRow* find_argument(std::string_view name) {
    const auto found = std::ranges::find(arguments, name, &ArgumentRow::name);
    return found == arguments.end() ? nullptr : &*found;
}

}  // namespace zt
