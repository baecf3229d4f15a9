// `receipt verify`, `roots list`, `roots verify`: proofs that need no server. Only `roots list`
// opens a data directory.

#include "service/receipt.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "service/codec.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>

namespace zt::app {

namespace {

/// Far above any receipt or list of roots.
constexpr std::size_t bytes_max = std::size_t{4} << 20U;

Result<std::string> text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(Errc::not_found, "the file cannot be read", path);
    }
    std::string text(bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > bytes_max) {
        return fail(Errc::bad_value, "the file is too long", path);
    }
    return text;
}

struct ReceiptOptions {
    std::string receipt, roots;
    std::vector<std::string> texts;  ///< NAME=FILE
};

Result<service::ShownTexts> shown_texts(const std::vector<std::string>& given) {
    service::ShownTexts out;
    for (const auto& one : given) {
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(Errc::bad_usage, "NAME=FILE is expected", "--text");
        }
        TRY(out[one.substr(0, equals)], text_of(one.substr(equals + 1)));
    }
    return out;
}

/// Whether the published roots have the one of the receipt. errors: bad_value, another one.
Result<bool> is_published(const service::Inclusion& inclusion, const std::string& file) {
    TRY(const auto text, text_of(file));
    TRY(const auto roots, service::read_roots(text));
    const auto found = std::ranges::find(roots, inclusion.root.day, &views::DayRoot::day);
    if (found == roots.end()) {
        return fail(Errc::not_found, "it has no root of " + to_string(inclusion.root.day), file);
    }
    return found->tree.size == inclusion.root.tree.size &&
           found->tree.root == inclusion.root.tree.root;
}

struct ReceiptVerdict {
    const service::Receipt& receipt;
    const service::Checked& checked;
    bool is_compared = false;
};

void print_verdict(const Request& request, const ReceiptVerdict& verdict) {
    const auto& [receipt, checked, is_compared] = verdict;
    if (request.is_json) {
        Json out = Json::object();
        out.set("number", receipt.number).set("shows_number", checked.shows_number);
        out.set("place", checked.place).set("seq", receipt.seq);
        out.set("recorded", to_iso_utc(checked.recorded)).set("event", to_hex(receipt.event));
        Json proven = Json::array();
        for (const auto& name : checked.proven) {
            proven.push(name);
        }
        out.set("texts_proven", std::move(proven)).set("root_compared", is_compared);
        out.set(
            "root", receipt.inclusion ? service::json_of(receipt.inclusion->root) : Json(nullptr)
        );
        print_json(request, out);
        return;
    }
    const auto say = [&](const char* key, const TextValues& values) {
        request.out() << request.text(std::string("cli.receipt.verify.") + key, values) << '\n';
    };
    say(checked.shows_number ? "event" : "event_only",
        {{"number", receipt.number},
         {"at", to_office_string(checked.recorded)},
         {"place", checked.place},
         {"seq", std::to_string(receipt.seq)}});
    for (const auto& name : checked.proven) {
        say("text_proven", {{"name", name}});
    }
    if (!receipt.inclusion) {
        say("no_root_yet", {});
        return;
    }
    const auto& root = receipt.inclusion->root;
    say(is_compared ? "root_compared" : "root_not_compared",
        {{"day", to_string(root.day)},
         {"size", std::to_string(root.tree.size)},
         {"root", to_hex(root.tree.root)}});
}

Result<int> run_receipt_verify(const Request& request, const ReceiptOptions& options) {
    TRY(const auto text, text_of(options.receipt));
    TRY(const auto receipt, service::read_receipt(text));
    TRY(const auto shown, shown_texts(options.texts));
    TRY(const auto checked, service::check_receipt(receipt, shown));
    if (!options.roots.empty()) {
        if (!receipt.inclusion) {
            return fail(
                Errc::not_found, "the receipt was saved before its day was over", options.receipt
            );
        }
        TRY(const bool is_same, is_published(*receipt.inclusion, options.roots));
        if (!is_same) {
            return fail(
                Errc::bad_value,
                "the published root of " + to_string(receipt.inclusion->root.day) + " is another",
                options.roots
            );
        }
    }
    print_verdict(request, {receipt, checked, !options.roots.empty()});
    return exit_fine;
}

/// Straight from the events, so that what a view says can be compared with it.
Result<std::vector<views::DayRoot>> roots_of(service::Tenant& tenant, HashAlgorithm algorithm) {
    merkle::Growing growing(algorithm);
    std::vector<views::DayRoot> out;
    std::optional<Date> day;
    const auto offset = tenant.rules().calendar.offset;
    TRY(const auto head, tenant.store().head());
    Result<void> done;
    TRY_VOID(tenant.store().scan(1, head.seq, [&](const store::EventRow& row) {
        const auto entry = service::tree_entry(row, offset);
        if (!entry) {
            done = std::unexpected(entry.error());
            return false;
        }
        if (day && *day < entry->recorded) {
            out.push_back({*day, {growing.size(), growing.root()}});
        }
        day = std::max(day.value_or(entry->recorded), entry->recorded);
        growing.push(merkle::leaf_hash(algorithm, entry->event), [](auto, const Hash&) {});
        return true;
    }));
    TRY_VOID(done);
    return out;
}

Result<int> run_roots_list(const Request& request, const DataOptions& options) {
    TRY(auto tenant, open_data(request, options, store::Access::read));
    TRY(const auto head, tenant->store().head());
    TRY(const auto roots, roots_of(*tenant, head.algorithm));
    if (request.is_json) {
        Json rows = Json::array();
        for (const auto& root : roots) {
            rows.push(service::json_of(root));
        }
        // On one line, as the portal gives it: it can be kept and compared as it is.
        request.out(
        ) << to_canonical(Json::object()
                              .set("place", tenant->rules().tenant)
                              .set("algorithm", service::name_of_algorithm(head.algorithm))
                              .set("rows", std::move(rows)))
          << '\n';
        return exit_fine;
    }
    request.out() << "# " << tenant->rules().tenant << ' '
                  << service::name_of_algorithm(head.algorithm) << '\n';
    for (const auto& root : roots) {
        request.out() << to_string(root.day) << ' ' << root.tree.size << ' '
                      << to_hex(root.tree.root) << '\n';
    }
    return exit_fine;
}

Result<int> run_roots_verify(const Request& request, const std::string& file) {
    TRY(const auto text, text_of(file));
    TRY(const auto one, service::read_continuation(text));
    if (!merkle::proves_consistency(one.algorithm, one.first.tree, one.second.tree, one.path)) {
        return fail(
            Errc::bad_value,
            "the root of " + to_string(one.second.day) + " does not continue that of " +
                to_string(one.first.day),
            file
        );
    }
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("first", service::json_of(one.first))
                .set("second", service::json_of(one.second))
                .set("continues", true)
        );
        return exit_fine;
    }
    request.out() << request.text(
                         "cli.roots.verify.continues",
                         {{"first", to_string(one.first.day)},
                          {"first_root", to_hex(one.first.tree.root)},
                          {"second", to_string(one.second.day)},
                          {"second_root", to_hex(one.second.tree.root)}}
                     )
                  << '\n';
    return exit_fine;
}

}  // namespace

void add_receipt_verify(const Registration& here) {
    const auto options = std::make_shared<ReceiptOptions>();
    here.app.add_option("receipt", options->receipt, here.help("receipt"))->required();
    here.app.add_option("--root", options->roots, here.help("root"));
    here.app.add_option("--text", options->texts, here.help("text"));
    here.run = [options](const Request& request) { return run_receipt_verify(request, *options); };
}

void add_roots_list(const Registration& here) {
    const auto options = std::make_shared<DataOptions>();
    add_data_options(here, *options);
    here.run = [options](const Request& request) { return run_roots_list(request, *options); };
}

void add_roots_verify(const Registration& here) {
    const auto file = std::make_shared<std::string>();
    here.app.add_option("proof", *file, here.help("proof"))->required();
    here.run = [file](const Request& request) { return run_roots_verify(request, *file); };
}

}  // namespace zt::app
