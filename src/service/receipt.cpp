#include "service/receipt.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "domain/event.hpp"
#include "vault/seal.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace zt::service {

namespace {

/// 64 hex digits; one more would be a path longer than any tree.
constexpr std::size_t path_max = 64;

int digit_of(char one) {
    if (one >= '0' && one <= '9') {
        return one - '0';
    }
    return one >= 'a' && one <= 'f' ? one - 'a' + 10 : -1;
}

template <std::size_t bytes>
Result<std::array<std::uint8_t, bytes>> from_hex(std::string_view text, const char* at) {
    std::array<std::uint8_t, bytes> out{};
    bool is_hex = text.size() == 2 * bytes;
    for (std::size_t index = 0; is_hex && index < bytes; ++index) {
        const int high = digit_of(text[2 * index]), low = digit_of(text[2 * index + 1]);
        is_hex = high >= 0 && low >= 0;
        out.at(index) = static_cast<std::uint8_t>(is_hex ? high * 16 + low : 0);
    }
    if (!is_hex) {
        return fail(Errc::damaged, std::to_string(2 * bytes) + " hex digits are expected", at);
    }
    return out;
}

Result<Hash> hash_at(const Json& json, const char* name) {
    return from_hex<sizeof(Hash)>(json[name].as_string(), name);
}

Result<void> has_only(const Json& json, const std::set<std::string_view>& names) {
    for (const auto& [name, value] : json.members()) {
        if (!names.contains(name)) {
            return fail(Errc::damaged, "no member is called so", name);
        }
    }
    return {};
}

Result<HashAlgorithm> algorithm_at(const Json& json) {
    for (const auto one : {HashAlgorithm::sha256, HashAlgorithm::sm3}) {
        if (json["algorithm"].as_string() == name_of_algorithm(one)) {
            return one;
        }
    }
    return fail(Errc::damaged, "sha256 or sm3 is expected", "algorithm");
}

Result<views::DayRoot> root_at(const Json& json) {
    views::DayRoot root;
    TRY(root.day, parse_date(json["day"].as_string()));
    TRY(root.tree.root, hash_at(json, "root"));
    root.tree.size = json["size"].as_int();
    if (root.tree.size <= 0) {
        return fail(Errc::damaged, "a number of events is expected", "size");
    }
    return root;
}

Result<std::vector<Hash>> path_at(const Json& json) {
    const auto& steps = json["path"].as_array();
    if (!json["path"].is_array() || steps.size() > path_max) {
        return fail(Errc::damaged, "a list of at most 64 hashes is expected", "path");
    }
    std::vector<Hash> path;
    for (const Json& step : steps) {
        TRY(const Hash hash, from_hex<sizeof(Hash)>(step.as_string(), "path"));
        path.push_back(hash);
    }
    return path;
}

std::string sum_of(Json json) {
    json.erase("sum");
    return to_hex(hash_of(HashAlgorithm::sha256, to_canonical(json)));
}

std::string_view without_space_behind(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view view_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// As event_hash, from the hashes of payload and sealed parts.
Hash event_of(const Receipt& receipt) {
    const char algorithm_byte = static_cast<char>(receipt.algorithm);
    const Hash envelope = hash_of(receipt.algorithm, receipt.envelope);
    const std::array<std::string_view, 5> parts{
        std::string_view(&algorithm_byte, 1),
        view_of(receipt.previous),
        view_of(envelope),
        view_of(receipt.payload_hash),
        view_of(receipt.sealed_hash)
    };
    return hash_of(receipt.algorithm, parts);
}

}  // namespace

std::string_view name_of_algorithm(HashAlgorithm algorithm) {
    return algorithm == HashAlgorithm::sm3 ? "sm3" : "sha256";
}

Json json_of(const views::DayRoot& root) {
    return Json::object()
        .set("day", to_string(root.day))
        .set("root", to_hex(root.tree.root))
        .set("size", root.tree.size);
}

Json json_of(const std::vector<Hash>& path) {
    Json out = Json::array();
    for (const Hash& hash : path) {
        out.push(to_hex(hash));
    }
    return out;
}

Json to_json(const Receipt& receipt) {
    Json out = Json::object();
    out.set("format", receipt_format).set("algorithm", name_of_algorithm(receipt.algorithm));
    out.set("number", receipt.number).set("seq", receipt.seq);
    out.set("previous", to_hex(receipt.previous)).set("envelope", receipt.envelope);
    if (receipt.payload) {
        out.set("payload", *receipt.payload);
    } else {
        out.set("payload_hash", to_hex(receipt.payload_hash));
    }
    out.set("sealed_hash", to_hex(receipt.sealed_hash)).set("event", to_hex(receipt.event));
    Json salts = Json::object();
    for (const auto& [name, salt] : receipt.salts) {
        salts.set(name, salt);
    }
    out.set("salts", std::move(salts));
    if (receipt.inclusion) {
        Json inclusion = json_of(receipt.inclusion->root);
        out.set("inclusion", inclusion.set("path", json_of(receipt.inclusion->path)));
    }
    std::string sum = sum_of(out);
    return out.set("sum", std::move(sum));
}

Result<Receipt> read_receipt(std::string_view text) {
    TRY(const Json json, parse_canonical(without_space_behind(text)));
    if (json["format"].as_string() != receipt_format) {
        return fail(Errc::damaged, "this is no receipt of a hand-in", "format");
    }
    TRY_VOID(has_only(
        json,
        {"format",
         "algorithm",
         "number",
         "seq",
         "previous",
         "envelope",
         "payload",
         "payload_hash",
         "sealed_hash",
         "event",
         "salts",
         "inclusion",
         "sum"}
    ));
    if (json["sum"].as_string() != sum_of(json)) {
        return fail(Errc::damaged, "something in the file was changed", "sum");
    }
    Receipt out;
    TRY(out.algorithm, algorithm_at(json));
    out.number = json["number"].as_string();
    out.seq = json["seq"].as_int();
    out.envelope = json["envelope"].as_string();
    TRY(out.previous, hash_at(json, "previous"));
    TRY(out.sealed_hash, hash_at(json, "sealed_hash"));
    TRY(out.event, hash_at(json, "event"));
    if (json.find("payload") != nullptr) {
        out.payload = json["payload"].as_string();
        out.payload_hash = hash_of(out.algorithm, *out.payload);
    } else {
        TRY(out.payload_hash, hash_at(json, "payload_hash"));
    }
    for (const auto& [name, salt] : json["salts"].members()) {
        out.salts[name] = salt.as_string();
    }
    if (const Json* inclusion = json.find("inclusion")) {
        TRY_VOID(has_only(*inclusion, {"day", "root", "size", "path"}));
        TRY(auto root, root_at(*inclusion));
        TRY(auto path, path_at(*inclusion));
        out.inclusion = Inclusion{root, std::move(path)};
    }
    return out;
}

namespace {

/// The event says that number, and which parts it sealed with which commitment.
Result<void> check_payload(const Receipt& receipt, Checked& checked, Event& event) {
    if (!receipt.payload) {
        return {};
    }
    TRY_VOID(read_payload(event, *receipt.payload));
    TRY(const Json payload, parse_canonical(*receipt.payload));
    for (const Json& change : payload["do"].as_array()) {
        const auto& words = change.as_array();
        if (words.size() == 2 && words[0].as_string() == "number") {
            checked.shows_number = words[1].as_string() == receipt.number;
            if (!checked.shows_number) {
                return fail(
                    Errc::damaged, "the event has number " + words[1].as_string(), "number"
                );
            }
        }
    }
    if (!checked.shows_number) {
        return fail(Errc::damaged, "the event gives no number", "number");
    }
    for (const auto& one : event.commitments) {
        checked.sealed.push_back(one.name);
    }
    return {};
}

Result<void>
check_shown(const Receipt& receipt, const ShownTexts& shown, const Event& event, Checked& checked) {
    for (const auto& [name, text] : shown) {
        const auto one = std::ranges::find(event.commitments, name, &Commitment::name);
        const auto salt = receipt.salts.find(name);
        if (one == event.commitments.end() || salt == receipt.salts.end()) {
            return fail(Errc::not_found, "the receipt seals no such part", name);
        }
        TRY(const auto bytes, from_hex<sizeof(vault::Salt)>(salt->second, "salts"));
        if (vault::commitment_of(bytes, text) != one->value) {
            return fail(Errc::bad_value, "this is not the text that was handed in", name);
        }
        checked.proven.push_back(name);
    }
    return {};
}

}  // namespace

Result<Checked> check_receipt(const Receipt& receipt, const ShownTexts& shown) {
    if (event_of(receipt) != receipt.event) {
        return fail(Errc::damaged, "the event's hash does not follow from its parts", "event");
    }
    Event event;
    TRY_VOID(read_envelope(event, receipt.envelope));
    if (event.seq != receipt.seq) {
        return fail(Errc::damaged, "the event is number " + std::to_string(event.seq), "seq");
    }
    Checked out;
    out.place = event.tenant;
    out.recorded = event.recorded;
    TRY_VOID(check_payload(receipt, out, event));
    TRY_VOID(check_shown(receipt, shown, event, out));
    if (receipt.inclusion) {
        const Hash leaf = merkle::leaf_hash(receipt.algorithm, receipt.event);
        const auto& [root, path] = *receipt.inclusion;
        if (!merkle::proves_inclusion(receipt.algorithm, leaf, receipt.seq - 1, root.tree, path)) {
            return fail(Errc::damaged, "the path does not lead to the root", "inclusion");
        }
    }
    return out;
}

Result<std::vector<views::DayRoot>> read_roots(std::string_view text) {
    std::vector<views::DayRoot> out;
    if (text.starts_with('{')) {
        TRY(const Json json, parse_canonical(without_space_behind(text)));
        for (const Json& row : json["rows"].as_array()) {
            TRY(const auto root, root_at(row));
            out.push_back(root);
        }
        return out;
    }
    std::int64_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = without_space_behind(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const std::size_t first = line.find(' '), last = line.rfind(' ');
        const bool has_three = first != std::string_view::npos && last != first;
        const Result<std::int64_t> size =
            has_three ? parse_int(line.substr(first + 1, last - first - 1)) : fail(Errc::bad_value);
        const auto root = size ? root_at(Json::object()
                                             .set("day", line.substr(0, first))
                                             .set("size", *size)
                                             .set("root", line.substr(last + 1)))
                               : Result<views::DayRoot>(fail(Errc::bad_value));
        if (!root) {
            return fail(
                Errc::bad_value, "day, size and root are expected", "line " + std::to_string(number)
            );
        }
        out.push_back(*root);
    }
    return out;
}

Result<Continuation> read_continuation(std::string_view text) {
    TRY(const Json json, parse_canonical(without_space_behind(text)));
    Continuation out;
    TRY(out.algorithm, algorithm_at(json));
    TRY(out.first, root_at(json["first"]));
    TRY(out.second, root_at(json["second"]));
    TRY(out.path, path_at(json));
    return out;
}

}  // namespace zt::service
