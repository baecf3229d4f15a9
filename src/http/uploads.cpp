#include "http/uploads.hpp"

#include "http/papers.hpp"
#include "http/world.hpp"

namespace zt::http {

namespace {

constexpr std::string_view of_person = "person ";

std::unexpected<Error> no_upload() {
    return fail(Errc::not_found, "there is no such upload; it may have been too old", "/upload");
}

}  // namespace

bool is_of_desk(const Call& call) { return !call.pattern.starts_with("/api/v1/portal/"); }

std::string upload_owner(const Call& call) {
    return is_of_desk(call) ? std::string(of_person) + std::to_string(call.caller.person.value)
                            : "outside " + call.remote_scope;
}

Result<service::UploadId> upload_of(World& world, const Call& call, std::string_view id) {
    const auto parsed = service::parse_upload_id(id);
    if (!parsed) {
        return no_upload();
    }
    TRY(const auto progress, world.papers->files->progress(*parsed));
    // Outside the id alone is the key: the scope of an address changes with each start, and with
    // each cell that a telephone passes.
    const bool is_theirs = is_of_desk(call) ? progress.owner == upload_owner(call)
                                            : !progress.owner.starts_with(of_person);
    if (!is_theirs) {
        return no_upload();
    }
    return *parsed;
}

}  // namespace zt::http
