#include "unit/store/worlds.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::store::test {
namespace {

std::string number_of(std::int64_t matter) { return "2022-" + std::to_string(matter); }

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> sides_of(Reader& reader) {
    std::vector<std::string> sides;
    SideVisitors visit;
    visit.key = [&](const KeyRow& row) {
        sides.push_back(
            "key " + std::string(row.key.begin(), row.key.end()) +
            std::string(row.body.begin(), row.body.end()) + std::to_string(row.first_seq) + ".." +
            std::to_string(row.last_seq)
        );
    };
    visit.claim = [&](const ClaimRow& row) {
        sides.push_back("claim " + to_hex(row.hash) + " " + std::to_string(row.matter.value));
    };
    visit.sequence = [&](const SequenceRow& row) {
        sides.push_back("sequence " + row.name + " " + std::to_string(row.value));
    };
    visit.seal_key = [&](const SealKeyRow& row) {
        sides.push_back("seal key " + std::to_string(row.matter.value) + " " + row.wrapped);
    };
    must(reader.scan_sides(visit));
    std::ranges::sort(sides);
    return sides;
}

void must_be_zero(int answer) {
    if (answer != 0) {
        ADD_FAILURE() << "the child ended with " << answer;
    }
}

}  // namespace

Folder::Folder() {
    std::string name = testing::TempDir() + "/zt-store-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        std::abort();
    }
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

World::World(Kind kind) : kind_(kind) {
    switch (kind_) {
    case Kind::memory: store_ = open_memory(); break;
    case Kind::sqlite: store_ = must(create_sqlite(ledger(), HashAlgorithm::sha256)); break;
    case Kind::faulty_memory: store_ = open_faulty(open_memory(), plan_); break;
    case Kind::faulty_sqlite:
        store_ = open_faulty(must(create_sqlite(ledger(), HashAlgorithm::sha256)), plan_);
        break;
    }
}

void World::reopen() {
    plan_.disarm();
    if (kind_ == Kind::sqlite || kind_ == Kind::faulty_sqlite) {
        store_.reset();
        store_ = must(open_sqlite(ledger(), Access::write));
    }
    if (kind_ == Kind::faulty_sqlite) {
        store_ = open_faulty(std::move(store_), plan_);
    }
}

std::string name_of(World::Kind kind) {
    switch (kind) {
    case World::Kind::memory: return "memory";
    case World::Kind::sqlite: return "sqlite";
    case World::Kind::faulty_memory: return "faulty_memory";
    case World::Kind::faulty_sqlite: return "faulty_sqlite";
    }
    return {};
}

Hash hash_with(std::int64_t number) {
    return hash_of(HashAlgorithm::sha256, std::to_string(number));
}

std::array<std::uint8_t, 16> key_with(std::int64_t number) {
    const Hash hash = hash_with(-number);
    std::array<std::uint8_t, 16> key{};
    std::copy_n(hash.begin(), key.size(), key.begin());
    return key;
}

std::string bytes_with(std::int64_t number, std::size_t size) {
    const Hash hash = hash_with(number);
    std::string bytes;
    for (std::size_t index = 0; index < size; ++index) {
        bytes += index % 33 == 32 ? '\0' : static_cast<char>(hash[index % 33]);
    }
    return bytes;
}

EventRow Writer::event(MatterId matter, Seq prev_seq) {
    EventRow row;
    row.seq = ++head_.seq;
    row.matter = matter;
    row.prev_seq = prev_seq;
    row.envelope = bytes_with(row.seq, 150);
    row.payload = bytes_with(row.seq + 1, static_cast<std::size_t>(row.seq % 7) * 200);
    row.sealed = row.seq % 3 == 0 ? std::string() : bytes_with(row.seq + 2, 90);
    row.hash = hash_with(row.seq + 3);
    head_.hash = row.hash;
    return row;
}

Batch Writer::hand_ins(int count) {
    Batch batch;
    for (int index = 0; index < count; ++index) {
        const MatterId id{head_.last_matter.value + 1};
        head_.last_matter = id;
        batch.events.push_back(event(id, 0));
        const Seq seq = head_.seq;
        const MatterRow row{
            id, 1, seq, "appeal", id.value % 4 == 0 ? "" : number_of(id.value), true
        };
        rows_[id] = row;
        batch.matters.push_back(row);
        batch.keys.push_back(
            {key_with(seq), {1, 2, 3, 4, 5, 6, 7, static_cast<std::uint8_t>(seq)}, seq, seq}
        );
        batch.claims.push_back({hash_with(id.value), id});
        batch.seal_keys.push_back({id, "key " + bytes_with(id.value, 72)});
    }
    batch.sequences.push_back({"appeal/2022", head_.last_matter.value});
    const std::int64_t audit = ++head_.audit_seq;
    head_.audit_hash = hash_with(-audit);
    batch.audit.push_back({audit, "{\"n\":" + std::to_string(audit) + "}", head_.audit_hash});
    batch.last_matter = head_.last_matter;
    return batch;
}

Batch Writer::follow_ups(const std::vector<MatterId>& matters) {
    Batch batch;
    for (const MatterId id : matters) {
        MatterRow& row = rows_.at(id);
        batch.events.push_back(event(id, row.last_seq));
        row.last_seq = head_.seq;
        ++row.version;
        row.is_open = row.version % 2 == 1;
        batch.matters.push_back(row);
    }
    batch.last_matter = head_.last_matter;
    return batch;
}

Content content_of(Reader& reader) {
    Content all;
    all.head = must(reader.head());
    must(reader.scan(1, all.head.seq, [&](const EventRow& row) {
        all.events.push_back(row);
        return true;
    }));
    must(reader.scan_matters([&](const MatterRow& row) {
        all.matters.push_back(row);
        return true;
    }));
    all.audit = must(reader.audit(1, all.head.audit_seq + 1));
    all.definitions = must(reader.definitions());
    const auto note = [&all](const std::string& text) { all.looked_up.push_back(text); };
    for (Seq seq = 1; seq <= all.head.seq; ++seq) {
        const std::optional<KeyRow> key = must(reader.key(key_with(seq)));
        note(
            key ? std::to_string(key->first_seq) + ".." + std::to_string(key->last_seq) : "no key"
        );
        if (key) {
            note(std::string(key->body.begin(), key->body.end()));
        }
    }
    for (std::int64_t id = 1; id <= all.head.last_matter.value; ++id) {
        note(std::to_string(must(reader.claim(hash_with(id))).value_or(MatterId{}).value));
        note(must(reader.seal_key(MatterId{id})).value_or("no sealing key"));
        const std::optional<MatterRow> row = must(reader.matter_by_number(number_of(id)));
        note(row ? std::to_string(row->id.value) : "no number");
    }
    note(std::to_string(must(reader.sequence("appeal/2022"))));
    note(must(reader.setting("tenant")).value_or("no setting"));
    all.sides = sides_of(reader);
    return all;
}

std::string picture_of(const std::string& folder) {
    const Folder other;
    const std::string answer = other.file("picture");
    must_be_zero(in_child([&] {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const auto time = entry.last_write_time().time_since_epoch().count();
            const std::string bytes =
                entry.is_regular_file() ? bytes_of(entry.path()) : std::string();
            files[entry.path()] = std::to_string(time) + " " + std::to_string(bytes.size()) + " " +
                                  to_hex(hash_of(HashAlgorithm::sha256, bytes));
        }
        std::ofstream file(answer, std::ios::binary);
        for (const auto& [path, text] : files) {
            file << path << " " << text << "\n";
        }
        return 0;
    }));
    return bytes_of(answer);
}

bool any_file_contains(const std::string& folder, const std::string& bytes) {
    return in_child([&] {
               for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
                   if (entry.is_regular_file() && bytes_of(entry.path()).contains(bytes)) {
                       return 7;
                   }
               }
               return 0;
           }) == 7;
}

int in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        const int answer = work();
        ::_exit(
            testing::Test::HasFailure() ? 1 : answer
        );  // without the destructors of the parent's objects
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int as_stranger(const std::function<int()>& work) {
    return in_child([&] {
        constexpr uid_t nobody = 65534;
        if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) {
            return -2;
        }
        return work();
    });
}

}  // namespace zt::store::test
