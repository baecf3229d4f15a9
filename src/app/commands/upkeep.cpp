// `verify`, `replay`, `backup`, `restore`, `erase`: keeping a ledger whole.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "service/accounts.hpp"
#include "service/answers.hpp"
#include "service/matter_files.hpp"
#include "service/rotation.hpp"
#include "service/saved_views.hpp"
#include "store/sqlite.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

namespace files = std::filesystem;

Result<int> print_proof(const Request& request, const service::Proof& proof, const char* key) {
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("events", proof.events)
                .set("matters", proof.matters)
                .set("audit_rows", proof.audit_rows)
                .set("head", to_hex(proof.head))
                .set("sound", true)
        );
        return exit_fine;
    }
    request.out() << request.text(
                         key,
                         {{"events", std::to_string(proof.events)},
                          {"matters", std::to_string(proof.matters)},
                          {"audit", std::to_string(proof.audit_rows)},
                          {"head", to_hex(proof.head)}}
                     )
                  << '\n';
    return exit_fine;
}

struct VerifyOptions {
    DataOptions data;
    bool is_chain_only = false;
};

/// Each one that is lost or altered is named; then the whole is damaged.
Result<void> check_files(const Request& request, service::Tenant& tenant) {
    std::int64_t faults = 0;
    const auto found = [&](const service::FileFault& fault) {
        ++faults;
        request.err() << request.text(
                             fault.code == Errc::not_found ? "cli.verify.file_lost"
                                                           : "cli.verify.file_altered",
                             {{"file", fault.hash}, {"matter", std::to_string(fault.matter.value)}}
                         )
                      << '\n';
    };
    TRY_VOID(service::verify_files(
        tenant.store(), service::files_folder(tenant.directory().path()), found
    ));
    return faults == 0 ? Result<void>{}
                       : fail(Errc::damaged, std::to_string(faults) + " files are not whole");
}

Result<int> run_verify(const Request& request, const VerifyOptions& options) {
    if (options.is_chain_only) {
        // The chain is proven from the bytes alone: no definition, view or key is asked.
        TRY(const auto directory,
            store::DataDirectory::open(options.data.data, store::Access::read));
        TRY(auto store, store::open_sqlite(directory.ledger_file(), store::Access::read));
        TRY(const auto proof, service::verify_chain(*store));
        return print_proof(request, proof, "cli.verify.chain_sound");
    }
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const auto proof, tenant->verify());
    TRY_VOID(check_files(request, *tenant));
    return print_proof(request, proof, "cli.verify.sound");
}

Result<int> run_replay(const Request& request, const DataOptions& options) {
    TRY(auto tenant, open_data(request, options, store::Access::write));
    TRY(const auto proof, tenant->replay());
    return print_proof(request, proof, "cli.replay.done");
}

struct BackupOptions {
    DataOptions data;
    std::string to;
};

/// A backup is a data directory of its own, without the key: both together would open everything.
Result<int> run_backup(const Request& request, const BackupOptions& options) {
    TRY(const auto from, store::DataDirectory::open(options.data.data, store::Access::read));
    TRY(auto store, store::open_sqlite(from.ledger_file(), store::Access::read));
    // Half of its keys would open with one master key, half with another.
    TRY_VOID(service::check_no_rotation(*store));
    TRY(const auto to, store::DataDirectory::create(options.to));
    TRY_VOID(service::copy_accounts(from.sessions_file(), to.sessions_file()));
    TRY_VOID(store->copy_to(to.ledger_file()));
    TRY(auto copy, store::open_sqlite(to.ledger_file(), store::Access::read));
    // After the ledger: a file never changes, and one that the copy names goes a day after its
    // matter was erased at the earliest.
    TRY_VOID(service::copy_files(
        service::files_folder(options.data.data), service::files_folder(options.to)
    ));
    TRY_VOID(service::copy_saved_views(
        service::saved_views_file(options.data.data), service::saved_views_file(options.to)
    ));
    TRY_VOID(service::copy_answers(
        service::answers_file(options.data.data), service::answers_file(options.to)
    ));
    TRY(const auto proof, service::verify_chain(*copy));
    return print_proof(request, proof, "cli.backup.done");
}

struct RestoreOptions {
    DataOptions data;
    std::string from;
};

Result<int> run_restore(const Request& request, const RestoreOptions& options) {
    TRY(const auto from, store::DataDirectory::open(options.from, store::Access::read));
    TRY(auto store, store::open_sqlite(from.ledger_file(), store::Access::read));
    TRY_VOID(service::verify_chain(*store));
    {
        TRY(const auto to, store::DataDirectory::create(options.data.data));
        TRY_VOID(service::copy_accounts(from.sessions_file(), to.sessions_file()));
        TRY_VOID(store->copy_to(to.ledger_file()));
        TRY_VOID(service::copy_files(
            service::files_folder(options.from), service::files_folder(options.data.data)
        ));
        TRY_VOID(service::copy_saved_views(
            service::saved_views_file(options.from), service::saved_views_file(options.data.data)
        ));
        TRY_VOID(service::copy_answers(
            service::answers_file(options.from), service::answers_file(options.data.data)
        ));
    }
    DataOptions restored = options.data;
    TRY(auto tenant, open_data(request, restored, store::Access::write));
    TRY(const auto proof, tenant->replay());
    return print_proof(request, proof, "cli.restore.done");
}

struct EraseOptions {
    DataOptions data;
    std::string number;
};

Result<int> run_erase(const Request& request, const EraseOptions& options) {
    TRY(auto tenant, open_data(request, options.data, store::Access::write));
    TRY(const MatterId matter, tenant->ledger().find_number(options.number));
    TRY(const auto answer, tenant->ledger().erase(matter, request.world.clock->now()));
    TRY_VOID(tenant->save_views());
    if (request.is_json) {
        print_json(
            request,
            Json::object().set("number", options.number).set("seq", answer.seq).set("erased", true)
        );
    } else {
        request.out() << request.text("cli.erase.done", {{"number", options.number}}) << '\n';
    }
    return exit_fine;
}

}  // namespace

void add_verify(const Registration& here) {
    const auto options = std::make_shared<VerifyOptions>();
    add_data_options(here, options->data);
    here.app.add_flag("--chain", options->is_chain_only, here.help("chain"));
    here.run = [options](const Request& request) { return run_verify(request, *options); };
}

void add_replay(const Registration& here) {
    const auto options = std::make_shared<DataOptions>();
    add_data_options(here, *options);
    here.run = [options](const Request& request) { return run_replay(request, *options); };
}

void add_backup(const Registration& here) {
    const auto options = std::make_shared<BackupOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--to", options->to, here.help("to"))->required();
    here.run = [options](const Request& request) { return run_backup(request, *options); };
}

void add_restore(const Registration& here) {
    const auto options = std::make_shared<RestoreOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--from", options->from, here.help("from"))->required();
    here.run = [options](const Request& request) { return run_restore(request, *options); };
}

void add_erase(const Registration& here) {
    const auto options = std::make_shared<EraseOptions>();
    add_data_options(here, options->data);
    here.app.add_option("number", options->number, here.help("number"))->required();
    here.run = [options](const Request& request) { return run_erase(request, *options); };
}

}  // namespace zt::app
