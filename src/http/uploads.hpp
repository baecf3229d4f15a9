#pragma once
// Whose an upload is.

#include "http/call.hpp"
#include "service/files.hpp"

namespace zt::http {

struct World;

/// The call is one of the desk, by its address.
[[nodiscard]] bool is_of_desk(const Call& call);
/// Of the desk the person; of the portal the caller's scope, which is new with each start of the
/// server and stored nowhere else.
[[nodiscard]] std::string upload_owner(const Call& call);
/// The upload of that id. One that a person began is nobody else's, and the portal's are not taken
/// by the desk: such ids are answered like unknown ones. errors: not_found.
[[nodiscard]] Result<service::UploadId>
upload_of(World& world, const Call& call, std::string_view id);

}  // namespace zt::http
