// Two passes over the characters: one where digits are digits, one where Chinese numerals are
// digits too and only phones count. Runs of digit groups are compared with the groupings in which
// people write such numbers, so that dates and sums beside each other do not add up to one.

#include "domain/masking.hpp"

#include "domain/impl/glyphs.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using masking::Glyph;
using masking::Glyphs;
using masking::Numerals;

/// A run of digit groups: of how many digits each, and where they stand among the glyphs.
struct Run {
    std::string digits;
    std::vector<std::size_t> groups;
    std::size_t begin = 0, end = 0;  ///< glyphs
};

constexpr std::size_t digits_max = 24;

bool is_one_of(char letter, std::string_view letters) {
    return letters.find(letter) != std::string_view::npos;
}

/// ISO 7064 MOD 11-2 over 17 digits.
bool is_identity_check(std::string_view digits) {
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view checks = "10X98765432";
    int sum = 0;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        sum += weights[index] * (digits[index] - '0');
    }
    return checks[static_cast<std::size_t>(sum % 11)] == digits[17];
}

bool is_identity(std::string_view digits) {
    if (digits.size() != 18) {
        return false;
    }
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (const char digit : digits.substr(at, size)) {
            value = value * 10 + (digit - '0');
        }
        return value;
    };
    const bool is_region = is_one_of(digits[0], "123456789") && number(0, 2) <= 91;
    const bool is_day = number(6, 4) >= 1850 && number(6, 4) <= 2199 && number(10, 2) >= 1 &&
                        number(10, 2) <= 12 && number(12, 2) >= 1 && number(12, 2) <= 31;
    return is_region && is_day && is_identity_check(digits);
}

bool is_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        int value = digits[digits.size() - 1 - index] - '0';
        value = index % 2 == 1 ? value * 2 : value;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/// UnionPay, Visa, Mastercard, JCB, older domestic cards.
bool is_bank_card(std::string_view digits) {
    const bool is_size = digits.size() >= 16 && digits.size() <= 19;
    return is_size && is_one_of(digits[0], "34569") && is_luhn(digits) &&
           digits.find_first_not_of(digits[0]) != std::string_view::npos;
}

bool is_mobile(std::string_view digits) {
    if (digits.size() == 15 && digits.starts_with("0086")) {
        digits.remove_prefix(4);
    } else if (digits.size() == 13 && digits.starts_with("86")) {
        digits.remove_prefix(2);
    }
    return digits.size() == 11 && digits[0] == '1' && is_one_of(digits[1], "3456789");
}

/// Area code and number: 010 and 02x with three digits, the others with four.
bool is_landline(std::string_view digits) {
    if (digits.size() < 10 || digits[0] != '0' || is_one_of(digits[1], "0")) {
        return false;
    }
    const std::size_t code = is_one_of(digits[1], "12") ? 3 : 4;
    const std::size_t rest = digits.size() - code;
    return (rest == 7 || rest == 8) && is_one_of(digits[code], "2345678916");
}

bool is_service_number(std::string_view digits) {
    return digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
}

bool is_spaced_out(const Run& run) {
    return run.groups.size() > 1 && run.groups.size() == run.digits.size();
}

bool is_grouped_as(const Run& run, std::span<const std::string_view> groupings) {
    std::string grouping;
    for (const std::size_t size : run.groups) {
        grouping += (grouping.empty() ? "" : "-") + std::to_string(size);
    }
    return run.groups.size() == 1 || is_spaced_out(run) ||
           std::ranges::find(groupings, grouping) != groupings.end();
}

constexpr std::array<std::string_view, 16> phone_groupings = {
    "3-4-4",
    "3-8",
    "7-4",
    "4-3-4",
    "4-4-3",
    "2-11",
    "2-3-4-4",
    "4-11",
    "4-3-4-4",
    "3-7",
    "4-7",
    "4-8",
    "3-3-4",
    "3-4-3",
    "4-4-4",
    "4-3-3"
};
constexpr std::array<std::string_view, 8> identity_groupings = {
    "6-8-4", "6-4-4-4", "3-3-4-4-4", "6-4-2-2-4", "6-12", "14-4", "10-8", "4-4-4-6"
};
constexpr std::array<std::string_view, 8> card_groupings = {
    "4-4-4-4", "4-4-4-4-1", "4-4-4-4-2", "4-4-4-4-3", "6-10", "6-13", "4-4-4-7", "8-8"
};

/// What a run is, if the kinds of number that the pass looks for allow it.
const PrivateClass* class_of(const Run& run, Numerals numerals) {
    static constexpr PrivateClass phone = PrivateClass::phone, identity = PrivateClass::identity,
                                  card = PrivateClass::bank_card;
    const bool is_phone =
        is_mobile(run.digits) || is_landline(run.digits) || is_service_number(run.digits);
    if (is_phone && is_grouped_as(run, phone_groupings)) {
        return &phone;
    }
    if (numerals == Numerals::chinese_too) {
        return nullptr;
    }
    if (is_identity(run.digits) && is_grouped_as(run, identity_groupings)) {
        return &identity;
    }
    const bool is_card = is_bank_card(run.digits) && is_grouped_as(run, card_groupings);
    return is_card ? &card : nullptr;
}

/// The groups that begin at this glyph, each with what separates it from the one before.
std::vector<Run> runs_from(const Glyphs& glyphs, std::size_t begin) {
    std::vector<Run> runs;
    Run run;
    run.begin = begin;
    std::size_t at = begin;
    while (at < glyphs.size() && run.digits.size() < digits_max) {
        const std::size_t group = at;
        while (at < glyphs.size() && glyphs[at].is_digit()) {
            run.digits += glyphs[at++].letter;
        }
        if (at == group) {
            break;
        }
        run.groups.push_back(at - group);
        // The check digit of an identity number may be an X.
        const bool has_check = run.digits.size() == 17 && at < glyphs.size() &&
                               (glyphs[at].letter == 'X' || glyphs[at].letter == 'x');
        if (has_check) {
            run.digits += 'X';
            ++run.groups.back();
            ++at;
        }
        run.end = at;
        runs.push_back(run);
        if (has_check) {
            break;
        }
        for (int gap = 0; gap < 2 && at < glyphs.size() && glyphs[at].is_gap(); ++gap) {
            ++at;
        }
        if (at == run.end) {
            break;
        }
    }
    return runs;
}

bool is_free_at(const Glyphs& glyphs, std::size_t begin, std::size_t end) {
    const bool is_free_before = begin == 0 || !glyphs[begin - 1].is_word();
    const bool is_free_after = end >= glyphs.size() || !glyphs[end].is_word();
    return is_free_before && is_free_after;
}

/// "订单号：138…": what stands before says that it is the number of something else.
bool is_number_of_a_thing(std::string_view text, std::size_t begin) {
    constexpr std::array<std::string_view, 7> things = {
        "订单号", "订单编号", "运单号", "快递单号", "流水号", "发票号", "受理编号"
    };
    std::string_view before = text.substr(0, begin);
    for (const std::string_view tail : {"：", ":", " ", "是", "为"}) {
        while (before.ends_with(tail)) {
            before.remove_suffix(tail.size());
        }
    }
    return std::ranges::any_of(things, [&](std::string_view one) { return before.ends_with(one); });
}

class Search {
  public:
    explicit Search(std::string_view text) : text_(text) {}

    std::vector<PrivateSpan> run() {
        glyphs_ = masking::read_glyphs(text_, Numerals::ascii);
        find_mail();
        find_plates();
        find_documents();
        find_digits(Numerals::ascii);
        glyphs_ = masking::read_glyphs(text_, Numerals::chinese_too);
        find_digits(Numerals::chinese_too);
        std::ranges::sort(spans_, {}, &PrivateSpan::begin);
        return std::move(spans_);
    }

  private:
    void add(std::size_t begin, std::size_t end, PrivateClass what) {
        const std::size_t from = glyphs_[begin].at;
        const std::size_t until = glyphs_[end - 1].at + glyphs_[end - 1].bytes;
        const bool is_taken = std::ranges::any_of(spans_, [&](const PrivateSpan& span) {
            return from < span.begin + span.size && span.begin < until;
        });
        if (!is_taken) {
            spans_.push_back({from, until - from, what});
        }
    }

    void find_digits(Numerals numerals) {
        std::size_t at = 0;
        while (at < glyphs_.size()) {
            const bool is_start =
                glyphs_[at].is_digit() && (at == 0 || !glyphs_[at - 1].is_digit());
            if (!is_start) {
                ++at;
                continue;
            }
            auto runs = runs_from(glyphs_, at);
            std::size_t next = runs.front().end;
            for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
                const PrivateClass* what = class_of(*run, numerals);
                if (what != nullptr && is_free_at(glyphs_, run->begin, run->end) &&
                    !is_number_of_a_thing(text_, glyphs_[run->begin].at)) {
                    add(run->begin, run->end, *what);
                    next = run->end;
                    break;
                }
            }
            at = next;
        }
    }

    void find_mail() {
        for (std::size_t at = 1; at + 1 < glyphs_.size(); ++at) {
            if (glyphs_[at].letter != '@') {
                continue;
            }
            std::size_t begin = at, end = at + 1, dot = 0;
            while (begin > 0 && glyphs_[begin - 1].is_of_mail("._%+-")) {
                --begin;
            }
            while (end < glyphs_.size() && glyphs_[end].is_of_mail(".-")) {
                dot = glyphs_[end].letter == '.' ? end : dot;
                ++end;
            }
            while (end > at + 1 && !glyphs_[end - 1].is_word()) {
                --end;
            }
            const bool has_domain = dot > at + 1 && end >= dot + 3 && !glyphs_[end - 1].is_digit();
            if (begin < at && has_domain) {
                add(begin, end, PrivateClass::mail);
            }
        }
    }

    /// Province, letter, four to six letters or digits, perhaps a character at the end (GA 36).
    void find_plates() {
        constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        for (std::size_t at = 0; at + 6 < glyphs_.size(); ++at) {
            if (!masking::is_province(glyphs_[at].point) ||
                !is_one_of(glyphs_[at + 1].capital(), letters)) {
                continue;
            }
            std::size_t end = at + 2;
            end += glyphs_[end].is_dot() ? 1 : 0;
            const std::size_t serial = end;
            std::size_t digits = 0;
            while (end < glyphs_.size() && glyphs_[end].is_word() && end - serial < 7) {
                digits += glyphs_[end].is_digit() ? 1 : 0;
                ++end;
            }
            const bool has_mark =
                end < glyphs_.size() && masking::is_plate_mark(glyphs_[end].point);
            const std::size_t size = end - serial + (has_mark ? 1 : 0);
            if ((size == 5 || size == 6) && digits >= 2) {
                add(at, end + (has_mark ? 1 : 0), PrivateClass::plate);
            }
        }
    }

    /// A passport by its shape; any other document by the word before its number.
    void find_documents() {
        for (std::size_t at = 0; at < glyphs_.size(); ++at) {
            if (at > 0 && glyphs_[at - 1].is_word()) {
                continue;
            }
            std::size_t end = at;
            while (end < glyphs_.size() && glyphs_[end].is_word()) {
                ++end;
            }
            if (end - at >= 6 && end - at <= 20 && is_document(at, end)) {
                add(at, end, PrivateClass::document);
            }
        }
    }

    [[nodiscard]] bool is_document(std::size_t begin, std::size_t end) const {
        std::size_t digits = 0;
        for (std::size_t at = begin; at < end; ++at) {
            digits += glyphs_[at].is_digit() ? 1 : 0;
        }
        const bool is_passport = end - begin == 9 && digits >= 7 &&
                                 is_one_of(glyphs_[begin].capital(), "CDEGHMPSW") &&
                                 glyphs_[end - 1].is_digit();
        return is_passport || (digits >= 6 && is_after_document_word(begin));
    }

    [[nodiscard]] bool is_after_document_word(std::size_t begin) const {
        constexpr std::array<std::string_view, 9> words = {
            "护照", "通行证", "军官证", "士兵证", "执业证", "执业证书", "居住证", "社保卡", "军字第"
        };
        constexpr std::array<std::string_view, 8> tails = {
            "：", ":", " ", "是", "为", "号码", "编号", "号"
        };
        std::string_view before = text_.substr(0, glyphs_[begin].at);
        for (bool is_shorter = true; is_shorter;) {
            is_shorter = false;
            for (const std::string_view tail : tails) {
                if (before.ends_with(tail)) {
                    before.remove_suffix(tail.size());
                    is_shorter = true;
                }
            }
        }
        return std::ranges::any_of(words, [&](std::string_view one) {
            return before.ends_with(one);
        });
    }

    std::string_view text_;
    Glyphs glyphs_;
    std::vector<PrivateSpan> spans_;
};

}  // namespace

std::string_view name_of(PrivateClass what) {
    switch (what) {
    case PrivateClass::phone: return "phone";
    case PrivateClass::identity: return "identity";
    case PrivateClass::bank_card: return "bank_card";
    case PrivateClass::document: return "document";
    case PrivateClass::plate: return "plate";
    case PrivateClass::mail: return "mail";
    }
    return "";
}

std::vector<PrivateSpan> find_private(std::string_view text) { return Search(text).run(); }

std::string masked(std::string_view text, std::span<const PrivateSpan> spans) {
    std::string out;
    std::size_t at = 0;
    for (const PrivateSpan& span : spans) {
        out += text.substr(at, span.begin - at);
        const auto glyphs =
            masking::read_glyphs(text.substr(span.begin, span.size), Numerals::ascii);
        out += std::string(glyphs.size(), '*');
        at = span.begin + span.size;
    }
    return out + std::string(text.substr(at));
}

bool is_confirmed(std::string_view text, std::span<const std::string> may_stand) {
    return std::ranges::all_of(find_private(text), [&](const PrivateSpan& span) {
        return std::ranges::find(may_stand, text.substr(span.begin, span.size)) != may_stand.end();
    });
}

}  // namespace zt
