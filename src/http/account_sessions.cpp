#include "http/account_sessions.hpp"

namespace zt::http {

std::optional<Caller> AccountSessions::caller_of_session(std::string_view token, UtcMs now) {
    const auto session = accounts_.find_session(token, now);
    if (!session) {
        return std::nullopt;
    }
    Caller caller;
    caller.person = session->person;
    caller.session = std::to_string(session->id.value);
    const Date today = office_date(now, served_.rules().calendar.offset);
    const auto directory = served_.directory();
    const bool may_act = !session->must_change_password &&
                         service::may_act(session->person, session->choice, *directory, today);
    if (may_act) {
        caller.post = session->choice.post;
        caller.on_behalf = session->choice.on_behalf;
        const PostId authority = caller.on_behalf ? caller.on_behalf : caller.post;
        caller.is_of_firm = directory->firm_of(authority) != nullptr;
    }
    return caller;
}

std::optional<Caller> AccountSessions::caller_of_key(std::string_view key, UtcMs now) {
    const auto found = accounts_.find_api_key(key, now);
    if (!found) {
        return std::nullopt;
    }
    const Date today = office_date(now, served_.rules().calendar.offset);
    const auto directory = served_.directory();
    const Post* post = directory->post(found->post);
    // What a firm sees is for its people, not for programs.
    if (post == nullptr || directory->firm_of(found->post) != nullptr ||
        !service::is_in_force(found->post, *directory, today)) {
        return std::nullopt;
    }
    Caller caller;
    caller.person = post->holder;  // what the program does, the holder of the post answers for
    caller.post = found->post;
    caller.scopes = found->scopes;
    return caller;
}

bool AccountSessions::csrf_matches(std::string_view session, std::string_view csrf) {
    return service::is_csrf(session, csrf);
}

}  // namespace zt::http
