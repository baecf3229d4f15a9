// Goal: none lost, none twice after de-duplication. Method: a place on disk owes one message for
// each of many hand-ins; a process that delivers them is killed again and again in the middle of
// its work, while the gateway cuts three in ten connections or drops their answers. In the end
// every effect id has arrived, each names one message, and the outbox holds nothing that is not
// done. With ZHITONG_WALKS of a million: 10,000 messages and 200 kills; else 300 and 5.

#include "base/text.hpp"
#include "build/place_on_disk.hpp"
#include "connect/courier.hpp"
#include "post_office.hpp"
#include "service/genesis.hpp"
#include "service/tenant.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::connect {
namespace {

constexpr const char* folder_variable = "ZHITONG_TEST_DELIVERY_FOLDER";
constexpr const char* gateway_variable = "ZHITONG_TEST_DELIVERY_GATEWAY";
UtcMs begin() { return parse_instant("2022-08-01 09:00").value_or(UtcMs{}); }

void make_place(const std::string& folder, int hand_ins) {
    SeededRandom random(7);
    const auto made = build::make_small_place(folder, begin(), random);
    ASSERT_TRUE(made.has_value()) << to_string(made.error());
    const auto tenant = build::open_place(folder, random);
    ASSERT_TRUE(tenant.has_value()) << to_string(tenant.error());
    auto& ledger = (*tenant)->ledger();
    std::vector<Submit> group;
    for (int i = 0; i < hand_ins; ++i) {
        Submit submit;
        submit.credential = "test";
        submit.key = uuid7_from_text(begin(), std::to_string(i));
        Command command;
        command.verb = Verb::register_;
        command.kind = "appeal";
        command.actor.kind = ActorKind::party;
        command.fields.set("title", "路灯不亮").set("for", "甲").set("contact", "13900000001");
        submit.commands.push_back(std::move(command));
        group.push_back(std::move(submit));
    }
    ASSERT_TRUE(ledger.submit_group(group, begin()).has_value());
    ASSERT_TRUE((*tenant)->save_views());
}

/// What the process that is killed does: delivers until nothing is left, on a clock that jumps to
/// whatever is due next.
TEST(delivering, in_a_process_of_its_own) {
    const char* const folder = std::getenv(folder_variable);
    const char* const gateway = std::getenv(gateway_variable);
    if (folder == nullptr || gateway == nullptr) {
        GTEST_SKIP() << "run by killed_again_and_again";
    }
    SeededRandom random(static_cast<std::uint64_t>(::getpid()));
    service::Opening opening;
    opening.path = folder;
    opening.key_file = std::string(folder) + ".key";
    opening.random = &random;
    auto tenant = service::Tenant::open(opening);
    ASSERT_TRUE(tenant.has_value()) << to_string(tenant.error());
    auto outbox = views::Outbox::open(std::string(folder) + "/delivery.db");
    ASSERT_TRUE(outbox.has_value()) << to_string(outbox.error());
    ManualClock clock(begin());
    Channels channels;
    channels.place = "小县";
    channels.outgoing.allows_private = true;
    channels.retry.attempts_max = 1'000;
    channels.retry.longest = std::chrono::minutes{1};
    channels.quiet = {0, 0};
    channels.age_max = std::chrono::hours{24 * 365};
    channels.sms.emplace();
    channels.sms->url = gateway;
    channels.sms->secret = shared_secret;
    channels.sms->body = R"({"to":"{to}","text":"{text}"})";
    Doors doors;
    doors.texts = [](std::string_view key) { return std::string(key) + " {number}"; };
    auto& store = (*tenant)->store();
    doors.open_texts = [&](const Event& event) {
        return service::open_texts(store, (*tenant)->key(), event);
    };
    auto rules = std::make_shared<const service::Rules>((*tenant)->rules());
    auto courier = Courier::open({&store, outbox->get(), &clock, &random}, rules, channels, doors);
    ASSERT_TRUE(courier.has_value()) << to_string(courier.error());
    while (true) {
        const bool followed = (*courier)->follow().value_or(false);
        const std::size_t sent = (*courier)->send().value_or(0);
        const auto next = (*outbox)->next_due();
        if (!followed && sent == 0 && (!next || !*next)) {
            break;
        }
        if (!followed && sent == 0) {
            clock.move_to(std::max(clock.now(), **next));
        }
    }
}

pid_t start_delivering(const std::string& folder, const std::string& gateway) {
    ::setenv(folder_variable, folder.c_str(), 1);
    ::setenv(gateway_variable, gateway.c_str(), 1);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl(
            "/proc/self/exe",
            "connect_test",
            "--gtest_filter=delivering.in_a_process_of_its_own",
            "--gtest_brief=1",
            static_cast<char*>(nullptr)
        );
        ::_exit(127);
    }
    return child;
}

TEST(delivering, killed_again_and_again_loses_none_and_invents_none) {
    constexpr std::int64_t walks_of_a_night = 1'000'000;
    const char* const walks = std::getenv("ZHITONG_WALKS");
    const bool is_long = walks != nullptr && parse_int(walks).value_or(0) >= walks_of_a_night;
    const int hand_ins = is_long ? 10'000 : 300;
    const int kills = is_long ? 200 : 5;
    const std::string folder =
        ::testing::TempDir() + "/zhitong-delivery-" + std::to_string(::getpid());
    make_place(folder, hand_ins);
    const Receiver gateway(30, {}, 17);
    SeededRandom random(23);
    const std::size_t stride = static_cast<std::size_t>(hand_ins / (kills + 1));
    for (int kill = 0; kill < kills; ++kill) {
        const std::size_t from = gateway.count();
        const pid_t child = start_delivering(folder, gateway.url());
        ASSERT_GT(child, 0);
        EXPECT_TRUE(gateway.await(from + 1 + random.below(stride), std::chrono::minutes{2}));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    const pid_t last = start_delivering(folder, gateway.url());
    int status = -1;
    ::waitpid(last, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);

    std::map<std::string, std::string> by_effect;
    const auto received = gateway.received();
    for (const Received& one : received) {
        const auto [at, is_new] = by_effect.emplace(one.headers.at("zhitong-effect"), one.body);
        EXPECT_TRUE(is_new || at->second == one.body);
    }
    std::set<std::string> bodies;
    for (const auto& [effect, body] : by_effect) {
        bodies.insert(body);
    }
    EXPECT_EQ(by_effect.size(), static_cast<std::size_t>(hand_ins));
    EXPECT_EQ(bodies.size(), static_cast<std::size_t>(hand_ins));
    const auto outbox = views::Outbox::open(folder + "/delivery.db");
    ASSERT_TRUE(outbox.has_value());
    const auto counts = *(*outbox)->counts();
    using views::MessageState;
    EXPECT_EQ(counts.at(static_cast<std::size_t>(MessageState::dead)), 0);
    EXPECT_EQ(counts.at(static_cast<std::size_t>(MessageState::due)), 0);
    EXPECT_GE(counts.at(static_cast<std::size_t>(MessageState::done)), hand_ins);
    RecordProperty("messages", hand_ins);
    RecordProperty("kills", kills);
    RecordProperty("requests", static_cast<int>(received.size()));
    std::fprintf(
        stderr,
        "%d messages, %d kills, 30 %% lost: %zu requests read, %zu effects, %zu doubles dropped\n",
        hand_ins,
        kills,
        received.size(),
        by_effect.size(),
        received.size() - by_effect.size()
    );
    std::filesystem::remove_all(folder);
    std::filesystem::remove(folder + ".key");
}

}  // namespace
}  // namespace zt::connect
