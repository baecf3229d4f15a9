#include "app/place_settings.hpp"
#include "app/settings.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace zt::app {
namespace {

TEST(settings, the_usual_values_of_the_rows_are_those_that_stand_without_a_file) {
    ServeSettings untouched, set;
    for (const auto& row : setting_rows()) {
        EXPECT_TRUE(row.set(set, row.usual)) << row.name;
    }
    EXPECT_EQ(set.http.address, untouched.http.address);
    EXPECT_EQ(set.http.port, untouched.http.port);
    EXPECT_EQ(set.http.io_threads, untouched.http.io_threads);
    EXPECT_EQ(set.http.workers, untouched.http.workers);
    EXPECT_EQ(set.http.workers_queue_max, untouched.http.workers_queue_max);
    EXPECT_EQ(set.http.streams_max, untouched.http.streams_max);
    EXPECT_EQ(set.http.header_bytes, untouched.http.header_bytes);
    EXPECT_EQ(set.http.connections_max, untouched.http.connections_max);
    EXPECT_EQ(set.http.connections_per_remote, untouched.http.connections_per_remote);
    EXPECT_EQ(set.http.idle, untouched.http.idle);
    EXPECT_EQ(set.http.header_time, untouched.http.header_time);
    EXPECT_EQ(set.http.write_time, untouched.http.write_time);
    EXPECT_EQ(set.http.drain_time, untouched.http.drain_time);
    EXPECT_EQ(set.http.slow, untouched.http.slow);
    EXPECT_EQ(set.http.rate_limits, untouched.http.rate_limits);
    EXPECT_EQ(set.served.readers_max, untouched.served.readers_max);
    const auto& given = set.messages.channels;
    const auto& usual = untouched.messages.channels;
    EXPECT_EQ(given.quiet.from_minute, usual.quiet.from_minute);
    EXPECT_EQ(given.quiet.until_minute, usual.quiet.until_minute);
    EXPECT_EQ(given.retry.first, usual.retry.first);
    EXPECT_EQ(given.retry.longest, usual.retry.longest);
    EXPECT_EQ(given.retry.attempts_max, usual.retry.attempts_max);
    EXPECT_EQ(given.age_max, usual.age_max);
    EXPECT_EQ(given.kept_for, usual.kept_for);
    EXPECT_EQ(given.outgoing.allows_private, usual.outgoing.allows_private);
    EXPECT_EQ(given.outgoing.connect_timeout, usual.outgoing.connect_timeout);
    EXPECT_EQ(given.outgoing.total_timeout, usual.outgoing.total_timeout);
    EXPECT_EQ(given.outgoing.connections_max, usual.outgoing.connections_max);
    EXPECT_EQ(given.sms.value_or(connect::Webhook{}).content_type, connect::Webhook{}.content_type);
}

TEST(settings, a_tile_server_is_an_address_with_three_places_on_a_plain_host) {
    ServeSettings settings;
    EXPECT_TRUE(set_setting(settings, "map.tiles", "https://t.example.cn/{z}/{x}/{y}.png?key=1"));
    EXPECT_EQ(settings.map.origin(), "https://t.example.cn");
    EXPECT_TRUE(set_setting(settings, "map.tiles", ""));
    EXPECT_EQ(settings.map.origin(), "");
    for (const char* wrong :
         {"t.example.cn/{z}/{x}/{y}",
          "ftp://t/{z}/{x}/{y}",
          "https://t/{z}/{x}.png",
          "https://t/{z}/{x}/{y}/{y}",
          "https://a;script-src *;/{z}/{x}/{y}",
          "https://a b/{z}/{x}/{y}",
          "https:///{z}/{x}/{y}",
          "https://{x}.t/{z}/{x}/{y}",
          "https://t"}) {
        const auto refused = set_setting(settings, "map.tiles", wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().code, Errc::bad_value);
    }
}

class MessageFiles : public ::testing::Test {
  protected:
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        const std::string path = ::testing::TempDir() + "/zhitong-messages-" + name;
        std::ofstream(path) << text;
        return path;
    }
    const std::string secret_ = file("secret", "0123456789abcdef0123456789abcdef\n");
    const std::string headers_ = file("headers", "X-Token: abc\n\nX-Other:d\n");
};

TEST_F(MessageFiles, secrets_and_tokens_are_read_from_files_of_their_own) {
    ServeSettings settings;
    ASSERT_TRUE(read_place_settings(
        settings,
        "[place]\nhosts = [\"A.example.cn\"]\n[quiet]\nfrom = \"22:30\"\n"
        "[sms]\nurl = \"https://sms.example.cn/\"\nbody = \"{to} {text}\"\nsecret_file = \"" +
            secret_ + "\"\nheaders_file = \"" + headers_ +
            "\"\n[[partners]]\nname = \"邻县\"\ntenant = \"linxian\"\nurl = \"https://l.cn/\"\n"
            "secret_file = \"" +
            secret_ + "\"\n",
        "place.toml"
    ));
    EXPECT_EQ(settings.hosts, std::vector<std::string>{"a.example.cn"});
    const auto channels = channels_of(settings.messages, "小县");
    ASSERT_TRUE(channels.has_value()) << to_string(channels.error());
    EXPECT_EQ(channels->place, "小县");
    EXPECT_EQ(channels->quiet.from_minute, 22 * 60 + 30);
    const connect::Webhook sms = channels->sms.value_or(connect::Webhook{});
    EXPECT_EQ(sms.secret, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(
        sms.headers,
        (std::vector<std::pair<std::string, std::string>>{{"X-Token", "abc"}, {"X-Other", "d"}})
    );
    ASSERT_EQ(channels->partners.size(), 1U);
    EXPECT_EQ(channels->partners[0].secret, sms.secret);
}

TEST(LegalWays, are_read_from_the_file_that_a_new_place_gets) {
    kindfile::Place place;
    place.legal_ways = {
        {"review", "县信访局 \"一楼\"", "河畔路 1 号", "0555-5550201", "30d"},
        {"discipline", "县纪委监委", "", "12388", ""}
    };
    ServeSettings settings;
    const auto read = read_place_settings(settings, place_settings_text(place), "p.toml");
    ASSERT_TRUE(read) << to_string(read.error());
    ASSERT_EQ(settings.legal_offices.size(), 2U);
    EXPECT_EQ(settings.legal_offices[0].authority, "县信访局 \"一楼\"");
    EXPECT_EQ(settings.legal_offices[0].within, "30d");
    EXPECT_EQ(settings.legal_offices[1].telephone, "12388");
    EXPECT_EQ(settings.legal_offices[1].address, "");
    EXPECT_EQ(place_settings_text({}), "");
    const auto refusal = [](const std::string& toml) {
        ServeSettings none;
        const auto taken = read_place_settings(none, toml, "p.toml");
        return taken ? std::string("taken") : to_string(taken.error());
    };
    const std::string start = "[[legal_ways]]\nway = \"review\"\n";
    EXPECT_NE(refusal(start).find("needs way and authority"), std::string::npos);
    const std::string whole = start + "authority = \"县信访局\"\n";
    EXPECT_EQ(refusal(whole), "taken");
    EXPECT_NE(refusal(whole + "within = \"a month\"\n").find("no length"), std::string::npos);
    EXPECT_NE(refusal(whole + "phone = \"1\"\n").find("[[legal_ways]] has"), std::string::npos);
}

TEST_F(MessageFiles, that_are_missing_short_or_of_the_whole_server_are_refused) {
    ServeSettings settings;
    const auto refusal = [&](const std::string& toml) {
        settings = {};
        const auto read = read_place_settings(settings, toml, "p.toml");
        if (!read) {
            return to_string(read.error());
        }
        const auto channels = channels_of(settings.messages, "x");
        return channels ? std::string("taken") : channels.error().at;
    };
    EXPECT_EQ(refusal("\n[http]\nworkers = 3\n").substr(0, 14), "p.toml:2: http");
    EXPECT_EQ(refusal("[[partners]]\nnam = 3\n").substr(0, 9), "p.toml:1:");
    const std::string sms = "[sms]\nurl = \"https://s.cn/\"\nbody = \"{to}{text}\"\n";
    EXPECT_EQ(refusal(sms), "sms.secret_file");
    EXPECT_EQ(refusal(sms + "secret_file = \"/nowhere/at/all\"\n"), "sms.secret_file");
    const std::string short_one = file("short", "short");
    EXPECT_EQ(refusal(sms + "secret_file = \"" + short_one + "\"\n"), "sms.secret");
    EXPECT_EQ(refusal("[quiet]\nfrom = \"24:00\"\n").substr(0, 9), "p.toml:2:");
    EXPECT_EQ(refusal(sms + "secret_file = \"" + secret_ + "\"\n"), "taken");
}

TEST(settings, a_file_sets_and_the_environment_goes_before_it) {
    ServeSettings settings;
    ASSERT_TRUE(read_settings(
        settings,
        "[http]\nlisten = \"[::1]:9000\"\nworkers = 9\nrate_limits = false\n"
        "trusted_proxies = [\"10.0.0.0/8\", \"192.168.1.1\"]\n[log]\nfile = \"a.log\"\n",
        "a.toml"
    ));
    EXPECT_EQ(settings.http.address, "::1");
    EXPECT_EQ(settings.http.port, 9000);
    EXPECT_EQ(settings.http.workers, 9);
    EXPECT_EQ(settings.http.rate_limits, http::RateLimits::off);
    EXPECT_EQ(
        settings.http.trusted_proxies, (std::vector<std::string>{"10.0.0.0/8", "192.168.1.1"})
    );
    EXPECT_EQ(settings.log_file, "a.log");
    ASSERT_TRUE(read_environment(settings, {{"ZHITONG_HTTP_WORKERS", "3"}, {"ZHITONG_ELSE", "x"}}));
    EXPECT_EQ(settings.http.workers, 3);
}

TEST(settings, what_is_wrong_is_told_with_file_line_and_what_would_be_right) {
    ServeSettings settings;
    const auto refusal = [&](std::string_view toml) {
        const auto read = read_settings(settings, toml, "a.toml");
        return read ? std::string("taken") : to_string(read.error());
    };
    EXPECT_EQ(
        refusal("[http]\nworker = 3\n"),
        "a.toml:2: no setting is called 'http.worker'; did you mean http.workers? (unknown_key)"
    );
    EXPECT_EQ(
        refusal("[http]\n\nworkers = 0\n"),
        "a.toml:3: http.workers: '0' is not a number from 1 to 256 (bad_value)"
    );
    EXPECT_EQ(refusal("[http]\nlisten = \"here\"\n").substr(0, 11), "a.toml:2: h");
    EXPECT_EQ(refusal("[http\n").substr(0, 9), "a.toml:1:");
    EXPECT_EQ(refusal("[http]\nworkers = 1.5\n").substr(0, 9), "a.toml:2:");
    const auto environment = read_environment(settings, {{"ZHITONG_HTTP_WORKERS", "many"}});
    ASSERT_FALSE(environment);
    EXPECT_EQ(environment.error().at, "ZHITONG_HTTP_WORKERS");
}

TEST(settings, the_reference_page_is_what_the_rows_say) {
    const std::string file = ZT_SOURCE_DIR "/docs/reference/settings.md";
    std::stringstream page;
    page << std::ifstream(file).rdbuf();
    const std::string now = settings_reference();
    if (page.str() != now && std::getenv("ZHITONG_WRITE_REFERENCE") != nullptr) {
        std::ofstream(file) << now;
    }
    EXPECT_EQ(page.str(), now) << "ZHITONG_WRITE_REFERENCE=1 writes it";
}

}  // namespace
}  // namespace zt::app
