// run.sock: the operator's commands on a data directory that a server has open.

#include "app/command_line.hpp"
#include "app/run_socket.hpp"
#include "tests/http/people_place.hpp"

#include <sys/stat.h>

namespace zt::http::test {
namespace {

struct Typed {
    int code = 0;
    std::string out, err;
};

Typed type(std::vector<std::string> words) {
    app::OsClock clock;
    app::OsRandom random;
    std::ostringstream out, err;
    app::Surroundings world;
    world.clock = &clock;
    world.random = &random;
    world.out = &out;
    world.err = &err;
    const int code = app::run_command_line(words, world);
    return {code, out.str(), err.str()};
}

TEST(run_socket, accounts_are_made_while_the_server_runs) {
    PeoplePlace place("run-socket");
    place.appoint("n1", "newcomer", Json::array().push("handler"));
    place.serve();
    const std::string path = place.place.path();
    struct stat status{};
    ASSERT_EQ(::stat((path + "/run.sock").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const Typed made =
        type({"admin", "create", "--data", path, "--name", "newcomer", "--person", "n1", "--json"});
    ASSERT_EQ(made.code, 0) << made.err;
    const Signed newcomer = place.sign_in(
        "newcomer", parse_json(made.out).value_or(Json())["one_time_password"].as_string()
    );
    EXPECT_EQ(place.get("/api/v1/inbox", newcomer.fields()).status, 200);
    const Typed list = type({"admin", "list", "--data", path, "--lang", "en"});
    EXPECT_NE(list.out.find("newcomer"), std::string::npos) << list.out << list.err;
    const Typed twice =
        type({"admin", "create", "--data", path, "--name", "newcomer", "--person", "n1"});
    EXPECT_EQ(twice.code, 1);
    EXPECT_NE(twice.err.find("name_taken"), std::string::npos) << twice.err;
    EXPECT_EQ(type({"admin", "disable", "--data", path, "--name", "newcomer"}).code, 0);
    EXPECT_EQ(place.get("/api/v1/inbox", newcomer.fields()).status, 401) << "ended at once";

    place.stop();
    EXPECT_NE(::stat((path + "/run.sock").c_str(), &status), 0) << "gone with the server";
    EXPECT_EQ(type({"admin", "enable", "--data", path, "--name", "newcomer"}).code, 0);
}

TEST(run_socket, takes_no_other_commands_and_no_nonsense) {
    PeoplePlace place("run-socket");
    place.serve();
    const std::string path = place.place.path();
    for (const char* const line :
         {R"({"words":["erase","ZT-1","--data","x"]})", R"({"words":[]})", "nonsense", "{}"}) {
        const auto answer = app::ask_server(path, line);
        ASSERT_TRUE(answer.has_value()) << line;
        EXPECT_EQ(parse_json(*answer).value_or(Json())["code"].as_int(), 2) << *answer;
    }
    // What only reads opens the directory itself, beside the server.
    const std::string number = place.hand_in();
    EXPECT_EQ(type({"show", number, "--data", path}).code, 0);
    const Typed why =
        type({"access", "explain", "--data", path, "--as", "office.clerk", "--matter", number});
    EXPECT_EQ(why.code, 0) << why.err;
    EXPECT_EQ(type({"stats", "--data", path}).code, 0);
}

}  // namespace
}  // namespace zt::http::test
