#pragma once
// World: what handlers and server work with. All borrowed.

#include "base/world.hpp"
#include "http/live.hpp"
#include "http/metrics.hpp"
#include "http/route.hpp"
#include "http/settings.hpp"
#include "http/signed_in.hpp"

#include <map>
#include <memory>

namespace zt {
struct Score;
}  // namespace zt

namespace zt::kindfile {
struct PaperFile;
}  // namespace zt::kindfile

namespace zt::service {
class Served;
class Accounts;
class Approvals;
class AuditSink;
class FollowUps;
class Jobs;
class JobWatch;
class Learning;
class ViewReaders;
class PhoneCodes;
class Published;
}  // namespace zt::service

namespace zt::http {

class MessagesOut;
struct Papers;
class WebFiles;

/// How a submit ended; runs on the deciding thread.
using Answered = std::function<void(const Result<service::Answer>&)>;

/// Rows of a file that an import job takes in. Held in memory: they name people.
struct ImportOrder {
    std::string map;  ///< "messages"
    std::shared_ptr<const std::string> rows;
};

/// The rules by which units are scored, as files have them.
struct ScoreBook {
    std::vector<std::string> names;
    /// errors: not_found with the names there are.
    std::function<Result<Score>(const std::string& name)> find;
};

struct World {
    const WallClock* clock = nullptr;
    Random* random = nullptr;  ///< asked once, at the start of the server
    const kindfile::Texts* zh = nullptr;
    const kindfile::Texts* en = nullptr;
    service::Served* served = nullptr;  ///< null where only the edge is at work
    service::Ledger* ledger = nullptr;  ///< of the deciding thread alone: Pending::answer
    /// Where changes go; as Writer::submit.
    std::function<void(Submit, Answered)> submit;
    SignedIn* signed_in = nullptr;  ///< null: nobody can sign in
    service::Accounts* accounts = nullptr;
    service::FollowUps* follow_ups = nullptr;
    service::Approvals* approvals = nullptr;
    MessagesOut* messages = nullptr;          ///< null: nothing goes out
    service::ViewReaders* readers = nullptr;  ///< lists and search
    service::Learning* learning = nullptr;    ///< null: nothing is learned
    service::Jobs* jobs = nullptr;
    service::AuditSink* audit = nullptr;
    /// Looks at an order before it becomes a job: the map is known, the columns are there.
    std::function<Result<void>(const ImportOrder&)> check_import;
    std::function<Result<void>(const ImportOrder&, service::JobWatch&)> import_rows;
    ScoreBook scores;
    const std::vector<kindfile::PaperFile>* official_papers = nullptr;  ///< null: there are none
    const WebFiles* web = nullptr;  ///< pages of portal and desk; null: the API alone
    Papers* papers = nullptr;       ///< files, saved views and records (http/papers.hpp)
    service::PhoneCodes* phone_codes = nullptr;
    service::Published* published = nullptr;
    /// Whether the caller's post is one of the three administrators'; asked on the io threads.
    std::function<bool(const Caller&, Role)> holds;
    MapTiles tiles{};
    std::vector<LegalOffice> legal_offices{};
    Live* live = nullptr;
    /// Whether the caller may hear of it; asked on the io threads, for each event and connection.
    std::function<bool(const Caller&, const LiveEvent&)> may_see;
    std::function<bool()> is_ready;
    std::function<std::vector<Gauge>()> gauges;  ///< for /metrics; may be empty
    /// Told of each answered request: zt::http::open_journal, or nothing.
    std::function<void(const RequestLine&)> journal;
    Metrics metrics;

    [[nodiscard]] const kindfile::Texts& texts(std::string_view language) const {
        return language == "en" ? *en : *zh;
    }
};

/// The places of one server, each a world of its own that knows nothing of the others: sessions,
/// keys and codes of one are nothing in the other. All borrowed.
struct Worlds {
    std::vector<World*> worlds;  ///< clock, texts, metrics and journal of the first serve all
    /// By host name in small letters, without port; empty: the first answers to any name.
    std::map<std::string, World*, std::less<>> by_host;

    [[nodiscard]] World& first() const { return *worlds.front(); }
    /// in: the header Host as it came. out: null when no place has that name.
    [[nodiscard]] World* find(std::string_view host) const;
};

}  // namespace zt::http
