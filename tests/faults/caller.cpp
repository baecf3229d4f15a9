// zt_caller: hands in over HTTP from many threads, as portal pages do, and writes down what it was
// told. A connection that breaks, or that it cuts itself before the answer, leaves the request
// unknown; it asks again with the same key until it is told.
//
// Exit codes: 0 the count was reached, or SIGTERM came and nothing is unknown any more; 1 a
// repeated request was told another code, or the server did not come back; 2 wrong use.

#include "base/json.hpp"
#include "base/seeded_random.hpp"
#include "base/uuid.hpp"
#include "build/http_client.hpp"
#include "faults/history.hpp"
#include "faults/place.hpp"
#include "http/codec.hpp"
#include "vault/follow_code.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

namespace zt::faults {
namespace {

constexpr std::string_view outside = "public";  // the credential of all who hand in unnamed
constexpr int patience_ms = 60'000;
constexpr int retry_ms = 20;

struct Options {
    std::string history;
    std::uint16_t port = 0;
    std::size_t threads = 16;
    std::int64_t count = std::int64_t{1} << 60U;
    std::uint64_t seed = 1;
    double drop = 0;
};

volatile std::sig_atomic_t wants_end = 0;
void ask_to_end(int /*signal*/) { wants_end = 1; }

/// What all threads share.
struct Shared {
    const Options& options;
    std::atomic<std::int64_t> left;
    std::atomic<std::int64_t> dropped = 0, asked_again = 0;
    std::atomic<bool> is_wrong = false;
};

class Caller {
  public:
    Caller(Shared& shared, History history, std::uint64_t seed)
        : shared_(shared),
          history_(std::move(history)),
          random_(seed),
          client_(shared.options.port) {}

    void run() {
        while (wants_end == 0 && !shared_.is_wrong && shared_.left.fetch_sub(1) > 0) {
            hand_in();
        }
    }

  private:
    /// Asks until it is told; now and then once more, which must tell the same.
    void hand_in() {
        std::array<std::uint8_t, 10> rest{};
        random_.fill(rest);
        const Uuid key = uuid7(UtcMs{Millis{real_now_ms()}}, rest);
        const std::string request = request_of(key);
        const std::string code = ask_until_told(key, request);
        constexpr std::size_t share_asked_again = 25;
        if (random_.below(share_asked_again) == 0 && !shared_.is_wrong) {
            ++shared_.asked_again;
            if (ask_until_told(key, request) != code) {
                wrong("a repeated hand-in was told another code", request);
            }
        }
    }

    std::string ask_until_told(const Uuid& key, const std::string& request) {
        for (int waited = 0; waited < patience_ms && !shared_.is_wrong; waited += retry_ms) {
            history_.add({Line::Word::invoke, vault::blinded(key), std::string(outside), "h", 0});
            const auto heard = ask(request);
            if (heard && (heard->status == 201 || heard->status == 200)) {
                return told(key, heard->body);
            }
            if (heard && heard->status != 409 && heard->status != 503) {
                wrong("refused: " + std::to_string(heard->status), heard->body);
                return {};
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(retry_ms));
        }
        wrong("no answer within a minute", request);
        return {};
    }

    std::string told(const Uuid& key, const std::string& body) {
        const Json json = http::parse_json(body).value_or(Json::object());
        history_.add(
            {Line::Word::ok,
             vault::blinded(key),
             std::string(outside),
             json["number"].as_string(),
             json["seq"].as_int()}
        );
        return json["code"].as_string();
    }

    std::optional<build::HttpClient::Heard> ask(const std::string& request) {
        if (!client_.send(request)) {
            return std::nullopt;
        }
        constexpr std::size_t whole = 1'000'000;
        const auto share = static_cast<std::size_t>(shared_.options.drop * whole);
        if (random_.below(whole) < share) {
            ++shared_.dropped;
            // Sometimes the server has not read it yet, sometimes the answer is on its way.
            std::this_thread::sleep_for(std::chrono::microseconds(random_.below(20'000)));
            client_.cut();
            return std::nullopt;
        }
        return client_.hear();
    }

    std::string request_of(const Uuid& key) {
        const Json fields = Json::object()
                                .set("title", "门口停电" + std::to_string(random_.below(1000)))
                                .set("for", "王小明")
                                .set("contact", "13900000077");
        const std::string body =
            to_canonical(Json::object().set("kind", "appeal").set("fields", fields));
        return build::request_text(
            "POST /api/v1/portal/matters", "Idempotency-Key: " + to_string(key) + "\r\n", body
        );
    }

    void wrong(const std::string& what, const std::string& detail) {
        shared_.is_wrong = true;
        std::fprintf(stderr, "zt_caller: %s: %s\n", what.c_str(), detail.c_str());
    }

    Shared& shared_;
    History history_;
    SeededRandom random_;
    build::HttpClient client_;
};

Result<bool> call(const Options& options) {
    Shared shared{.options = options, .left = options.count};
    SeededRandom random(options.seed);
    std::vector<std::unique_ptr<Caller>> callers;
    for (std::size_t one = 0; one < options.threads; ++one) {
        const std::string file = options.history + "/" + std::to_string(one) + ".history";
        TRY(auto history, History::open(file));
        callers.push_back(std::make_unique<Caller>(shared, std::move(history), random.next()));
    }
    std::puts("calling");
    std::fflush(stdout);
    std::vector<std::thread> threads;
    threads.reserve(callers.size());
    for (const auto& caller : callers) {
        threads.emplace_back([&caller] { caller->run(); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const Json counts = Json::object()
                            .set("dropped", shared.dropped.load())
                            .set("asked_again", shared.asked_again.load());
    std::puts(to_canonical(counts).c_str());
    return shared.is_wrong.load();
}

int run(const Options& options) {
    std::signal(SIGTERM, ask_to_end);
    const auto is_wrong = call(options);
    if (!is_wrong) {
        std::fprintf(stderr, "zt_caller: %s\n", to_string(is_wrong.error()).c_str());
        return 1;
    }
    return *is_wrong ? 1 : 0;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    zt::faults::Options options;
    CLI::App app{"Hands in over HTTP from many threads and writes down what it was told."};
    app.add_option("--history", options.history, "folder of the histories")->required();
    app.add_option("--port", options.port, "where the server listens, on 127.0.0.1")->required();
    app.add_option("--threads", options.threads, "threads, each with a connection of its own");
    app.add_option("--count", options.count, "hand-ins in all; without it until SIGTERM");
    app.add_option("--seed", options.seed, "what is handed in and dropped depends on it");
    app.add_option("--drop", options.drop, "share of answers that are not waited for, 0 to 1");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(options);
}
