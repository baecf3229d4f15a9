#include "http/viewer.hpp"

namespace zt::http {

Viewer viewer_of(const Caller& caller) {
    Viewer viewer;
    viewer.kind = caller.scopes.empty() ? ViewerKind::post : ViewerKind::api_key;
    viewer.person = caller.person;
    viewer.post = caller.post;
    viewer.on_behalf = caller.on_behalf;
    viewer.scopes = caller.scopes;
    if (!caller.post) {
        viewer.kind = ViewerKind::nobody;
    }
    return viewer;
}

Sight sight_of(const State& state, const Caller& caller, const Context& context) {
    return zt::sight_of(state, viewer_of(caller), context);
}

}  // namespace zt::http
