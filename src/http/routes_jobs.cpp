// Jobs: imports that run behind, exports that run while they are fetched. The key of the request
// is the number of the job, so that asking again is answered with the same one.

#include "base/hash.hpp"
#include "base/text.hpp"
#include "domain/import_right.hpp"
#include "http/codec.hpp"
#include "http/pages/exporting.hpp"
#include "http/route_lists.hpp"
#include "http/target.hpp"
#include "service/audit.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

using service::Job;
using service::JobState;
using service::JobWhat;

constexpr std::size_t import_bytes_max = std::size_t{32} << 20U;
constexpr std::size_t reason_characters_max = 200;
constexpr std::size_t part_bytes = std::size_t{64} * 1024;

std::string digest_of(std::string_view kind, std::string_view what) {
    const std::array<std::string_view, 3> parts{kind, "\n", what};
    return to_hex(hash_of(HashAlgorithm::sha256, parts));
}

api::JobLine line_of(const Job& job, const World& world, const Call& call) {
    const kindfile::Texts& texts = world.texts(call.language);
    const std::string address = "/api/v1/jobs/" + to_string(job.id);
    api::JobLine line;
    line.id = to_string(job.id);
    line.what = name_of(job.what);
    line.state = name_of(job.state);
    line.state_title = texts.get("jobs." + line.state);
    line.form = job.form;
    line.asked = job.asked;
    line.began = job.began;
    line.ended = job.ended;
    line.rows = job.progress.rows;
    line.rejected = job.progress.rejected;
    line.repeated = job.progress.repeated;
    line.bytes = job.progress.bytes;
    line.bytes_all = job.progress.bytes_all;
    for (const auto& [code, count] : job.rejected_by_code) {
        line.rejected_by_code.push_back({code, texts.get("errors." + code), count});
    }
    line.refusal = job.refusal;
    line.why = job.refusal.empty() ? "" : texts.get("errors." + job.refusal);
    if (job.has_rejects) {
        line.rejects = address + "/rejects";
    }
    if (job.what == JobWhat::export_rows && job.state == JobState::ready) {
        line.file = address + "/file";
    }
    return line;
}

/// Somebody else's job is answered like none. errors: not_found.
Result<Job> job_in(World& world, const Call& call) {
    const auto id = parse_uuid(call.path_value("id"));
    const auto job = id ? world.jobs->find(*id) : std::nullopt;
    if (!job || job->post != call.caller.post) {
        return fail(Errc::not_found, "there is no such job");
    }
    return *job;
}

Job asked_by(const Call& call, const Uuid& key, JobWhat what) {
    Job job;
    job.id = key;
    job.what = what;
    job.person = call.caller.person;
    job.post = call.caller.post;
    return job;
}

void note(World& world, const Call& call, std::string_view what, Json text) {
    text.set("what", what).set("person", call.caller.person.value);
    text.set("post", call.caller.post.value).set("on_behalf", call.caller.on_behalf.value);
    text.set("at", std::int64_t{call.now.time_since_epoch().count()});
    world.audit->note(text);
}

Reply added(const service::Jobs::Added& job, const World& world, const Call& call) {
    constexpr int accepted = 202;
    return json_reply(to_json(line_of(job.job, world, call)), job.is_repeated ? 200 : accepted);
}

/// The job's thread works with what it borrows: world and server outlive it.
Result<Reply> post_import(World& world, const Call& call) {
    const Uuid key = call.key.value_or(Uuid{});
    {
        TRY(const auto looking, look(world, call));
        if (!may_import(viewer_of(call.caller), looking.context)) {
            return fail(Errc::forbidden, "imports are the work of an office that takes in");
        }
    }
    const std::string* map = call.query_value("map");
    if (map == nullptr || map->empty()) {
        return fail(Errc::missing_field, "the map that says what the columns mean", "/map");
    }
    if (call.body.empty()) {
        return fail(Errc::missing_field, "the rows, as they stand in the file");
    }
    const ImportOrder order{*map, std::make_shared<const std::string>(call.body)};
    TRY_VOID(world.check_import(order));
    Job job = asked_by(call, key, JobWhat::import_rows);
    job.form = *map;
    job.digest = digest_of(*map, call.body);
    TRY(const auto job_added,
        world.jobs->add(std::move(job), [&world, order](service::JobWatch& watch) {
            return world.import_rows(order, watch);
        }));
    if (!job_added.is_repeated) {
        Json text = Json::object();
        text.set("job", to_string(key)).set("map", *map);
        text.set("bytes", static_cast<std::int64_t>(call.body.size()));
        note(world, call, "import_asked", std::move(text));
    }
    return added(job_added, world, call);
}

/// The filters of a list. errors: as list_asked, at /query.
Result<Pairs> query_of(const std::string& text, const Looking& looking) {
    const std::string target = "/?" + text;
    const auto parsed = parse_target(target);
    if (!parsed) {
        return fail(Errc::bad_value, "filters as a list takes them: state=closed", "/query");
    }
    TRY(const auto asked, list_asked(parsed->query, looking));
    if (asked.is_urgent) {
        return fail(
            Errc::bad_value, "a file is in the order of days; leave lamp and urgent out", "/query"
        );
    }
    return parsed->query;
}

Result<Reply> post_export(World& world, const Call& call) {
    const Uuid key = call.key.value_or(Uuid{});
    TRY(const auto order, read_body<api::ExportOrder>(call));
    if (!parse_table_format(order.format)) {
        return fail(Errc::bad_value, "csv or xlsx is expected", "/format");
    }
    const std::size_t characters = count_characters(order.reason);
    if (trim(order.reason).empty() || characters > reason_characters_max) {
        return fail(Errc::missing_field, "why it is taken away, in some words", "/reason");
    }
    TRY(const auto looking, look(world, call));
    TRY(const auto query, query_of(order.query.value_or(""), looking));
    Job job = asked_by(call, key, JobWhat::export_rows);
    job.form = order.format;
    job.order = order.query.value_or("");
    job.digest = digest_of(order.format, to_canonical(to_json(order)));
    TRY(const auto job_added, world.jobs->add_ready(std::move(job)));
    if (!job_added.is_repeated) {
        Json text = Json::object();
        text.set("job", to_string(key)).set("format", order.format).set("reason", order.reason);
        text.set("query", order.query.value_or(""));
        note(world, call, "export_asked", std::move(text));
    }
    return added(job_added, world, call);
}

Result<Reply> get_jobs(World& world, const Call& call) {
    api::JobList list;
    for (const auto& job : world.jobs->of_post(call.caller.post)) {
        list.jobs.push_back(line_of(job, world, call));
    }
    return json_reply(to_json(list));
}

Result<Reply> get_job(World& world, const Call& call) {
    TRY(const Job job, job_in(world, call));
    return json_reply(to_json(line_of(job, world, call)));
}

Result<Reply> cancel_job(World& world, const Call& call) {
    TRY(const Job job, job_in(world, call));
    world.jobs->cancel(job.id);
    TRY(const Job now, job_in(world, call));
    return json_reply(to_json(line_of(now, world, call)));
}

Result<Stream> get_file(World& world, const Call& call) {
    TRY(const Job job, job_in(world, call));
    if (job.what != JobWhat::export_rows || job.state != JobState::ready) {
        return fail(Errc::not_found, "there is no file to fetch; ask for a new export");
    }
    Taker taker;
    taker.caller = call.caller;
    taker.language = call.language;
    taker.format = parse_table_format(job.form).value_or(TableFormat::csv);
    {
        TRY(const auto looking, look(world, call));
        TRY(taker.query, query_of(job.order, looking));
    }
    Stream stream;
    stream.content_type = content_type_of(taker.format);
    stream.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"matters-" + to_string(job.id).substr(0, 13) + "." + job.form + "\""
    );
    stream.headers.emplace_back("Cache-Control", "no-store");
    stream.run = [&world, taker, id = job.id](Sink& sink) {
        std::int64_t rows = 0;
        const auto ended = world.jobs->run_ready(id, [&](service::JobWatch& watch) -> Result<void> {
            TRY(rows, export_list(world, taker, watch, sink));
            return {};
        });
        Call told;
        told.caller = taker.caller;
        told.now = world.clock->now();
        Json text = Json::object();
        text.set("job", to_string(id)).set("rows", rows);
        text.set("outcome", ended ? "done" : name_of(ended.error().code));
        note(world, told, "exported", std::move(text));
    };
    return stream;
}

/// Rows that were not taken, each with its reason: to be mended and imported again.
Result<Stream> get_rejects(World& world, const Call& call) {
    TRY(const Job job, job_in(world, call));
    const auto rejects = world.jobs->rejects(job.id);
    if (!rejects) {
        return fail(Errc::not_found, "rejected rows are kept while the server runs, the newest");
    }
    note(world, call, "rejects_read", Json::object().set("job", to_string(job.id)));
    Stream stream;
    stream.content_type = "application/x-ndjson";
    stream.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"rejected-" + to_string(job.id).substr(0, 13) + ".jsonl\""
    );
    stream.headers.emplace_back("Cache-Control", "no-store");
    stream.run = [rejects](Sink& sink) {
        std::string_view rest = *rejects;
        while (!rest.empty() && sink.write(rest.substr(0, part_bytes))) {
            rest.remove_prefix(std::min(part_bytes, rest.size()));
        }
    };
    return stream;
}

}  // namespace

std::vector<Route> job_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/jobs",
         .role = For(Role::in_post),
         .summary = "Imports and exports of the caller's post, newest first",
         .body = none(),
         .answer = schema_of<api::JobList>(),
         .handler = Answering(get_jobs)},
        {.method = Method::post,
         .path = "/api/v1/jobs/imports",
         .role = For(Role::in_post),
         .summary = "Import rows (CSV or JSON lines, also gzip) through a map; the body is the "
                    "file. Needs an Idempotency-Key, which becomes the job's id",
         .body = any_bytes(),
         .answer = schema_of<api::JobLine>(),
         .handler = Answering(post_import),
         .limits = {.body_bytes = import_bytes_max, .seconds = 120},
         .query = {{"map", "messages, orders, proposals, us311 or another of maps/"}},
         .key = KeyRule::required},
        {.method = Method::post,
         .path = "/api/v1/jobs/exports",
         .role = For(Role::in_post),
         .summary = "Prepare a list as a file, with the reason. Needs an Idempotency-Key, which "
                    "becomes the job's id",
         .body = schema_of<api::ExportOrder>(),
         .answer = schema_of<api::JobLine>(),
         .handler = Answering(post_export),
         .key = KeyRule::required},
        {.method = Method::get,
         .path = "/api/v1/jobs/{id}",
         .role = For(Role::in_post),
         .summary = "How far a job is",
         .body = none(),
         .answer = schema_of<api::JobLine>(),
         .handler = Answering(get_job)},
        {.method = Method::remove,
         .path = "/api/v1/jobs/{id}",
         .role = For(Role::in_post),
         .summary = "Cancel a job; rows that were committed stay",
         .body = none(),
         .answer = schema_of<api::JobLine>(),
         .handler = Answering(cancel_job),
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/jobs/{id}/file",
         .role = For(Role::in_post),
         .summary = "The file of an export, made while it is fetched, once",
         .body = none(),
         .answer = any_bytes(),
         .handler = Streaming(get_file),
         .limits = {.seconds = 60}},
        {.method = Method::get,
         .path = "/api/v1/jobs/{id}/rejects",
         .role = For(Role::in_post),
         .summary = "Rows that an import did not take, with the reason of each",
         .body = none(),
         .answer = any_bytes(),
         .handler = Streaming(get_rejects),
         .limits = {.seconds = 60}},
    };
}

}  // namespace zt::http
