// What is erased is beyond recovery: neither the text nor the key that opened it is in any file,
// also after a kill between the event and the end, and for people of the directory. What comes in
// without a name leaves nothing that names anybody.

#include "place_on_disk.hpp"

#include <array>
#include <sys/wait.h>

namespace zt::service {
namespace {

constexpr std::initializer_list<std::pair<const char*, const char*>> canaries = {
    {"title", "金丝雀标题"},
    {"text", "金丝雀正文"},
    {"for", "金丝雀姓名"},
    {"contact", "13900007777"},
    {"evidence", "金丝雀佐证"},
};

class EraseTest : public test::PlaceOnDisk {
  protected:
    ~EraseTest() override { clear(folder_ + "-killed"); }

    void expect_no_canary(const std::string& folder = {}) const {
        for (const auto& [name, text] : canaries) {
            EXPECT_EQ(file_with(text, folder), "") << name;
        }
    }
    MatterId begin(Tenant& tenant) {
        const auto answer = tenant.ledger().submit(hand_in("canary", canaries), now_);
        EXPECT_TRUE(answer) << to_string(answer.error());
        return answer->rows.front().matter;
    }
    static std::string wrapped_key(Tenant& tenant, MatterId matter) {
        // Past format and tag, which other keys share: nonce and ciphertext.
        return tenant.store().seal_key(matter).value().value().substr(5);
    }
};

TEST_F(EraseTest, neither_text_nor_key_is_in_any_file_afterwards) {
    std::string key;
    MatterId matter;
    {
        const auto tenant = open();
        ASSERT_TRUE(tenant);
        matter = begin(**tenant);
        key = wrapped_key(**tenant, matter);
        ASSERT_TRUE((*tenant)->save_views());
        expect_no_canary();
        EXPECT_NE(file_with(key), "");
        ASSERT_TRUE((*tenant)->ledger().erase(matter, now_));
        ASSERT_TRUE((*tenant)->save_views());
        EXPECT_EQ(file_with(key), "") << "while the place is open, its log among the files";
        expect_no_canary();
        EXPECT_EQ((*tenant)->reveal(matter, "party.1.name").error().code, Errc::not_found);
        EXPECT_TRUE((*tenant)->verify());
    }
    EXPECT_EQ(file_with(key), "");
    expect_no_canary();
    const auto tenant = open();
    ASSERT_TRUE(tenant);
    EXPECT_TRUE(verify_chain((*tenant)->store()));
    EXPECT_TRUE((*tenant)->verify());
    const auto again = (*tenant)->ledger().erase(matter, now_);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::not_found);
}

TEST_F(EraseTest, a_person_of_the_directory_can_be_erased_too) {
    const auto tenant = open();
    ASSERT_TRUE(tenant);
    auto& ledger = (*tenant)->ledger();
    Submit submit;
    Command command;
    command.verb = Verb::register_;
    command.kind = "person";
    command.fields.set("code", "U9001").set("name", "金丝雀姓名").set("contact", "13900007777");
    submit.commands.push_back(command);
    const auto answer = ledger.submit(submit, now_);
    ASSERT_TRUE(answer) << to_string(answer.error());
    const MatterId person = answer->rows.front().matter;
    const std::string key = wrapped_key(**tenant, person);
    ASSERT_TRUE(ledger.erase(person, now_));
    ASSERT_TRUE((*tenant)->save_views());
    EXPECT_EQ(file_with(key), "");
    expect_no_canary();
    EXPECT_TRUE((*tenant)->verify());
}

/// Goal: a kill between the commit of the erasing and the cleaning of the log leaves the key in no
/// file once the place was opened again. Method: a child that does the first half and ends itself.
TEST_F(EraseTest, a_kill_in_the_middle_is_made_good_when_the_place_opens) {
    std::string key;
    MatterId matter;
    {
        const auto tenant = open();
        ASSERT_TRUE(tenant);
        matter = begin(**tenant);
        key = wrapped_key(**tenant, matter);
    }
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto tenant = open();
        if (!tenant) {
            ::_exit(1);
        }
        // What comes before the cleaning, and then no destructor and no checkpoint.
        (*tenant)->ledger().on_commit([](const Committed& one) {
            if (one.event.verb == Verb::erase) {
                ::_exit(0);
            }
        });
        ignore((*tenant)->ledger().erase(matter, now_), "it does not come back");
        ::_exit(2);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 0);
    {
        const auto tenant = open();
        ASSERT_TRUE(tenant) << to_string(tenant.error());
        EXPECT_EQ(file_with(key), "") << "open, its log among the files";
        const auto state = (*tenant)->ledger().state(matter);
        ASSERT_TRUE(state);
        EXPECT_TRUE((*state)->is_erased);
        EXPECT_TRUE((*tenant)->verify());
    }
    EXPECT_EQ(file_with(key), "");
}

class UnnamedTest : public test::PlaceOnDisk {};

/// Goal: a hand-in without a name leaves no byte that leads to a person. Method: canaries in every
/// channel of the submit, drawn anew each time, then every file is searched. Kept in the clear are
/// only choices, category and area.
TEST_F(UnnamedTest, no_channel_of_an_unnamed_hand_in_leaves_its_bytes_in_any_file) {
    for (int drawn = 0; drawn < 12; ++drawn) {
        std::array<std::uint8_t, 16> chance{};
        random_.fill(chance);
        Uuid raw = uuid7_from_text(now_, std::to_string(drawn));
        std::copy_n(chance.begin(), 8, raw.bytes.begin() + 8);
        raw.bytes[8] = static_cast<std::uint8_t>(0x80U | (raw.bytes[8] & 0x3FU));
        const std::string seed = to_string(raw).substr(19);
        std::vector<std::string> texts = {"金丝雀会话" + seed, "题" + seed};
        {
            const auto tenant = open();
            ASSERT_TRUE(tenant) << to_string(tenant.error());
            Submit submit = hand_in("", {{"title", texts.back().c_str()}});
            submit.follow->raw = raw;
            submit.key = vault::blinded(raw);
            submit.credential = texts.front();
            // Fields that may be left out are, by chance.
            for (const auto& [bit, name] : {std::pair{1, "text"}, std::pair{2, "evidence"}}) {
                if ((chance[0] & bit) != 0) {
                    texts.push_back(name + seed);
                    submit.commands.front().fields.set(name, texts.back());
                }
            }
            const auto answer = (*tenant)->ledger().submit(submit, now_);
            ASSERT_TRUE(answer) << to_string(answer.error());
            texts.push_back(
                vault::follow_code((*tenant)->key()->lookup(), answer->rows.front().number, raw)
            );
            ASSERT_TRUE((*tenant)->save_views());
        }
        texts.push_back(to_string(raw));
        texts.emplace_back(reinterpret_cast<const char*>(raw.bytes.data()) + 6, 10);
        for (const std::string& canary : texts) {
            EXPECT_EQ(file_with(canary), "") << canary;
        }
    }
}

}  // namespace
}  // namespace zt::service
