// `paper`: an official paper of a matter as PDF.

#include "app/commands/all.hpp"
#include "app/definitions.hpp"
#include "app/life.hpp"
#include "service/official_paper.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct PaperOptions {
    DataOptions data;
    std::string number, paper, file;
    std::int64_t seq = 0;
};

/// The newest title of a matter, open or sealed; empty when it was erased.
std::string title_of(service::Tenant& tenant, const Life& life) {
    if (const Json& open = life.state->field("title"); open.is_string()) {
        return open.as_string();
    }
    std::string title;
    for (const auto& event : life.events) {
        const auto texts = event.sealed.empty()
                               ? std::vector<Personal>()
                               : tenant.open_texts(event).value_or(std::vector<Personal>());
        const auto found = std::ranges::find(texts, "title", &Personal::name);
        title = found == texts.end() ? title : found->text;
    }
    return title;
}

Result<std::optional<service::PaperLink>> linked(service::Tenant& tenant, MatterId matter) {
    TRY(const Life life, life_of(tenant, matter));
    const State& state = *life.state;
    const Kind* kind = tenant.rules().kinds.version(state.kind, state.kind_version);
    const StageRule* stage = kind == nullptr ? nullptr : kind->stage(state.stage);
    const Hand* lead = state.lead();
    service::PaperLink out;
    out.number = state.number;
    out.title = title_of(tenant, life);
    out.stage = stage == nullptr ? state.stage : stage->title.zh;
    out.unit = lead == nullptr ? "" : org_name(lead->org, tenant.ledger().directory());
    out.due = service::final_day(state, tenant.rules().calendar);
    return std::optional(std::move(out));
}

std::string text_of(service::Tenant& tenant, const Event& event, std::string_view name) {
    if (!event.sealed.empty()) {
        const auto texts = tenant.open_texts(event);
        const auto found = texts ? std::ranges::find(*texts, name, &Personal::name)
                                 : std::vector<Personal>::const_iterator{};
        if (texts && found != texts->end()) {
            return found->text;
        }
    }
    return event.input[name].as_string();
}

Result<service::IssuedPaper>
chosen(const PaperOptions& options, const std::vector<service::IssuedPaper>& issued) {
    std::string there_are;
    const service::IssuedPaper* found = nullptr;
    for (const auto& one : issued) {
        there_are += (there_are.empty() ? "" : ", ") + one.file->name;
        const bool is_asked =
            one.file->name == options.paper && (options.seq == 0 || options.seq == one.seq);
        found = is_asked ? &one : found;
    }
    if (found == nullptr) {
        return fail(
            Errc::not_found,
            "no step has issued " + options.paper +
                "; issued so far: " + (there_are.empty() ? "nothing" : there_are),
            options.number
        );
    }
    return *found;
}

Result<int> run_paper(const Request& request, const PaperOptions& options) {
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const MatterId matter, tenant->ledger().find_number(options.number));
    TRY(const Life life, life_of(*tenant, matter));
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto files, definitions.papers(tenant->rules().kinds));
    TRY(const auto issued, chosen(options, service::issued_papers(files, life.events)));
    const Kind* kind = tenant->rules().kinds.version(life.state->kind, life.state->kind_version);
    if (kind == nullptr) {
        return fail(Errc::unknown_kind, life.state->kind);
    }
    const service::PaperSource source{
        life.events,
        *kind,
        tenant->ledger().directory(),
        tenant->rules().calendar,
        texts_of(Language::zh),
        [&tenant](const Event& event, std::string_view name) {
            return text_of(*tenant, event, name);
        },
        [&tenant](MatterId other) { return linked(*tenant, other); }
    };
    TRY(const std::string pdf, service::paper_pdf(issued, source, ""));
    TRY_VOID(write_output(options.file, pdf));
    return exit_fine;
}

}  // namespace

void add_paper(const Registration& here) {
    const auto options = std::make_shared<PaperOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--matter", options->number, here.help("matter"))->required();
    here.app.add_option("--paper", options->paper, here.help("paper"))->required();
    here.app.add_option("--seq", options->seq, here.help("seq"))->check(CLI::PositiveNumber);
    here.app.add_option("-o,--output", options->file, here.help("output"))->required();
    here.run = [options](const Request& request) { return run_paper(request, *options); };
}

}  // namespace zt::app
