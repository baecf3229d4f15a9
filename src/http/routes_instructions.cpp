// What the caller's post instructed, newest first, with what came after it.

#include "domain/facts.hpp"
#include "http/api_instructions.hpp"
#include "http/codec.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/rows.hpp"
#include "http/pages/steps.hpp"
#include "http/route_lists.hpp"
#include "views/figures.hpp"

#include <algorithm>
#include <map>

namespace zt::http {

namespace {

constexpr std::size_t rows_max = 100;
/// Steps that are told of each: enough to see who moved.
constexpr std::size_t since_max = 3;

/// The newest instruction that the post gave about each matter, newest first.
Result<std::vector<std::pair<Seq, MatterId>>> instructed_by(World& world, PostId post) {
    std::map<MatterId, Seq> newest;
    TRY_VOID(world.served->with_figures([&](const views::Figures& figures) {
        figures.visit(instructed_counter, {}, [&](const views::FactRow& fact) {
            if (fact.subject.value == post.value) {
                Seq& seq = newest[fact.matter];
                seq = std::max(seq, fact.seq);
            }
        });
    }));
    std::vector<std::pair<Seq, MatterId>> rows;
    for (const auto& [matter, seq] : newest) {
        rows.emplace_back(seq, matter);
    }
    std::ranges::sort(rows, std::greater());
    return rows;
}

/// What is told of what came after: that it was done and by which unit. Nothing of what somebody
/// said, and nothing of how the requester judged it.
bool is_told(const Event& event) {
    switch (event.verb) {
    case Verb::note:
    case Verb::instruct:
    case Verb::rate:
    case Verb::call_back:
    case Verb::contest:
    case Verb::reveal:
    case Verb::amend: return false;
    default: return event.actor.kind == ActorKind::post;
    }
}

api::Happening step_of(const Event& event, const Transition* row, const pages::Subject& subject) {
    api::Happening one;
    one.seq = event.seq;
    one.version = event.version;
    one.at = event.at;
    one.recorded = event.recorded;
    one.verb = row_of(event.verb).name;
    one.title = pages::title_of_event(event, row, subject.language);
    one.unit = pages::post_org(event.actor.post, *subject.context.directory);
    one.fields = one.texts = Json::object();
    return one;
}

std::string title_of_post(PostId id, const Directory& directory) {
    const Post* post = directory.post(id);
    return post == nullptr ? std::string() : post->title;
}

/// Whoever gave it reads their own words, and how far it came, also where the work is not shown.
api::Instruction instruction_of(const pages::Subject& subject, Seq seq) {
    const Directory& directory = *subject.context.directory;
    api::Instruction one;
    one.line = pages::line_of(subject);
    pages::for_each_step(subject, [&](const Event& event, const Transition* row) {
        if (event.seq == seq) {
            one.given = step_of(event, row, subject);
            one.given.post = title_of_post(event.actor.post, directory);
            one.given.on_behalf = title_of_post(event.actor.on_behalf, directory);
            const auto texts = subject.texts.by_event.find(seq);
            if (texts != subject.texts.by_event.end()) {
                for (const auto& text : texts->second) {
                    one.given.texts.set(text.name, text.text);
                }
            }
        } else if (event.seq > seq && is_told(event)) {
            one.since.push_back(step_of(event, row, subject));
        }
    });
    std::ranges::reverse(one.since);
    if (one.since.size() > since_max) {
        one.since.resize(since_max);
    }
    return one;
}

Result<Reply> get_instructions(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const std::size_t limit, limit_in(call, rows_max));
    const PostId post = call.caller.on_behalf ? call.caller.on_behalf : call.caller.post;
    TRY(const auto instructed, instructed_by(world, post));
    const Viewer viewer = viewer_of(call.caller);
    api::InstructionList list;
    for (const auto& [seq, matter] : instructed) {
        TRY(const State state, looking.desk->state(matter));
        if (!may_see_in_list(state, viewer, looking.context)) {
            continue;
        }
        ++list.count;
        if (list.rows.size() < limit) {
            TRY(const auto loaded, load(looking, matter));
            const pages::Subject subject{
                loaded.state, loaded.events, loaded.texts, looking.context, viewer, call.language
            };
            list.rows.push_back(instruction_of(subject, seq));
        }
    }
    return tagged(to_json(list));
}

}  // namespace

std::vector<Route> instruction_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/instructions",
         .role = For(Role::signed_in),
         .summary = "What the caller's post instructed, newest first, and what came after it",
         .body = none(),
         .answer = schema_of<api::InstructionList>(),
         .handler = Answering(get_instructions),
         .query = {{"limit", "rows, at most 100"}}},
    };
}

}  // namespace zt::http
