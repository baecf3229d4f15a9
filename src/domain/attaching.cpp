#include "domain/attaching.hpp"

#include "domain/decide.hpp"
#include "domain/impl/attach_files.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zt {

namespace {

constexpr std::array<std::string_view, 3> purposes{"hand_in", "work", "reply"};
constexpr std::size_t hash_digits = 64;
constexpr std::size_t type_characters_max = 100;
constexpr std::size_t name_bytes_max = 400;

bool is_hash(std::string_view text) {
    return text.size() == hash_digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Json file_to_json(const AttachedFile& file) {
    Json json = Json::object();
    json.set("hash", file.hash).set("type", file.type).set("bytes", file.bytes);
    if (!file.thumbnail.empty()) {
        json.set("thumbnail", file.thumbnail);
        json.set("width", file.width).set("height", file.height);
    }
    if (file.may_carry_metadata) {
        json.set("metadata", true);
    }
    if (file.extension_differs) {
        json.set("extension", true);
    }
    if (!file.name.empty()) {
        json.set("name", file.name);
    }
    if (file.no != 0) {
        json.set("no", file.no).set("for", name_of(file.purpose));
        json.set("post", file.post.value);
        json.set("at", std::int64_t{file.at.time_since_epoch().count()});
    }
    if (file.is_disclosed) {
        json.set("disclosed", true);
    }
    return json;
}

AttachedFile file_of_json(const Json& json) {
    AttachedFile file;
    file.no = json["no"].as_int();
    file.hash = json["hash"].as_string();
    file.thumbnail = json["thumbnail"].as_string();
    file.type = json["type"].as_string();
    file.name = json["name"].as_string();
    file.bytes = json["bytes"].as_int();
    file.width = json["width"].as_int();
    file.height = json["height"].as_int();
    file.may_carry_metadata = json["metadata"].as_bool();
    file.extension_differs = json["extension"].as_bool();
    file.purpose = parse_file_purpose(json["for"].as_string()).value_or(FilePurpose::hand_in);
    file.post = PostId{json["post"].as_int()};
    file.at = UtcMs{Millis{json["at"].as_int()}};
    file.is_disclosed = json["disclosed"].as_bool();
    return file;
}

bool is_sound(const AttachedFile& file) {
    return is_hash(file.hash) && (file.thumbnail.empty() || is_hash(file.thumbnail)) &&
           !file.type.empty() && file.type.size() <= type_characters_max && file.bytes > 0 &&
           !file.name.empty() && file.name.size() <= name_bytes_max && file.width >= 0 &&
           file.height >= 0;
}

bool has(const std::vector<Standing>& standings, Standing one) {
    return std::ranges::find(standings, one) != standings.end();
}

/// An empty list of purposes: no part in the matter.
std::vector<FilePurpose> purposes_of(const std::vector<Standing>& standings) {
    if (has(standings, Standing::requester) || has(standings, Standing::author)) {
        return {FilePurpose::hand_in};
    }
    if (has(standings, Standing::office)) {
        return {FilePurpose::hand_in, FilePurpose::work, FilePurpose::reply};
    }
    if (has(standings, Standing::hand) || has(standings, Standing::protected_hand)) {
        return {FilePurpose::work, FilePurpose::reply};
    }
    // Whoever handed in for somebody brings what belongs to the hand-in.
    return has(standings, Standing::collector) ? std::vector{FilePurpose::hand_in}
                                               : std::vector<FilePurpose>{};
}

Result<std::vector<AttachedFile>> files_given(const Frame& frame) {
    std::vector<AttachedFile> files;
    const JsonArray& given = frame.fields[files_field].as_array();
    if (given.size() > files_at_once_max) {
        return fail(
            Errc::too_many_files,
            "at most " + std::to_string(files_at_once_max) + " at once",
            "/fields/files"
        );
    }
    for (const Json& one : given) {
        files.push_back(file_of_json(one));
        files.back().is_disclosed = false;
        if (!is_sound(files.back())) {
            return fail(Errc::bad_field, "a stored file is expected", "/fields/files");
        }
    }
    return files;
}

FieldGroup group_of(FilePurpose purpose) {
    switch (purpose) {
    case FilePurpose::hand_in: return FieldGroup::files;
    case FilePurpose::work: return FieldGroup::work;
    case FilePurpose::reply: return FieldGroup::replies;
    }
    return FieldGroup::files;
}

FilePurpose purpose_of(const Event& event) {
    return parse_file_purpose(event.input[files_for_field].as_string()).value_or(FilePurpose::work);
}

/// Numbers of the files that an event names.
std::vector<std::int64_t> numbers_of(const Event& event) {
    if (is_disclosing(event)) {
        return {event.input[disclosed_field].as_int()};
    }
    std::vector<std::int64_t> numbers;
    for (const Json& one : event.input[files_field].as_array()) {
        numbers.push_back(one.as_int());
    }
    return numbers;
}

void claim(Frame& frame, const std::string& hash) {
    if (!hash.empty()) {
        frame.claims.push_back({std::string(file_claim), std::string(file_claim), hash, false});
    }
}

}  // namespace

std::string_view name_of(FilePurpose purpose) {
    return purposes[static_cast<std::size_t>(purpose)];
}

std::optional<FilePurpose> parse_file_purpose(std::string_view name) {
    const auto* found = std::ranges::find(purposes, name);
    return found == purposes.end()
               ? std::nullopt
               : std::optional(static_cast<FilePurpose>(found - purposes.begin()));
}

std::string file_name_part(std::int64_t no) { return "file." + std::to_string(no) + ".name"; }

Json files_to_json(const std::vector<AttachedFile>& files) {
    Json list = Json::array();
    for (const auto& file : files) {
        list.push(file_to_json(file));
    }
    return list;
}

Command attaching_command(const Attaching& attaching) {
    Command command;
    command.verb = Verb::note;
    command.matter = attaching.matter;
    command.actor = attaching.actor;
    command.fields.set(std::string(files_field), files_to_json(attaching.files));
    command.fields.set(std::string(files_for_field), name_of(attaching.purpose));
    return command;
}

bool is_attaching(const Command& command) {
    return command.verb == Verb::note && command.fields.find(files_for_field) != nullptr;
}

bool is_attaching(const Event& event) {
    return event.verb == Verb::note && event.input.find(files_for_field) != nullptr;
}

Command disclosing_command(MatterId matter, const Actor& actor, std::int64_t file) {
    Command command;
    command.verb = Verb::note;
    command.matter = matter;
    command.actor = actor;
    command.fields.set(std::string(disclosed_field), file);
    return command;
}

bool is_disclosing(const Command& command) {
    return command.verb == Verb::note && command.fields.find(disclosed_field) != nullptr;
}

bool is_disclosing(const Event& event) {
    return event.verb == Verb::note && event.input.find(disclosed_field) != nullptr;
}

std::vector<AttachedFile> attached_files(const State& state) {
    std::vector<AttachedFile> files;
    for (const Json& one : state.field(files_field).as_array()) {
        files.push_back(file_of_json(one));
    }
    return files;
}

bool sees_file(
    const AttachedFile& file, const State& state, const Viewer& viewer, const Context& context
) {
    const FieldGroup group = file.is_disclosed ? FieldGroup::text : group_of(file.purpose);
    // What a post put there itself it reads, though it reads nothing else of the work.
    const PostId own = viewer.on_behalf ? viewer.on_behalf : viewer.post;
    const bool is_own = own && file.post == own && file.purpose == FilePurpose::work &&
                        may_see_in_list(state, viewer, context);
    return is_own || shown(group, state, viewer, context) == Shown::shown;
}

bool sees_files_of(
    const Event& event, const State& state, const Viewer& viewer, const Context& context
) {
    const auto numbers = numbers_of(event);
    if (numbers.empty()) {  // an announcement
        return shown(group_of(purpose_of(event)), state, viewer, context) == Shown::shown;
    }
    return std::ranges::any_of(attached_files(state), [&](const AttachedFile& file) {
        return std::ranges::find(numbers, file.no) != numbers.end() &&
               sees_file(file, state, viewer, context);
    });
}

Result<void>
may_attach(const State& state, FilePurpose purpose, const Actor& actor, const Context& context) {
    const Access access = access_of(state, viewer_of(actor, state.id), context);
    const auto open_to = purposes_of(access.standings);
    // What a leader wrote by hand comes as a picture with the instruction, or in its place.
    const bool is_instruction =
        purpose == FilePurpose::work && may(state, Verb::instruct, actor, context).has_value();
    // Whoever found it where it is brings the photo of it; the office has no other.
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    const bool is_seen_there = purpose == FilePurpose::work && kind != nullptr &&
                               kind->is_field_work && has(access.standings, Standing::registrar);
    if (std::ranges::find(open_to, purpose) == open_to.end() && !is_instruction && !is_seen_there) {
        return fail(
            Errc::wrong_role, "files for this are not put here by who asks", "/fields/files_for"
        );
    }
    if (state.is_erased || state.counts == Counts::ended) {
        return fail(Errc::wrong_stage, "nothing is put to a matter that is over");
    }
    return {};
}

Result<void>
may_disclose(const State& state, std::int64_t file, const Actor& actor, const Context& context) {
    const Access access = access_of(state, viewer_of(actor, state.id), context);
    if (!has(access.standings, Standing::office)) {
        return fail(Errc::wrong_role, "the office alone says that a file tells nobody's name");
    }
    if (state.is_erased || state.counts == Counts::ended) {
        return fail(Errc::wrong_stage, "nothing is disclosed of a matter that is over");
    }
    const auto files = attached_files(state);
    const auto found = std::ranges::find(files, file, &AttachedFile::no);
    if (found == files.end() || found->purpose != FilePurpose::hand_in) {
        return fail(Errc::not_found, "the hand-in has no such file", "/fields/file_disclosed");
    }
    if (found->is_disclosed) {
        return fail(Errc::duplicate_claim, "it was disclosed before", "/fields/file_disclosed");
    }
    return {};
}

Result<void> disclose_file(Frame& frame) {
    const std::int64_t no = frame.fields[disclosed_field].as_int();
    TRY_VOID(may_disclose(frame.after, no, frame.command->actor, *frame.context));
    auto files = attached_files(frame.after);
    std::ranges::find(files, no, &AttachedFile::no)->is_disclosed = true;
    frame.emit(FieldSet{std::string(files_field), files_to_json(files)});
    frame.input.set(std::string(disclosed_field), no);
    return {};
}

Result<void> attach_files(Frame& frame) {
    const auto purpose = parse_file_purpose(frame.fields[files_for_field].as_string());
    if (!purpose) {
        return fail(Errc::bad_field, "files are for hand_in, work or reply", "/fields/files_for");
    }
    TRY_VOID(may_attach(frame.after, *purpose, frame.command->actor, *frame.context));
    TRY(auto given, files_given(frame));
    std::vector<AttachedFile> files = attached_files(frame.after);
    if (files.size() + given.size() > attached_files_max) {
        return fail(
            Errc::too_many_files,
            "a matter has at most " + std::to_string(attached_files_max),
            "/fields/files"
        );
    }
    Json numbers = Json::array();
    for (auto& file : given) {
        if (std::ranges::find(files, file.hash, &AttachedFile::hash) != files.end()) {
            return fail(Errc::duplicate_claim, "the matter has this file already", "/fields/files");
        }
        file.no = static_cast<std::int64_t>(files.size()) + 1;
        file.purpose = *purpose;
        file.post = frame.post;
        file.at = frame.at();
        claim(frame, file.hash);
        claim(frame, file.thumbnail);
        numbers.push(file.no);
        frame.personal.push_back({file_name_part(file.no), std::exchange(file.name, {})});
        files.push_back(std::move(file));
    }
    if (given.empty()) {
        frame.personal.push_back({std::string(files_field), "announced"});
    } else {
        frame.emit(FieldSet{std::string(files_field), files_to_json(files)});
    }
    frame.input.set(std::string(files_field), std::move(numbers));
    frame.input.set(std::string(files_for_field), name_of(*purpose));
    return {};
}

}  // namespace zt
