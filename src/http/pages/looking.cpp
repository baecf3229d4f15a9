#include "http/pages/looking.hpp"

#include <algorithm>

namespace zt::http {

Result<Looking> look(World& world, const Call& call) {
    TRY(auto desk, world.served->desk());
    auto directory = world.served->directory();
    Context context;
    context.now = call.now;
    context.kinds = &world.served->rules().kinds;
    context.pack = &world.served->rules().pack;
    context.calendar = &world.served->rules().calendar;
    context.directory = directory.get();
    return Looking{std::move(desk), std::move(directory), context};
}

Result<Loaded> load(Looking& looking, MatterId matter) {
    Loaded loaded;
    TRY(loaded.events, looking.desk->events(matter));
    for (const auto& event : loaded.events) {
        apply(loaded.state, event);
        auto texts = looking.desk->open_texts(event);
        if (texts) {
            loaded.texts.add(event.seq, *std::move(texts));
        } else if (texts.error().code != Errc::not_found) {
            return std::unexpected(std::move(texts).error());
        }
    }
    return loaded;
}

Actor actor_of(const Caller& caller) {
    Actor actor;
    actor.kind = ActorKind::post;
    actor.person = caller.person;
    actor.post = caller.post;
    actor.on_behalf = caller.on_behalf;
    return actor;
}

Result<Seen> see(World& world, const Call& call) {
    TRY(auto looking, look(world, call));
    const std::string& number = call.path_value("number");
    TRY(const MatterId matter, looking.desk->find_number(number));
    TRY(auto loaded, load(looking, matter));
    Viewer viewer = viewer_of(call.caller);
    if (zt::sight_of(loaded.state, viewer, looking.context) == Sight::hidden) {
        return fail(Errc::unknown_matter, "no matter has the number '" + number + "'");
    }
    return Seen{std::move(looking), std::move(loaded), std::move(viewer)};
}

std::string in_words(const Error& error, const World& world, const Call& call) {
    return world.texts(call.language).get("errors." + std::string(name_of(error.code)));
}

}  // namespace zt::http
