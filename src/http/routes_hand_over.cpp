// Hand-over: the door at which other places knock. Its key stands inside: the signature of the two
// places, and an effect id that registers once whatever comes twice.

#include "http/messages_out.hpp"
#include "http/route_lists.hpp"
#include "http/world.hpp"

namespace zt::http {

namespace {

/// Longest message, as connect reads it.
constexpr std::size_t hand_over_bytes_max = std::size_t{256} * 1024;

Result<Reply> post_hand_over(World& world, const Call& call) {
    if (world.messages == nullptr) {
        return fail(Errc::not_signed_in, "no place hands over here under that signature");
    }
    return world.messages->take_over(call);
}

}  // namespace

std::vector<Route> hand_over_routes() {
    return {
        {.method = Method::post,
         .path = "/api/v1/hand-over",
         .role = For(Role::anybody),
         .summary = "Another place hands a matter over; the answer is a signed receipt",
         .body = any_json(),
         .answer = any_json(),
         .handler = Answering(post_hand_over),
         .limits = {.body_bytes = hand_over_bytes_max, .per_minute_anybody = 600},
         .key = KeyRule::repeatable},
    };
}

}  // namespace zt::http
