// Official papers of a matter: which were issued, and each as PDF. Whoever may read the step that
// issued one may draw it, with what they may read; the file and the audit say who did.

#include "http/api_official_papers.hpp"
#include "http/codec.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/rows.hpp"
#include "http/pages/stamp.hpp"
#include "http/route_lists.hpp"
#include "service/official_paper.hpp"

#include <algorithm>
#include <map>

namespace zt::http {

namespace {

using service::IssuedPaper;
using service::PaperLink;

/// Newest first: those whose step the caller may read.
std::vector<IssuedPaper>
issued_for(const World& world, const pages::Subject& subject, const api::Timeline& timeline) {
    if (world.official_papers == nullptr || subject.state.is_erased) {
        return {};
    }
    auto issued = service::issued_papers(*world.official_papers, subject.events);
    std::erase_if(issued, [&timeline](const IssuedPaper& one) {
        return std::ranges::find(timeline.rows, one.seq, &api::Happening::seq) ==
               timeline.rows.end();
    });
    std::ranges::reverse(issued);
    return issued;
}

Result<Reply> get_official_papers(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    const auto subject = seen.subject(call.language);
    api::OfficialPapers page;
    for (const auto& one : issued_for(world, subject, pages::timeline_of(subject))) {
        const Title& title = one.file->title;
        page.rows.push_back(
            {one.file->name,
             call.language == "en" ? title.en : title.zh,
             one.number,
             std::string(name_of(one.file->reader)),
             one.seq,
             one.at}
        );
    }
    return stamped(json_reply(to_json(page)), seen.looking, call);
}

Result<std::optional<PaperLink>> linked(Looking& looking, const Viewer& viewer, MatterId matter) {
    const auto state = looking.desk->state(matter);
    if (!state) {
        return state.error().code == Errc::unknown_matter
                   ? Result<std::optional<PaperLink>>(std::nullopt)
                   : std::unexpected(state.error());
    }
    const Context& context = looking.context;
    if (zt::sight_of(*state, viewer, context) == Sight::hidden) {
        return std::optional<PaperLink>();
    }
    const Kind* kind = context.kinds->version(state->kind, state->kind_version);
    const StageRule* stage = kind == nullptr ? nullptr : kind->stage(state->stage);
    const auto sees = [&](FieldGroup group) {
        return zt::shown(group, *state, viewer, context) == Shown::shown;
    };
    PaperLink out;
    out.number = state->number;
    out.stage = stage == nullptr ? state->stage : stage->title.zh;
    if (sees(FieldGroup::title)) {
        TRY(out.title, title_of(looking, matter));
    }
    if (const Hand* lead = state->lead(); lead != nullptr && sees(FieldGroup::hands)) {
        out.unit = pages::org_name(lead->org, *context.directory);
    }
    if (sees(FieldGroup::clocks)) {
        out.due = service::final_day(*state, *context.calendar);
    }
    return std::optional(std::move(out));
}

Result<IssuedPaper> chosen(const Call& call, const std::vector<IssuedPaper>& issued) {
    std::optional<std::int64_t> seq;
    if (const std::string* text = call.query_value("seq")) {
        const auto number = parse_int(*text);
        if (!number) {
            return fail(Errc::bad_value, "the number of an event", "/seq");
        }
        seq = *number;
    }
    const auto found = std::ranges::find_if(issued, [&](const IssuedPaper& one) {
        return one.file->name == call.path_value("paper") && (!seq || one.seq == *seq);
    });
    if (found == issued.end()) {
        return fail(Errc::not_found, "the matter has issued no such paper");
    }
    return *found;
}

/// As opening a file is told to the audit.
void note_drawn(World& world, const Call& call, MatterId matter, const IssuedPaper& paper) {
    Json text = Json::object();
    text.set("what", "paper_drawn").set("at", std::int64_t{call.now.time_since_epoch().count()});
    text.set("person", call.caller.person.value).set("post", call.caller.post.value);
    text.set("matter", matter.value).set("paper", paper.file->name).set("seq", paper.seq);
    world.served->writer().note(to_canonical(text));
}

Result<Reply> get_official_paper(World& world, const Call& call) {
    TRY(auto seen, see(world, call));
    const auto subject = seen.subject(call.language);
    const api::Timeline timeline = pages::timeline_of(subject);
    TRY(const auto paper, chosen(call, issued_for(world, subject, timeline)));
    const Kind* kind = subject.kind();
    if (kind == nullptr) {
        return fail(Errc::unknown_kind, subject.state.kind);
    }
    std::map<Seq, const api::Happening*> readable;
    for (const auto& row : timeline.rows) {
        readable[row.seq] = &row;
    }
    const service::PaperSource source{
        subject.events,
        *kind,
        *seen.looking.directory,
        *seen.looking.context.calendar,
        *world.zh,
        [&readable](const Event& event, std::string_view name) {
            const auto row = readable.find(event.seq);
            if (row == readable.end()) {
                return std::string();
            }
            const std::string& sealed = row->second->texts[name].as_string();
            return sealed.empty() ? row->second->fields[name].as_string() : sealed;
        },
        [&seen](MatterId other) { return linked(seen.looking, seen.viewer, other); }
    };
    TRY(const auto mark, watermark_of(seen.looking, call));
    Reply reply;
    TRY(reply.body,
        service::paper_pdf(paper, source, service::export_line(mark, subject.state.last_seq)));
    reply.content_type = "application/pdf";
    reply.headers.push_back(stamp(mark));
    reply.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"" + subject.state.number + "-" + paper.file->name + ".pdf\""
    );
    reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
    note_drawn(world, call, subject.state.id, paper);
    return reply;
}

}  // namespace

std::vector<Route> official_paper_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/papers",
         .role = For(Role::in_post),
         .summary = "Official papers that the matter's steps issued, newest first",
         .body = none(),
         .answer = schema_of<api::OfficialPapers>(),
         .handler = Answering(get_official_papers)},
        {.method = Method::get,
         .path = "/api/v1/matters/{number}/papers/{paper}",
         .role = For(Role::in_post),
         .summary = "One of them as PDF, the newest of that name",
         .body = none(),
         .answer = any_bytes(),
         .handler = Answering(get_official_paper),
         .query = {{"seq", "the event that issued it, where there are several"}}},
    };
}

}  // namespace zt::http
