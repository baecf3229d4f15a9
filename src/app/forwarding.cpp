// Commands that reach the server through run.sock: the words of the command line there, what it
// printed and its exit code back.

#include "app/command_line.hpp"
#include "app/operated.hpp"
#include "app/run_socket.hpp"
#include "app/world_os.hpp"
#include "base/json.hpp"

#include <ostream>
#include <sstream>

namespace zt::app {

namespace {

constexpr std::size_t words_max = 64;

Result<std::vector<std::string>> words_of(const std::string& line) {
    TRY(const Json asked, parse_canonical(line));
    std::vector<std::string> words;
    for (const Json& word : asked["words"].as_array()) {
        words.push_back(word.as_string());
    }
    if (words.empty() || words.size() > words_max) {
        return fail(Errc::bad_usage, "1 to " + std::to_string(words_max) + " words");
    }
    return words;
}

std::string answer_of(int code, const std::string& out, const std::string& err) {
    return to_canonical(
        Json::object().set("code", std::int64_t{code}).set("out", out).set("err", err)
    );
}

}  // namespace

std::string run_forwarded(const std::string& line, Operated& operated) {
    const auto words = words_of(line);
    if (!words) {
        return answer_of(exit_wrong_use, {}, to_string(words.error()) + "\n");
    }
    OsClock clock;
    OsRandom random;
    std::ostringstream out, err;
    Surroundings world;
    world.clock = &clock;
    world.random = &random;
    world.out = &out;
    world.err = &err;
    world.operated = &operated;
    const int code = run_command_line(*words, world);
    return answer_of(code, out.str(), err.str());
}

Result<int> forward_to_server(const Request& request, const std::string& folder) {
    Json words = Json::array();
    for (const auto& word : request.words) {
        words.push(word);
    }
    TRY(const std::string line,
        ask_server(folder, to_canonical(Json::object().set("words", std::move(words)))));
    TRY(const Json answer, parse_canonical(line));
    request.out() << answer["out"].as_string();
    request.err() << answer["err"].as_string();
    return static_cast<int>(answer["code"].as_int());
}

}  // namespace zt::app
