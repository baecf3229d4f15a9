#include "http/pages/directory_change.hpp"

namespace zt::http::pages {

Result<bool> is_directory_change(const Command& command, service::Desk& desk) {
    if (!command.matter) {
        return Directory::is_directory_kind(command.kind);
    }
    TRY(const State state, desk.state(command.matter));
    return Directory::is_directory_kind(state.kind);
}

Result<void> refuse_directory_change(const Command& command, service::Desk& desk) {
    TRY(const bool is_one, is_directory_change(command, desk));
    return is_one ? fail(Errc::forbidden, "the directory changes by /api/v1/admin/changes")
                  : Result<void>{};
}

}  // namespace zt::http::pages
