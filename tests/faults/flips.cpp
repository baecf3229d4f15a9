// zt_flips: changes one bit in one file of a small place, verifies, and puts the bit back. A flip
// that changes any event, row, key or answer must be found; one that verify passes over must have
// changed nothing, which a dump of all tables and the answers of the views prove.
//
// Exit codes: 0 sound, 1 a flip passed unseen, 2 wrong use.

#include "base/seeded_random.hpp"
#include "faults/place.hpp"
#include "faults/requests.hpp"
#include "faults/scratch_folder.hpp"
#include "service/codec.hpp"

#include <CLI/CLI.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::faults {
namespace {

namespace files = std::filesystem;

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes;
    CHECK(file.good());
}

/// Hands in, goes on, enrolls firms. out: the appeals.
std::vector<MatterId> live(service::Tenant& tenant, SeededRandom& random, int requests) {
    const Requests texts(tenant.ledger());
    UtcMs now = *parse_instant("2022-08-01 09:10");
    std::vector<MatterId> appeals;
    for (int one = 0; one < requests; ++one) {
        now += Millis{60'000};
        std::array<std::uint8_t, 10> rest{};
        random.fill(rest);
        std::string text = Requests::to_register(1 + random.below(3), random.next() % 1000);
        if (one % 7 == 3) {
            text = Requests::to_enroll_firm(random.next() % 1000);
        } else if (one % 3 == 2 && !appeals.empty()) {
            text = Requests::to_step(random.below(3), appeals[random.below(appeals.size())]);
        }
        const auto submit = texts.submit_of(text, uuid7(now, rest), "flips");
        CHECK(submit.has_value());
        const auto answer = tenant.ledger().submit(*submit, now);
        if (answer && text.starts_with("register")) {
            appeals.push_back(answer->rows.front().matter);
        }
    }
    return appeals;
}

/// A place in one of two states: closed in order, or as a kill left it, with a log.
class Sample {
  public:
    Sample(const ScratchFolder& folder, const std::string& name, bool is_killed)
        : path_(folder / name), copy_(folder / (name + "-copy")) {
        SeededRandom random(7);
        CHECK(make_place(path_, random).has_value());
        {
            auto tenant = open_place(path_, store::Access::write, random);
            CHECK(tenant.has_value());
            const auto appeals = live(**tenant, random, 60);
            const auto erased = (*tenant)->ledger().erase(appeals.front(), UtcMs{});
            CHECK(erased.has_value());
            CHECK((*tenant)->save_views().has_value());
        }
        if (is_killed) {
            kill_at_work();
        }
        for (const auto& entry : files::recursive_directory_iterator(path_)) {
            if (entry.is_regular_file()) {
                originals_[entry.path()] = bytes_of(entry.path());
            }
        }
        originals_[path_ + ".key"] = bytes_of(path_ + ".key");
        dump_ = dump();
        CHECK(verifies().empty());
    }

    struct Flip {
        std::string file;
        std::size_t bit = 0;
    };
    /// Half of them anywhere, half of them in each file alike.
    [[nodiscard]] Flip choose(SeededRandom& random) const {
        std::size_t bytes = 0;
        for (const auto& [path, content] : originals_) {
            bytes += content.size();
        }
        std::size_t at = random.below(bytes);
        auto place = originals_.begin();
        if (random.below(2) == 0) {
            do {
                place = std::next(
                    originals_.begin(), static_cast<std::ptrdiff_t>(random.below(originals_.size()))
                );
            } while (place->second.empty());
            at = random.below(place->second.size());
        } else {
            while (at >= place->second.size()) {
                at -= place->second.size();
                ++place;
            }
        }
        return {place->first, at * 8 + random.below(8)};
    }

    enum class Outcome : std::uint8_t { found, harmless, unseen };
    Outcome judge(const Flip& flip) {
        std::string bytes = originals_.at(flip.file);
        char& byte = bytes[flip.bit / 8];
        byte = static_cast<char>(byte ^ (1 << (flip.bit % 8)));
        write_bytes(flip.file, bytes);
        Outcome outcome = Outcome::found;
        if (verifies().empty()) {
            outcome = dump() == dump_ ? Outcome::harmless : Outcome::unseen;
        }
        write_bytes(flip.file, originals_.at(flip.file));
        return outcome;
    }
    /// Whether looking changed nothing.
    [[nodiscard]] bool is_untouched() const {
        return std::ranges::all_of(originals_, [](const auto& one) {
            return bytes_of(one.first) == one.second;
        });
    }
    [[nodiscard]] std::string name_of(const std::string& file) const {
        return file.starts_with(path_ + "/") ? file.substr(path_.size() + 1) : "key file";
    }

  private:
    void kill_at_work() {
        const pid_t child = ::fork();
        CHECK(child >= 0);
        if (child == 0) {
            SeededRandom random(8);
            auto tenant = open_place(path_, store::Access::write, random);
            CHECK(tenant.has_value());
            CHECK(!live(**tenant, random, 25).empty());
            ::_exit(0);
        }
        int status = 0;
        CHECK(::waitpid(child, &status, 0) == child && status == 0);
        CHECK(files::file_size(path_ + "/ledger.db-wal") > 0);
    }

    [[nodiscard]] Result<std::unique_ptr<service::Tenant>> open() const {
        service::Opening opening;
        opening.path = path_;
        opening.key_file = path_ + ".key";
        return service::Tenant::open(opening);
    }
    /// What verify says; empty when it finds the place sound.
    [[nodiscard]] std::string verifies() const {
        auto tenant = open();
        if (!tenant) {
            return to_string(tenant.error());
        }
        const auto proof = (*tenant)->verify();
        return proof ? std::string() : to_string(proof.error());
    }

    /// Every table of a copy, then what the views and the vault answer.
    [[nodiscard]] std::string dump() const {
        files::remove_all(copy_);
        files::copy(path_, copy_, files::copy_options::recursive);
        std::string text = dump_tables(copy_ + "/ledger.db");
        auto tenant = open();
        if (!tenant) {
            return text + to_string(tenant.error());
        }
        return text + dump_answers(**tenant);
    }

    static std::string dump_tables(const std::string& file) {
        std::string text;
        sqlite3* handle = nullptr;
        CHECK(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
        const auto add = [](void* out, int count, char** values, char** /*names*/) {
            auto& all = *static_cast<std::string*>(out);
            for (int one = 0; one < count; ++one) {
                (all += values[one] == nullptr ? "NULL" : values[one]) += '|';
            }
            all += '\n';
            return 0;
        };
        for (const char* sql :
             {"SELECT seq, matter, prev_seq, hex(envelope), hex(payload), hex(sealed), hex(hash) "
              "FROM event",
              "SELECT * FROM matter",
              "SELECT id FROM matter ORDER BY number",
              "SELECT hex(key), hex(body), first_seq, last_seq FROM key",
              "SELECT hex(hash), matter FROM claim",
              "SELECT name, value FROM sequence",
              "SELECT slot, matter, hex(wrapped) FROM seal_key",
              "SELECT slot FROM seal_key ORDER BY matter, slot",
              "SELECT seq, text, hex(hash) FROM audit",
              "SELECT name, value FROM setting",
              "SELECT type, name, version, text FROM definition",
              "SELECT * FROM head"}) {
            char* error = nullptr;
            if (sqlite3_exec(handle, sql, add, &text, &error) != SQLITE_OK) {
                text += error == nullptr ? "unreadable" : error;
                sqlite3_free(error);
            }
        }
        sqlite3_close(handle);
        return text;
    }

    static std::string dump_answers(service::Tenant& tenant) {
        std::string text;
        const auto head = tenant.store().head();
        if (!head) {
            return to_string(head.error());
        }
        const auto scanned = tenant.store().scan(1, head->seq, [&](const store::EventRow& row) {
            const auto event = service::event_of_row(row);
            const auto texts = event ? tenant.open_texts(*event) : std::unexpected(event.error());
            if (!texts) {
                text += std::string(name_of_code(texts.error().code)) + '\n';
                return true;
            }
            for (const auto& one : *texts) {
                text += one.name + '=' + one.text + '\n';
            }
            return true;
        });
        text += scanned ? "" : to_string(scanned.error());
        return text + dump_lists(tenant) + dump_figures(tenant);
    }
    static std::string_view name_of_code(Errc code) { return zt::name_of(code); }

    static std::string dump_lists(service::Tenant& tenant) {
        const auto lists = tenant.lists();
        if (!lists) {
            return to_string(lists.error());
        }
        const auto page = (*lists)->page({}, std::nullopt, views::list_page_max);
        if (!page) {
            return to_string(page.error());
        }
        std::string text;
        for (const auto& row : page->rows) {
            text += std::to_string(row.id.value) + ' ' + row.number + ' ' + row.kind + ' ' +
                    row.stage + ' ' + row.channel + ' ' + row.category + ' ' +
                    std::to_string(row.version) + ' ' +
                    std::to_string(row.changed.time_since_epoch().count()) + ' ' +
                    std::to_string(row.lead.value) + ' ' + std::to_string(row.office.value) + '\n';
        }
        return text;
    }
    /// Figures equal to a fold from zero answer as that does.
    static std::string dump_figures(service::Tenant& tenant) {
        views::Figures fresh;
        const auto done = service::catch_up(fresh, tenant.store(), tenant.rules().calendar.offset);
        if (!done) {
            return to_string(done.error());
        }
        return fresh.difference(tenant.figures()).value_or("figures follow from the events\n");
    }

    std::string path_, copy_;
    std::map<std::string, std::string> originals_;
    std::string dump_;
};

int run(std::int64_t flips, std::uint64_t seed) {
    const ScratchFolder folder;
    std::array<std::unique_ptr<Sample>, 2> samples{
        std::make_unique<Sample>(folder, "closed", false),
        std::make_unique<Sample>(folder, "killed", true)
    };
    SeededRandom random(seed);
    std::map<std::string, std::int64_t> found, harmless;
    std::int64_t unseen = 0;
    for (std::int64_t one = 0; one < flips; ++one) {
        Sample& sample = *samples[static_cast<std::size_t>(one % 2)];
        const auto flip = sample.choose(random);
        const std::string name = sample.name_of(flip.file);
        const std::string group = name.substr(0, name.find('/'));
        switch (sample.judge(flip)) {
        case Sample::Outcome::found: ++found[group]; break;
        case Sample::Outcome::harmless: ++harmless[group]; break;
        case Sample::Outcome::unseen:
            ++unseen;
            std::fprintf(stderr, "zt_flips: unseen: %s, bit %zu\n", name.c_str(), flip.bit);
        }
    }
    const bool is_untouched = samples[0]->is_untouched() && samples[1]->is_untouched();
    if (!is_untouched) {
        std::fputs("zt_flips: verify changed a file\n", stderr);
    }
    const auto told = [](const std::map<std::string, std::int64_t>& counts) {
        std::int64_t all = 0;
        for (const auto& [name, count] : counts) {
            std::fprintf(stderr, "  %-16s %lld\n", name.c_str(), static_cast<long long>(count));
            all += count;
        }
        return all;
    };
    std::fputs("found\n", stderr);
    const std::int64_t all_found = told(found);
    std::fputs("harmless\n", stderr);
    const std::int64_t all_harmless = told(harmless);
    Json json = Json::object();
    json.set("flips", flips).set("found", all_found).set("harmless", all_harmless);
    json.set("unseen", unseen).set("problems", unseen + (is_untouched ? 0 : 1));
    std::printf("%s\n", to_canonical(json).c_str());
    return unseen == 0 && is_untouched ? 0 : 1;
}

}  // namespace
}  // namespace zt::faults

int main(int count, char** words) {
    std::int64_t flips = 100;
    std::uint64_t seed = 1;
    CLI::App app{"Changes single bits in the files of a small place and lets verify find them."};
    app.add_option("--flips", flips, "how many");
    app.add_option("--seed", seed, "which");
    CLI11_PARSE(app, count, words);
    return zt::faults::run(flips, seed);
}
