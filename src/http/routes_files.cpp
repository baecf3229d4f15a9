// Files of a matter: put there, listed, fetched. The desk and whoever follows it take the same
// steps; docs/concepts/attachments.md tells the order and why no crash loses a file.

#include "http/api_files.hpp"
#include "http/byte_range.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/following.hpp"
#include "http/pages/papers.hpp"
#include "http/pages/stamp.hpp"
#include "http/papers.hpp"
#include "http/route_lists.hpp"
#include "http/uploads.hpp"
#include "service/matter_files.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t deeds_max = 16;
constexpr std::int64_t chunk_bytes = std::int64_t{256} << 10U;
/// Sealing nine large files, each synced.
constexpr int put_seconds = 120;

/// The matter of the address, for whoever calls.
Result<Seen> see_matter(World& world, const Call& call) {
    if (is_of_desk(call)) {
        return see(world, call);
    }
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, followed(world, call, *looking.desk));
    TRY(auto loaded, load(looking, matter));
    Viewer viewer = follower_of(loaded.state, call, *looking.directory);
    return Seen{std::move(looking), std::move(loaded), std::move(viewer)};
}

// ---- putting ------------------------------------------------------------------------------------

/// What a call puts to a matter, checked before anything is sealed.
struct Putting {
    Attaching attaching;
    std::vector<service::UploadId> uploads;
    std::vector<std::string> held;  ///< hashes of this purpose that the matter has
    std::vector<Command> then;
    Uuid key;
    std::string credential;
};

/// Uploads by name. One that was stored before a lost answer is known to its own matter alone, so
/// that whose it was is not asked again.
struct Named {
    std::vector<service::UploadId> uploads;
    bool is_any_new = false;
};

Result<Named> uploads_of(World& world, const Call& call, const std::vector<std::string>& names) {
    if (names.empty() || names.size() > files_at_once_max) {
        return fail(
            Errc::too_many_files,
            "1 to " + std::to_string(files_at_once_max) + " uploads go together",
            "/uploads"
        );
    }
    Named named;
    for (const auto& name : names) {
        const auto parsed = service::parse_upload_id(name);
        if (!parsed) {
            return fail(Errc::not_found, "there is no upload '" + name + "'", "/uploads");
        }
        const bool is_on_its_way = world.papers->files->progress(*parsed).has_value();
        if (is_on_its_way) {
            TRY_VOID(upload_of(world, call, name));
        }
        named.is_any_new = named.is_any_new || is_on_its_way;
        named.uploads.push_back(*parsed);
    }
    return named;
}

Result<FilePurpose> purpose_of(const api::PutFiles& body, const Call& call) {
    if (!is_of_desk(call) && !body.purpose) {
        return FilePurpose::hand_in;
    }
    const auto purpose = parse_file_purpose(body.purpose.value_or(""));
    if (!purpose) {
        return fail(
            body.purpose ? Errc::bad_value : Errc::missing_field,
            "hand_in, work or reply is expected",
            "/purpose"
        );
    }
    return *purpose;
}

Result<std::vector<Command>> commands_of(const api::PutFiles& body, const Call& call, Seen& seen) {
    std::vector<Command> commands;
    if (!body.deeds) {
        return commands;
    }
    if (!is_of_desk(call) || body.deeds->size() > deeds_max) {
        return fail(
            Errc::bad_value,
            "at most " + std::to_string(deeds_max) + " deeds go along, of the desk alone",
            "/deeds"
        );
    }
    for (const auto& deed : *body.deeds) {
        TRY(auto command, command_of(deed, {.matter = seen.loaded.state.id}, call, seen.looking));
        TRY_VOID(check_sight(seen.looking, call, command.matter));
        commands.push_back(std::move(command));
    }
    return commands;
}

Result<Putting> putting_of(World& world, const Call& call) {
    Putting putting;
    TRY(const auto body, read_body<api::PutFiles>(call));
    putting.key = call.key.value_or(Uuid{});
    TRY(auto seen, see_matter(world, call));
    const State& state = seen.loaded.state;
    putting.attaching.matter = state.id;
    putting.attaching.actor = is_of_desk(call)
                                  ? actor_of(call.caller)
                                  : acting_follower(state, call, *seen.looking.directory);
    TRY(putting.attaching.purpose, purpose_of(body, call));
    TRY(auto named, uploads_of(world, call, body.uploads));
    putting.uploads = std::move(named.uploads);
    // A retry is answered as the first time, also when the matter is over by now.
    if (named.is_any_new) {
        TRY_VOID(may_attach(
            state, putting.attaching.purpose, putting.attaching.actor, seen.looking.context
        ));
    }
    for (const auto& file : attached_files(state)) {
        if (file.purpose == putting.attaching.purpose) {
            putting.held.push_back(file.hash);
        }
    }
    TRY(putting.then, commands_of(body, call, seen));
    putting.credential =
        is_of_desk(call) ? credential_of(call.caller) : std::string(outside_credential);
    return putting;
}

/// The key of the matter; one without any sealed part gets one by an announcement.
Result<vault::MatterKey> key_for(World& world, const Attaching& attaching) {
    service::Served& served = *world.served;
    {
        TRY(auto desk, served.desk());
        auto key = service::key_of_matter(desk->reader(), *served.key(), attaching.matter);
        if (key || key.error().code != Errc::missing_key) {
            return key;
        }
    }
    Attaching announced = attaching;
    announced.files.clear();
    Submit submit;
    submit.commands.push_back(attaching_command(announced));
    TRY_VOID(served.submit(std::move(submit)));
    TRY(auto desk, served.desk());
    return service::key_of_matter(desk->reader(), *served.key(), attaching.matter);
}

/// Sealed and durable, each; what no command names after all is swept in a day.
Result<void> store_all(World& world, const Call& call, Putting& putting) {
    TRY(const auto key, key_for(world, putting.attaching));
    const service::FileHolder holder{putting.attaching.matter, key};
    std::size_t further = 0;
    for (const auto& upload : putting.uploads) {
        TRY(const auto stored, world.papers->files->store(upload, holder, call.now));
        further += static_cast<std::size_t>(std::ranges::count(putting.held, stored.hash) == 0);
        putting.attaching.files.push_back(service::attached_file(stored));
    }
    const auto files_max = static_cast<std::size_t>(world.papers->limits.files_max);
    if (putting.attaching.purpose == FilePurpose::hand_in &&
        putting.held.size() + further > files_max) {
        return fail(
            Errc::too_many_files,
            "a hand-in has at most " + std::to_string(files_max) + " files",
            "/uploads"
        );
    }
    return {};
}

Result<Reply> put_files(World& world, const Call& call) {
    TRY(auto putting, putting_of(world, call));
    TRY_VOID(store_all(world, call, putting));
    Submit submit;
    submit.key = putting.key;
    submit.credential = putting.credential;
    submit.commands.push_back(attaching_command(putting.attaching));
    std::ranges::move(putting.then, std::back_inserter(submit.commands));
    TRY(const auto answer, world.served->submit(std::move(submit)));
    TRY(const auto seen, see_matter(world, call));
    api::FileList list{
        pages::files_of(seen.subject(call.language)), seen.loaded.state.version, answer.seq
    };
    constexpr int created = 201;
    return json_reply(to_json(list), answer.is_repeated ? 200 : created);
}

void post_files(World& world, const Call& call, Deliver deliver) {
    answer_on_file_thread(world, call, std::move(deliver), put_files);
}

// ---- disclosing ---------------------------------------------------------------------------------

Result<Pending> post_disclosed(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    TRY(const MatterId matter, looking.desk->find_number(call.path_value("number")));
    TRY_VOID(check_sight(looking, call, matter));
    const auto no = parse_int(call.path_value("no"));
    if (!no) {
        return fail(Errc::not_found, "the matter has no such file");
    }
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = credential_of(call.caller);
    pending.submit.commands.push_back(disclosing_command(matter, actor_of(call.caller), *no));
    pending.answer = [](const service::Answer& answer, service::Ledger&) {
        const auto& row = answer.rows.front();
        return json_reply(to_json(api::Done{row.number, row.stage, {}, row.version, row.seq}));
    };
    return pending;
}

// ---- getting ------------------------------------------------------------------------------------

Result<Reply> get_files(World& world, const Call& call) {
    TRY(auto seen, see_matter(world, call));
    const State& state = seen.loaded.state;
    Reply reply = json_reply(to_json(
        api::FileList{pages::files_of(seen.subject(call.language)), state.version, state.last_seq}
    ));
    if (!is_of_desk(call)) {
        reply.holds_secret = true;
        return reply;
    }
    return stamped(std::move(reply), seen.looking, call);
}

/// An opened file, and what to say of it.
struct Fetched {
    std::shared_ptr<service::FileReader> reader;
    std::pair<std::string, std::string> mark;
};

void note_read(World& world, const Call& call, MatterId matter, const AttachedFile& file) {
    Json text = Json::object();
    text.set("what", "file_read").set("at", std::int64_t{call.now.time_since_epoch().count()});
    text.set("person", call.caller.person.value).set("post", call.caller.post.value);
    text.set("matter", matter.value).set("file", file.no);
    world.served->writer().note(to_canonical(text));
}

enum class Part : std::uint8_t { whole, thumbnail };

Result<Fetched> fetch(World& world, const Call& call, Part part) {
    TRY(auto seen, see_matter(world, call));
    const auto subject = seen.subject(call.language);
    TRY(const AttachedFile file, pages::file_of(subject, call.path_value("no")));
    // Who knew of the file learns that it has gone; nobody else learns that there was one.
    if (seen.loaded.state.is_erased) {
        return fail(Errc::erased, "the files of this matter were erased");
    }
    const std::string& hash = part == Part::whole ? file.hash : file.thumbnail;
    if (hash.empty()) {
        return fail(Errc::not_found, "only pictures have a small one");
    }
    const MatterId matter = seen.loaded.state.id;
    TRY(const auto key,
        service::key_of_matter(seen.looking.desk->reader(), *world.served->key(), matter));
    TRY(auto reader, world.papers->files->read(hash, key));
    Fetched fetched{std::make_shared<service::FileReader>(std::move(reader)), {}};
    if (is_of_desk(call)) {
        TRY(const auto mark, watermark_of(seen.looking, call));
        fetched.mark = stamp(mark);
        if (part == Part::whole) {
            note_read(world, call, matter, file);
        }
    }
    return fetched;
}

Headers headers_of(const Fetched& fetched, const service::Serving& serving) {
    Headers headers{
        {"Content-Disposition", serving.disposition},
        {"X-Content-Type-Options", serving.content_type_options},
        {"Content-Security-Policy", serving.content_security_policy},
        {"Cross-Origin-Resource-Policy", serving.cross_origin_policy},
    };
    if (!fetched.mark.first.empty()) {
        headers.push_back(fetched.mark);
    }
    return headers;
}

Result<Reply> get_thumbnail(World& world, const Call& call) {
    TRY(const auto fetched, fetch(world, call, Part::thumbnail));
    const auto& facts = fetched.reader->facts();
    const auto serving = service::serving_of(facts);
    Reply reply;
    TRY(reply.body, fetched.reader->read(0, facts.bytes));
    reply.content_type = serving.content_type;
    reply.headers = headers_of(fetched, serving);
    reply.cache_control = serving.cache_control;
    return reply;
}

void send_bytes(const service::FileReader& reader, const ByteRange& range, Sink& sink) {
    for (std::int64_t at = range.first; at < range.end;) {
        const auto some = reader.read(at, std::min(chunk_bytes, range.end - at));
        if (!some || some->empty() || !sink.write(*some)) {
            return;
        }
        at += static_cast<std::int64_t>(some->size());
    }
}

Result<Stream> get_file(World& world, const Call& call) {
    TRY(const auto fetched, fetch(world, call, Part::whole));
    const std::int64_t bytes = fetched.reader->facts().bytes;
    const auto serving = service::serving_of(fetched.reader->facts());
    const RangeAsked asked = range_asked(call.range, bytes);
    Stream stream;
    stream.content_type = serving.content_type;
    stream.headers = headers_of(fetched, serving);
    stream.headers.emplace_back("Cache-Control", serving.cache_control);
    stream.headers.emplace_back("Accept-Ranges", "bytes");
    stream.status = asked.status;
    if (!asked.content_range.empty()) {
        stream.headers.emplace_back("Content-Range", asked.content_range);
    }
    stream.run = [reader = fetched.reader, range = asked.range](Sink& sink) {
        send_bytes(*reader, range, sink);
    };
    return stream;
}

/// Where the four rows stand, and who may call them.
struct Side {
    std::string_view all, one, thumbnail;
    For role;
};

void add_side(std::vector<Route>& routes, const Side& side) {
    routes.push_back(
        {.method = Method::get,
         .path = side.all,
         .role = side.role,
         .summary = "Files of the matter that the caller may see",
         .body = none(),
         .answer = schema_of<api::FileList>(),
         .handler = Answering(get_files)}
    );
    routes.push_back(
        {.method = Method::post,
         .path = side.all,
         .role = side.role,
         .summary = "Finished uploads become files of the matter",
         .body = schema_of<api::PutFiles>(),
         .answer = schema_of<api::FileList>(),
         .handler = Deferring(post_files),
         .limits = {.seconds = put_seconds, .per_minute_anybody = 30},
         .key = KeyRule::required}
    );
    routes.push_back(
        {.method = Method::get,
         .path = side.one,
         .role = side.role,
         .summary = "A file, whole or by Range",
         .body = none(),
         .answer = any_bytes(),
         .handler = Streaming(get_file),
         .limits = {.seconds = put_seconds}}
    );
    routes.push_back(
        {.method = Method::get,
         .path = side.thumbnail,
         .role = side.role,
         .summary = "The small picture of a picture",
         .body = none(),
         .answer = any_bytes(),
         .handler = Answering(get_thumbnail)}
    );
}

}  // namespace

std::vector<Route> file_routes() {
    std::vector<Route> routes;
    add_side(
        routes,
        {"/api/v1/matters/{number}/files",
         "/api/v1/matters/{number}/files/{no}",
         "/api/v1/matters/{number}/files/{no}/thumbnail",
         For(Role::in_post)}
    );
    routes.push_back(
        {.method = Method::post,
         .path = "/api/v1/matters/{number}/files/{no}/disclose",
         .role = For(Role::in_post),
         .summary =
             "The office opens a file of the hand-in to units that may not learn whose it is",
         .body = none(),
         .answer = schema_of<api::Done>(),
         .handler = ReadingFirst{post_disclosed}}
    );
    add_side(
        routes,
        {"/api/v1/portal/matters/{number}/files",
         "/api/v1/portal/matters/{number}/files/{no}",
         "/api/v1/portal/matters/{number}/files/{no}/thumbnail",
         For(Role::follower)}
    );
    return routes;
}

}  // namespace zt::http
