// `key split`, `combine`, `check`, `rotate`, `drill`: the master key, its recovery shares and its
// change (docs/operating/keys.md).

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "service/rotation.hpp"
#include "store/sqlite.hpp"
#include "vault/key_file.hpp"
#include "vault/shares.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

// A share is a line of 130 characters; a sheet may hold some words around it.
constexpr std::size_t sheet_bytes_max = 4096;
constexpr std::string_view share_heading = "zhitong-share-1";
// Enough to be sure, quick enough to be done each quarter.
constexpr std::int64_t drill_matters_max = 1000;

struct ShareOptions {
    DataOptions data;
    std::vector<std::string> shares;
};

std::string key_file_of(const DataOptions& options) {
    return options.key.empty() ? options.data + ".key" : options.key;
}

Result<std::unique_ptr<store::Store>> open_ledger(const DataOptions& options) {
    TRY(const auto directory, store::DataDirectory::open(options.data, store::Access::read));
    return store::open_sqlite(directory.ledger_file(), store::Access::read);
}

Result<std::string> check_value_of(store::Reader& store) {
    TRY(const auto value, store.setting(service::key_check_setting));
    if (!value) {
        return fail(Errc::damaged, "the ledger does not say which key is its own");
    }
    return *value;
}

Result<vault::MasterKey> load_key(const DataOptions& options, store::Reader& store) {
    TRY_VOID(service::check_no_rotation(store));
    TRY(const std::string check, check_value_of(store));
    return vault::load_key_file(key_file_of(options), check);
}

/// The line of a share in a file, or in the word itself. Never repeated in an error.
Result<vault::Share> share_from(const std::string& word) {
    if (word.starts_with(share_heading)) {
        return vault::read_share(word);
    }
    std::ifstream file(word, std::ios::binary);
    if (!file) {
        return fail(Errc::bad_file, "there is no file with a share here", word);
    }
    std::string text(sheet_bytes_max, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    const std::size_t begin = text.find(share_heading);
    if (begin == std::string::npos) {
        return fail(
            Errc::share_wrong, "the file holds no line that begins with zhitong-share-1", word
        );
    }
    const std::size_t end = text.find('\n', begin);
    auto share = vault::read_share(std::string_view(text).substr(begin, end - begin));
    if (!share) {
        return fail(share.error().code, share.error().detail, word);
    }
    return share;
}

Result<int> run_split(const Request& request, const DataOptions& options) {
    TRY(auto store, open_ledger(options));
    TRY(const auto key, load_key(options, *store));
    const auto shares = vault::split(key.secret(), *request.world.random);
    if (request.is_json) {
        Json lines = Json::array();
        for (const auto& share : shares) {
            lines.push(vault::to_text(share));
        }
        print_json(
            request,
            Json::object()
                .set("shares", std::move(lines))
                .set("needed", std::int64_t{vault::shares_needed})
        );
        return exit_fine;
    }
    for (const auto& share : shares) {
        request.out() << request.text(
                             "cli.key.split.sheet",
                             {{"number", std::to_string(share.number)}, {"data", options.data}}
                         )
                      << "\n\n"
                      << vault::to_text(share) << "\n\n";
    }
    request.err() << request.text("cli.key.split.done") << '\n';
    return exit_fine;
}

Result<int> run_combine(const Request& request, const ShareOptions& options) {
    TRY(const auto one, share_from(options.shares[0]));
    TRY(const auto other, share_from(options.shares[1]));
    TRY(const auto secret, vault::combine(one, other));
    const vault::MasterKey key(secret);
    TRY(auto store, open_ledger(options.data));
    TRY(const std::string check, check_value_of(*store));
    if (!key.check(check)) {
        return fail(
            Errc::share_wrong, "these shares give a key, but not that of this data directory"
        );
    }
    TRY_VOID(vault::write_key_file(key_file_of(options.data), key));
    if (request.is_json) {
        print_json(request, Json::object().set("key", key_file_of(options.data)));
    } else {
        request.out() << request.text("cli.key.combine.done", {{"key", key_file_of(options.data)}})
                      << '\n';
    }
    return exit_fine;
}

Result<int> run_check(const Request& request, const DataOptions& options) {
    TRY(auto store, open_ledger(options));
    TRY(const auto key, load_key(options, *store));
    TRY(const auto head, store->head());
    std::int64_t keys = 0, erased = 0;
    for (MatterId matter{1}; matter <= head.last_matter; ++matter.value) {
        TRY(const auto wrapped, store->seal_key(matter));
        if (!wrapped || wrapped->empty() || vault::is_erased(*wrapped)) {
            erased += wrapped ? 1 : 0;
            continue;
        }
        TRY(const auto opened, vault::unwrap(key, matter, *wrapped));
        ignore(opened, "only that it opens");
        ++keys;
    }
    if (request.is_json) {
        print_json(request, Json::object().set("keys", keys).set("erased", erased));
    } else {
        request.out() << request.text(
                             "cli.key.check.done",
                             {{"keys", std::to_string(keys)}, {"erased", std::to_string(erased)}}
                         )
                      << '\n';
    }
    return exit_fine;
}

Result<int> run_rotate(const Request& request, const DataOptions& options) {
    service::Rotation rotation;
    rotation.path = options.data;
    rotation.key_file = key_file_of(options);
    rotation.random = request.world.random;
    TRY(const auto result, service::rotate_master_key(rotation));
    if (request.is_json) {
        print_json(
            request, Json::object().set("wrapped", result.wrapped).set("resumed", result.is_resumed)
        );
    } else {
        request.out() << request.text(
                             result.is_resumed ? "cli.key.rotate.resumed" : "cli.key.rotate.done",
                             {{"wrapped", std::to_string(result.wrapped)},
                              {"key", key_file_of(options)}}
                         )
                      << '\n';
    }
    return exit_fine;
}

Result<int> run_drill(const Request& request, const ShareOptions& options) {
    TRY(const auto one, share_from(options.shares[0]));
    TRY(const auto other, share_from(options.shares[1]));
    TRY(auto store, open_ledger(options.data));
    TRY(const auto result, service::drill_shares(*store, one, other, drill_matters_max));
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("keys_opened", result.keys_opened)
                .set("parts_opened", result.parts_opened)
                .set("one_share_opens_nothing", true)
        );
    } else {
        request.out() << request.text(
                             "cli.key.drill.done",
                             {{"keys", std::to_string(result.keys_opened)},
                              {"parts", std::to_string(result.parts_opened)}}
                         )
                      << '\n';
    }
    return exit_fine;
}

/// A command on a data directory and its key alone.
void add_plain(const Registration& here, Result<int> (*run)(const Request&, const DataOptions&)) {
    const auto options = std::make_shared<DataOptions>();
    add_data_options(here, *options);
    here.run = [options, run](const Request& request) { return run(request, *options); };
}

/// One that takes two shares beside it.
void add_shared(const Registration& here, Result<int> (*run)(const Request&, const ShareOptions&)) {
    const auto options = std::make_shared<ShareOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--shares", options->shares, here.help("shares"))
        ->required()
        ->expected(static_cast<int>(vault::shares_needed));
    here.run = [options, run](const Request& request) { return run(request, *options); };
}

}  // namespace

void add_key_split(const Registration& here) { add_plain(here, run_split); }
void add_key_combine(const Registration& here) { add_shared(here, run_combine); }
void add_key_check(const Registration& here) { add_plain(here, run_check); }
void add_key_rotate(const Registration& here) { add_plain(here, run_rotate); }
void add_key_drill(const Registration& here) { add_shared(here, run_drill); }

}  // namespace zt::app
