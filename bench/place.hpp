#pragma once
// A place on disk to measure: the shipped kinds, pack and calendar, the small place of
// kinds/places, and the submits that a busy day sends.

#include "app/world_os.hpp"
#include "service/tenant.hpp"
#include "service/writer.hpp"

#include <memory>
#include <string>

namespace zt::bench {

/// Prints what went wrong and ends the program: a benchmark has nobody to answer.
[[noreturn]] void give_up(const std::string& what, const Error& error);

template <class T>
T must(Result<T>&& result, const char* what) {
    if (!result) {
        give_up(what, result.error());
    }
    return *std::move(result);
}
inline void must(const Result<void>& result, const char* what) {
    if (!result) {
        give_up(what, result.error());
    }
}

/// Makes the directory and its genesis, now or at an instant: nothing can happen before it.
/// in: a path that does not exist.
std::unique_ptr<service::Tenant>
create_place(const std::string& path, app::OsRandom& random, UtcMs at = app::OsClock{}.now());
std::unique_ptr<service::Tenant>
open_place(const std::string& path, app::OsRandom& random, bool fills_later = false);

/// Submits as clients would make them. Pure of any clock: the number decides everything.
class Day {
  public:
    Day(const Directory& directory, UtcMs now);

    /// A hand-in by hotline with name, contact, title and a text of 120 characters.
    [[nodiscard]] Submit hand_in(std::int64_t number) const;
    /// The next step of a matter that stands at that step: 0 accept, 1 assign, 2 sign for, then
    /// notes.
    [[nodiscard]] Submit follow_up(MatterId matter, int step, std::int64_t number) const;
    /// The twelve events of a whole life, one submit each; the first begins the matter.
    [[nodiscard]] std::vector<Submit> life(std::int64_t number) const;
    [[nodiscard]] UtcMs now() const { return now_; }

  private:
    [[nodiscard]] Submit by(const char* org, const char* post, Verb verb, MatterId matter) const;
    [[nodiscard]] Submit by(const Actor& actor, Verb verb, MatterId matter) const;

    const Directory& directory_;
    UtcMs now_;
};

}  // namespace zt::bench
