#include "http/pages/papers.hpp"

#include "http/pages/forms.hpp"
#include "http/pages/steps.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

bool sees(const AttachedFile& file, const Subject& subject) {
    return sees_file(file, subject.state, subject.viewer, subject.context);
}

api::FileLine line_of(const AttachedFile& file, const Subject& subject) {
    api::FileLine line;
    line.no = file.no;
    line.bytes = file.bytes;
    line.width = file.width;
    line.height = file.height;
    line.name = subject.texts.of(file_name_part(file.no));
    line.type = file.type;
    line.purpose = name_of(file.purpose);
    line.unit = post_org(file.post, *subject.context.directory);
    line.at = file.at;
    line.has_thumbnail = !file.thumbnail.empty();
    line.may_carry_metadata = file.may_carry_metadata;
    line.extension_differs = file.extension_differs;
    line.is_disclosed = file.is_disclosed;
    return line;
}

}  // namespace

std::vector<api::FileLine> files_of(const Subject& subject) {
    std::vector<api::FileLine> lines;
    for (const auto& file : attached_files(subject.state)) {
        if (sees(file, subject)) {
            lines.push_back(line_of(file, subject));
        }
    }
    return lines;
}

std::vector<api::NoteLine> notes_of(const Subject& subject) {
    std::vector<api::NoteLine> notes;
    for (const Event& event : subject.events) {
        const auto texts = subject.texts.by_event.find(event.seq);
        if (event.verb != Verb::note || is_attaching(event) || is_disclosing(event) ||
            texts == subject.texts.by_event.end() ||
            !sees_note(event, subject.state, subject.viewer, subject.context)) {
            continue;
        }
        const auto text = std::ranges::find(texts->second, "note", &Personal::name);
        if (text == texts->second.end() || event.actor.kind != ActorKind::post) {
            continue;
        }
        api::NoteLine note;
        note.seq = event.seq;
        note.at = event.at;
        note.visibility = name_of(note_visibility(event));
        note.unit = post_org(event.actor.post, *subject.context.directory);
        const Post* post = subject.context.directory->post(event.actor.post);
        if (post != nullptr && subject.shown(FieldGroup::actors) == Shown::shown) {
            note.post = post->title;
        }
        note.text = text->text;
        notes.push_back(std::move(note));
    }
    return notes;
}

Result<api::MatterPage> whole_page(Seen& seen, const Call& call) {
    const Subject subject = seen.subject(call.language);
    api::MatterPage page = page_of(subject);
    TRY(page.links, links_of(seen.looking, subject));
    page.files = files_of(subject);
    if (subject.shown(FieldGroup::actors) != Shown::absent) {
        page.judged_above = judged_above(subject);
    }
    const Actor actor = actor_of(call.caller);
    for (const FilePurpose purpose :
         {FilePurpose::hand_in, FilePurpose::work, FilePurpose::reply}) {
        if (may_attach(subject.state, purpose, actor, subject.context)) {
            page.may_attach.emplace_back(name_of(purpose));
        }
    }
    for (auto& file : page.files) {
        file.may_disclose =
            may_disclose(subject.state, file.no, actor, subject.context).has_value();
    }
    return page;
}

Result<std::vector<api::LinkLine>> links_of(Looking& looking, const Subject& subject) {
    std::vector<api::LinkLine> lines;
    if (subject.shown(FieldGroup::links) != Shown::shown) {
        return lines;
    }
    for (const Link& link : subject.state.links) {
        if (link.is_hidden) {
            continue;
        }
        const auto other = looking.desk->state(link.to);
        if (!other && other.error().code != Errc::unknown_matter) {
            return std::unexpected(other.error());
        }
        if (!other || zt::sight_of(*other, subject.viewer, subject.context) == Sight::hidden) {
            continue;
        }
        const Kind* kind = subject.context.kinds->version(other->kind, other->kind_version);
        lines.push_back(
            {link.type,
             other->number,
             other->kind,
             stage_title(kind, other->stage, subject.language)}
        );
    }
    return lines;
}

Result<AttachedFile> file_of(const Subject& subject, std::string_view no) {
    const auto number = parse_int(no);
    if (number) {
        for (const auto& file : attached_files(subject.state)) {
            if (file.no == *number && sees(file, subject)) {
                return file;
            }
        }
    }
    return fail(Errc::not_found, "the matter has no such file");
}

}  // namespace zt::http::pages
