#pragma once
// Looking: what reading handlers share: a desk, the directory of this moment, and what the caller
// may see.

#include "base/text.hpp"
#include "http/pages/matter.hpp"
#include "http/viewer.hpp"
#include "http/world.hpp"
#include "service/served.hpp"

namespace zt::http {

/// Borrowed from the world for one call.
struct Looking {
    service::Served::Lent desk;
    std::shared_ptr<const Directory> directory;
    Context context;
};
/// errors: io_failed.
[[nodiscard]] Result<Looking> look(World& world, const Call& call);

/// A matter with its texts.
struct Loaded {
    State state;
    std::vector<Event> events;
    pages::Texts texts;
};
/// errors: unknown_matter, damaged, io_failed. Texts of an erased matter are not there.
[[nodiscard]] Result<Loaded> load(Looking& looking, MatterId matter);

/// The post that the caller acts for: on whose behalf, if so.
[[nodiscard]] Actor actor_of(const Caller& caller);
/// The matter of the number in the path. errors: unknown_matter, also for one that the caller may
/// not see, so that nobody learns that it exists.
struct Seen {
    Looking looking;
    Loaded loaded;
    Viewer viewer;
    [[nodiscard]] pages::Subject subject(std::string_view language) const {
        return {loaded.state, loaded.events, loaded.texts, looking.context, viewer, language};
    }
};
[[nodiscard]] Result<Seen> see(World& world, const Call& call);

/// Text of a refusal for people.
[[nodiscard]] std::string in_words(const Error& error, const World& world, const Call& call);

}  // namespace zt::http
