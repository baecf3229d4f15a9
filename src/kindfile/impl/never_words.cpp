#include "kindfile/impl/never_words.hpp"

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
constexpr std::array voice_words{
    "appeal",
    "appeals",
    "petition",
    "petitions",
    "complaint",
    "complaints",
    "contest",
    "contests",
    "contested",
    "bad rating",
    "bad ratings"
};
constexpr std::array voice_words_zh{
    "诉求量", "诉求数", "诉求件数", "投诉", "信访", "上访", "申请复核", "差评", "不满意", "来电量"
};
/// Being seen is no work.
constexpr std::array presence_words{"login",        "logins",       "log in",      "log ins",
                                    "sign in",      "sign ins",     "online time", "time online",
                                    "hours online", "online hours", "active days", "check in",
                                    "check ins",    "forward",      "forwards",    "forwarding",
                                    "forwarded",    "shares",       "repost",      "reposts",
                                    "likes",        "clicks",       "page views",  "followers"};
constexpr std::array presence_words_zh{
    "登录",
    "登陆",
    "在线时长",
    "在线率",
    "上线率",
    "活跃度",
    "活跃天数",
    "打卡",
    "转发",
    "点赞",
    "阅读量",
    "浏览量",
    "点击量",
    "粉丝"
};

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

}  // namespace

std::string person_word(std::string_view name, const Title& title) {
    return find_any(name, title, person_words, person_words_zh);
}

std::string silence_word(std::string_view name, const Title& title) {
    return find_any(name, title, silence_words, silence_words_zh);
}

std::string voice_word(std::string_view name, const Title& title) {
    return find_any(name, title, voice_words, voice_words_zh);
}

std::string presence_word(std::string_view name, const Title& title) {
    return find_any(name, title, presence_words, presence_words_zh);
}

std::string person_word_of_choice(const Title& title) {
    return find_part(
        title.zh, std::array{"政治面貌", "信仰", "信教", "民族", "上访", "维稳", "稳控"}
    );
}

}  // namespace zt::kindfile
