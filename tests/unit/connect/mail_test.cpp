// Mail as SMTP carries it: no line of a header comes from outside.

#include "base/text.hpp"
#include "connect/mail.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::connect {
namespace {

using namespace std::string_view_literals;

Mail sample() {
    Mail mail;
    mail.from = "zhitong@example.cn";
    mail.to = "wang@example.cn";
    mail.place = "小县";
    mail.subject = "小县：ZT-2022-000001";
    mail.text = "ZT-2022-000001 已受理（2022-08-01）";
    mail.effect = "17-1";
    mail.at = parse_instant("2022-08-01 09:00").value_or(UtcMs{});
    return mail;
}

TEST(mail, is_word_for_word) {
    const auto text = mail_text(sample());
    ASSERT_TRUE(text);
    EXPECT_EQ(
        *text,
        "Date: Mon, 1 Aug 2022 01:00:00 +0000\r\n"
        "From: =?UTF-8?B?5bCP5Y6/?=\r\n <zhitong@example.cn>\r\n"
        "To: <wang@example.cn>\r\n"
        "Message-ID: <17-1@example.cn>\r\n"
        "Subject: =?UTF-8?B?5bCP5Y6/77yaWlQtMjAyMi0wMDAwMDE=?=\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "\r\n"
        "WlQtMjAyMi0wMDAwMDEg5bey5Y+X55CG77yIMjAyMi0wOC0wMe+8iQ==\r\n"
    );
}

TEST(mail, with_an_address_that_leaves_its_line_is_refused) {
    for (const char* const to : {"a@b.cn\r\nBcc: x@y.cn", "a@b.cn\n", "a b@c.cn", "<a@b.cn>", ""}) {
        Mail mail = sample();
        mail.to = to;
        EXPECT_FALSE(mail_text(mail)) << to;
        std::swap(mail.to, mail.from);
        mail.to = "wang@example.cn";
        EXPECT_FALSE(mail_text(mail)) << to;
    }
    Mail mail = sample();
    mail.effect = "17-1>\r\nBcc: x@y.cn";
    EXPECT_FALSE(mail_text(mail));
}

constexpr std::string_view odd_bytes = "\r\n\0 :Bcc<>@.=?\"\x7F"
                                       "abc"sv;

RC_GTEST_PROP(mail, keeps_its_headers_whatever_place_subject_and_text_say, ()) {
    Mail mail = sample();
    const auto any = rc::gen::container<std::string>(rc::gen::elementOf(std::string(odd_bytes)));
    mail.place = *any;
    mail.subject = *any;
    mail.text = *any;
    const auto text = mail_text(mail);
    RC_ASSERT(text.has_value());
    const std::string head = text->substr(0, text->find("\r\n\r\n"));
    std::size_t headers = 0;
    for (const std::string& line : split(head, '\n')) {
        headers += line.starts_with(" ") ? 0U : 1U;
        RC_ASSERT(line.size() <= 78U);
        RC_ASSERT(!line.starts_with("Bcc"));
    }
    RC_ASSERT(headers == 9U);
}

TEST(mail, cuts_encoded_words_between_characters) {
    std::string subject;
    for (int i = 0; i < 40; ++i) {
        subject += "县";
    }
    for (const std::string& line : split(encoded_words(subject), '\n')) {
        EXPECT_LE(line.size(), 77U);
    }
    // 14 characters of three bytes make 42: each word is whole.
    EXPECT_TRUE(encoded_words(subject).starts_with("=?UTF-8?B?" + to_base64(subject.substr(0, 42)))
    );
}

}  // namespace
}  // namespace zt::connect
