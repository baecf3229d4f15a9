// SYSTEMS.md, "What it never does": 1, no field about what a person is or believes; 5, no figure
// that rewards silence.

#include "base/text.hpp"
#include "kindfile/impl/check_scope.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

/// Words of names and English titles, whole words; several stand for a sequence.
constexpr std::array person_words{
    "belief",
    "beliefs",
    "religion",
    "religious",
    "faith",
    "ethnicity",
    "ethnic",
    "race",
    "politics",
    "political",
    "party member",
    "attitude",
    "health",
    "disease",
    "illness",
    "disability",
    "medical",
    "criminal",
    "criminal record",
    "police record",
    "record of offences",
    "petition history",
    "petition record",
    "petitions",
    "petitioner",
    "past petitions",
    "risk",
    "risks",
    "stability",
    "friends",
    "friend",
    "kin",
    "kinship",
    "relative",
    "relatives",
    "family",
    "spouse",
    "children"
};
constexpr std::array person_words_zh{
    "信仰",     "宗教",     "教派", "信教",     "民族",     "族别",   "政治面貌", "政治态度",
    "政治倾向", "政治立场", "党派", "思想动态", "健康",     "病史",   "疾病",     "患病",
    "残疾",     "前科",     "案底", "犯罪记录", "违法记录", "信访史", "信访记录", "信访次数",
    "上访",     "重复信访", "缠访", "风险",     "稳控",     "维稳",   "稳定",     "朋友",
    "好友",     "社会关系", "亲属", "家属",     "家庭成员", "配偶",   "子女",     "亲戚"
};
constexpr std::array silence_words{
    "zero complaints",
    "zero complaint",
    "zero appeals",
    "zero petitions",
    "no complaints",
    "no appeals",
    "no petitions",
    "complaint free",
    "fewer appeals",
    "fewer complaints",
    "fewer petitions",
    "petition reduction"
};
constexpr std::array silence_words_zh{
    "零投诉",
    "零信访",
    "零上访",
    "零诉求",
    "零差评",
    "无投诉",
    "无信访",
    "无上访",
    "诉求下降",
    "投诉下降",
    "信访下降",
    "诉求减少",
    "投诉减少",
    "信访减少"
};
/// What people do to be heard; counting it against those who must hear them buys silence.
constexpr std::array voice_words{"appeal", "petition", "complaint", "contest", "bad rating"};

/// Lower-case words with one blank between and around: " risk level ".
std::string words_of(std::string_view text) {
    std::string out = " ";
    for (const char c : text) {
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_letter) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        } else if (out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.back() != ' ') {
        out += ' ';
    }
    return out;
}

template <class List>
std::string find_words(std::string_view text, const List& list) {
    const std::string words = words_of(text);
    for (const std::string_view one : list) {
        if (words.find(" " + std::string(one) + " ") != std::string::npos) {
            return std::string(one);
        }
    }
    return {};
}

template <class List>
std::string find_part(std::string_view text, const List& list) {
    for (const std::string_view one : list) {
        if (text.find(one) != std::string_view::npos) {
            return std::string(one);
        }
    }
    return {};
}

template <class List, class ListZh>
std::string
find_any(std::string_view name, const Title& title, const List& list, const ListZh& list_zh) {
    for (std::string found :
         {find_words(name, list),
          find_words(title.en, list),
          find_part(title.zh, list_zh),
          find_part(name, list_zh)}) {
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

/// A kind that can hold something about a person: somebody hands in, or a field is personal or
/// names a person.
bool is_about_people(const Kind& kind) {
    return kind.has_requester || std::ranges::any_of(kind.fields, [](const FieldRule& field) {
               return field.is_personal || field.type == FieldType::person ||
                      field.type == FieldType::phone;
           });
}

void check_field(CheckScope& scope, const FieldRule& field) {
    const std::string found = find_any(field.name, field.title, person_words, person_words_zh);
    if (!found.empty()) {
        scope.add(
            "person_field",
            "/fields/" + field.name,
            "field " + field.name + " (" + field.title.zh + ") matches `" + found +
                "`; Zhitong follows matters, not people: leave it out"
        );
        return;
    }
    for (const auto& [key, title] : field.choices) {
        const std::string choice = find_part(
            title.zh, std::array{"政治面貌", "信仰", "信教", "民族", "上访", "维稳", "稳控"}
        );
        if (!choice.empty()) {
            scope.add(
                "person_field",
                "/fields/" + field.name + "/choices/" + key,
                "choice " + key + " of " + field.name + " matches `" + choice + "`; leave it out"
            );
        }
    }
}

bool is_negative(const std::string& text) { return text.starts_with('-'); }

void check_indicator(CheckScope& scope, const IndicatorRule& indicator) {
    const std::string path = "/indicators/" + indicator.name;
    const std::string found =
        find_any(indicator.name, indicator.title, silence_words, silence_words_zh);
    if (!found.empty()) {
        scope.add(
            "rewards_silence",
            path,
            "indicator " + indicator.name + " matches `" + found +
                "`; a figure may not reward that nobody speaks up"
        );
    }
    const std::string voice = find_words(indicator.name + " " + indicator.title.en, voice_words);
    if (!voice.empty() && is_negative(indicator.amount_field)) {
        scope.add(
            "rewards_silence",
            path,
            "indicator " + indicator.name + " counts " + voice + " negatively"
        );
    }
    const FieldRule* subject = scope.kind.field(indicator.subject_field);
    const bool is_of_person = subject != nullptr && subject->type == FieldType::person;
    if (is_of_person && scope.kind.has_requester) {
        scope.add(
            "person_field",
            path + "/subject",
            "indicator " + indicator.name +
                " counts persons who stand in a matter; count matters, units or records"
        );
    }
}

}  // namespace

void check_never(CheckScope& scope) {
    if (is_about_people(scope.kind)) {
        for (const FieldRule& field : scope.kind.fields) {
            check_field(scope, field);
        }
    }
    for (const IndicatorRule& indicator : scope.kind.indicators) {
        check_indicator(scope, indicator);
    }
}

}  // namespace zt::kindfile
