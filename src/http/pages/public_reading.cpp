#include "http/pages/public_reading.hpp"

#include "domain/apply.hpp"

namespace zt::http {

Result<std::optional<api::PublishedPage>>
read_published(Looking& looking, MatterId matter, std::string_view language) {
    TRY(const auto events, looking.desk->events(matter));
    State state;
    for (const auto& event : events) {
        apply(state, event);
    }
    return pages::published_page({state, events, looking.context, language});
}

}  // namespace zt::http
