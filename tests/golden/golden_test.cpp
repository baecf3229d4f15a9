// Logs that earlier releases wrote: today's program reads every event of them, the chain holds, and
// each matter stands as it stood. tests/golden/VERSION/SCRIPT.jsonl.gz; docs/internals/ledger.md
// says how a release adds its own.

#include "app/import/byte_source.hpp"
#include "app/scenario/runner.hpp"
#include "base/text.hpp"
#include "service/replay.hpp"
#include "service/verify.hpp"
#include "store/memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace zt::app::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view digits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string from_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        bytes += static_cast<char>(digits.find(text[at]) * 16 + digits.find(text[at + 1]));
    }
    return bytes;
}

std::string line_of(const store::EventRow& row) {
    Json line = Json::object();
    line.set("envelope", row.envelope).set("payload", row.payload);
    line.set("sealed", to_hex(row.sealed)).set("hash", zt::to_hex(row.hash));
    return to_canonical(line);
}

/// How a matter stands, as far as a later release must not read it otherwise.
std::string line_of(const State& state) {
    JsonArray each;
    for (const auto& clock : state.clocks) {
        each.emplace_back(
            clock.name + " " + std::string(zt::name_of(clock.state)) + " " +
            std::to_string(clock.due.time_since_epoch().count())
        );
    }
    Json line = Json::object();
    line.set("number", state.number).set("kind", state.kind).set("stage", state.stage);
    line.set("version", state.version).set("turn", static_cast<std::int64_t>(state.turn));
    line.set("clocks", std::move(each));
    line.set("hands", static_cast<std::int64_t>(state.hands.size()));
    line.set("links", static_cast<std::int64_t>(state.links.size()));
    line.set("ratings", static_cast<std::int64_t>(state.ratings.size()));
    return to_canonical(line);
}

/// All matters of a log after its last event, in order of their first.
Result<std::vector<std::string>> fold_all(store::Reader& store) {
    std::map<MatterId, std::shared_ptr<const State>> states;
    TRY(const auto head, store.head());
    service::Replayer replayer(store);
    TRY_VOID(replayer.run(1, head.seq, [&](const service::Replayed& one) -> Result<void> {
        if (envelope_text(one.event) != one.row.envelope ||
            payload_text(one.event) != one.row.payload) {
            return fail(Errc::fold_differs, "written again it has other bytes");
        }
        states[one.after->id] = one.after;
        return {};
    }));
    std::vector<std::string> lines;
    for (const auto& [id, state] : states) {
        lines.push_back(line_of(*state));
    }
    return lines;
}

Result<std::vector<std::string>> lines_of(const fs::path& file) {
    TRY(auto source, ByteSource::open(file.string()));
    std::string text;
    std::vector<char> block(1 << 16);
    for (;;) {
        TRY(const std::size_t count, source.read(block));
        if (count == 0) {
            break;
        }
        text.append(block.data(), count);
    }
    std::vector<std::string> lines;
    for (auto& line : split(text, '\n')) {
        if (!line.empty()) {
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

struct Log {
    std::unique_ptr<store::Store> store = store::open_memory();
    std::vector<std::string> matters;
};

/// Event lines, then one line a matter.
Result<Log> read_log(const fs::path& file) {
    Log log;
    store::Batch batch;
    std::map<MatterId, Seq> last;
    TRY(const auto lines, lines_of(file));
    for (const auto& line : lines) {
        TRY(const Json json, parse_canonical(line));
        if (json.find("envelope") == nullptr) {
            log.matters.push_back(line);
            continue;
        }
        store::EventRow row;
        row.seq = static_cast<Seq>(batch.events.size()) + 1;
        row.envelope = json["envelope"].as_string();
        row.payload = json["payload"].as_string();
        row.sealed = from_hex(json["sealed"].as_string());
        const std::string hash = from_hex(json["hash"].as_string());
        std::copy(hash.begin(), hash.end(), row.hash.begin());
        TRY(const Json envelope, parse_canonical(row.envelope));
        row.matter = MatterId{envelope["matter"].as_int()};
        row.prev_seq = std::exchange(last[row.matter], row.seq);
        batch.last_matter = std::max(batch.last_matter, row.matter);
        batch.events.push_back(std::move(row));
    }
    TRY_VOID(log.store->append(batch));
    return log;
}

std::vector<fs::path> golden_logs() {
    std::vector<fs::path> found;
    for (const auto& one : fs::recursive_directory_iterator(ZT_SOURCE_DIR "/tests/golden")) {
        if (one.path().string().ends_with(".jsonl.gz")) {
            found.push_back(one.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

class EveryGoldenLog : public testing::TestWithParam<fs::path> {};

TEST_P(EveryGoldenLog, is_read_as_the_release_that_wrote_it_read_it) {
    const auto log = read_log(GetParam());
    ASSERT_TRUE(log) << to_string(log.error());
    const auto chain = service::verify_chain(*log->store);
    ASSERT_TRUE(chain) << to_string(chain.error());
    EXPECT_GT(chain->events, 0);
    const auto matters = fold_all(*log->store);
    ASSERT_TRUE(matters) << to_string(matters.error());
    EXPECT_EQ(log->matters, *matters);
}

TEST_P(EveryGoldenLog, says_so_when_one_byte_of_it_differs) {
    auto log = read_log(GetParam());
    ASSERT_TRUE(log) << to_string(log.error());
    auto altered = store::open_memory();
    store::Batch batch;
    ASSERT_TRUE(log->store->scan(1, log->store->head()->seq, [&](const store::EventRow& row) {
        batch.events.push_back(row);
        return true;
    }));
    batch.events[batch.events.size() / 2].payload.back() ^= 1;
    ASSERT_TRUE(altered->append(batch));
    const auto chain = service::verify_chain(*altered);
    ASSERT_FALSE(chain);
    EXPECT_EQ(Errc::chain_broken, chain.error().code);
}

std::string name_of_log(const testing::TestParamInfo<fs::path>& info) {
    std::string name =
        info.param.parent_path().filename().string() + "_" + info.param.stem().stem().string();
    std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(
    of_each_release, EveryGoldenLog, testing::ValuesIn(golden_logs()), name_of_log
);

void write_log(const std::string& script_file, const fs::path& log_file) {
    const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
    ASSERT_TRUE(files);
    std::ifstream stream(script_file);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    const auto script = parse_script(text, script_file);
    ASSERT_TRUE(script) << script_file;
    Coverage coverage;
    const auto outcome = play(*script, *files, coverage, [&](MemoryTenant& tenant) {
        std::ofstream out(log_file, std::ios::binary);
        auto& store = tenant.reader();
        ASSERT_TRUE(store.scan(1, store.head()->seq, [&](const store::EventRow& row) {
            out << line_of(row) << '\n';
            return true;
        }));
        const auto matters = fold_all(store);
        ASSERT_TRUE(matters);
        for (const auto& line : *matters) {
            out << line << '\n';
        }
    });
    EXPECT_TRUE(outcome.failures.empty()) << script_file;
}

// ZHITONG_WRITE_GOLDEN=VERSION writes tests/golden/VERSION/*.jsonl, one a script; gzip -9n them.
TEST(GoldenLogs, are_written_when_asked_for) {
    const char* version = std::getenv("ZHITONG_WRITE_GOLDEN");
    if (version == nullptr) {
        GTEST_SKIP() << "a release writes its logs with ZHITONG_WRITE_GOLDEN=VERSION";
    }
    const fs::path folder = fs::path(ZT_SOURCE_DIR "/tests/golden") / version;
    fs::create_directories(folder);
    const auto scripts = find_scripts({ZT_SOURCE_DIR "/kinds"});
    ASSERT_TRUE(scripts);
    for (const auto& script : *scripts) {
        // Scripts of figures repeat one short life hundreds of times.
        if (script.find("figures") == std::string::npos) {
            write_log(script, folder / fs::path(script).stem().replace_extension(".jsonl"));
        }
    }
}

}  // namespace
}  // namespace zt::app::scenario
