#include "http/papers.hpp"

#include "http/world.hpp"

namespace zt::http {

void answer_on_file_thread(World& world, const Call& call, Deliver deliver, Answering answer) {
    const auto shared = std::make_shared<Deliver>(std::move(deliver));
    const bool is_taken = world.papers->pool.offer([&world, &call, shared, answer] {
        (*shared)(answer(world, call));
    });
    if (!is_taken) {
        (*shared)(fail(Errc::overloaded, "too many files are worked on at this moment"));
    }
}

}  // namespace zt::http
