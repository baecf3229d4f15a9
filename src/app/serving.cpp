#include "app/serving.hpp"

#include "app/embedded.hpp"
#include "app/operated.hpp"
#include "app/run_socket.hpp"
#include "app/serving_jobs.hpp"
#include "app/texts.hpp"
#include "base/check.hpp"
#include "http/account_sessions.hpp"
#include "http/journal.hpp"
#include "http/papers.hpp"
#include "http/viewer.hpp"
#include "http/web_files.hpp"
#include "service/approvals.hpp"
#include "service/matter_files.hpp"
#include "service/rounds.hpp"
#include "service/view_readers.hpp"

#include <algorithm>

namespace zt::app {

namespace {

/// Each takes 32 MiB and some 60 ms of a core; who comes beyond that is asked to try again.
constexpr std::size_t phone_hashes_at_once = 2, phone_hashes_waiting = 16;
/// Files that nobody names are looked for that often; they may be a day old.
constexpr Millis sweep_every = std::chrono::hours{1};

/// The pages that were built in.
const http::WebFiles& web_pages() {
    static const http::WebFiles pages = [] {
        auto read = http::WebFiles::read(embedded_web());
        CHECK(read.has_value());
        return *std::move(read);
    }();
    return pages;
}

/// What the accounts tell goes into the second chain of the ledger.
class LedgerAudit final : public service::AuditSink {
  public:
    explicit LedgerAudit(service::Served& served) : served_(served) {}
    void note(const Json& text) override { served_.writer().note(to_canonical(text)); }

  private:
    service::Served& served_;
};

/// The operator's commands on a place that is served.
class ServedPlace final : public Operated {
  public:
    ServedPlace(service::Served& served, service::Accounts& accounts)
        : served_(served), accounts_(accounts) {}
    [[nodiscard]] std::shared_ptr<const Directory> directory() override {
        return served_.directory();
    }
    [[nodiscard]] service::Accounts& accounts() override { return accounts_; }
    [[nodiscard]] Result<service::Answer> submit(Submit submit) override {
        return served_.submit(std::move(submit));
    }

  private:
    service::Served& served_;
    service::Accounts& accounts_;
};

/// The one coarse word that tells a page what to read anew.
http::LiveEvent live_event(const service::Committed& one) {
    return {one.event.seq, one.event.matter, one.after->kind, "matter", one.after};
}

Context context_of(const service::Served& served, const Directory& directory) {
    Context context;
    context.now = served.now();
    context.kinds = &served.rules().kinds;
    context.pack = &served.rules().pack;
    context.calendar = &served.rules().calendar;
    context.directory = &directory;
    return context;
}

bool may_hear(
    const service::Served& served, const http::Caller& caller, const http::LiveEvent& event
) {
    const auto directory = served.directory();
    const Context context = context_of(served, *directory);
    if (!event.people.empty()) {
        return std::ranges::find(event.people, caller.person) != event.people.end();
    }
    return event.after && http::sight_of(*event.after, caller, context) != Sight::hidden;
}

/// Whether the post that the caller acts in, as its holder, has that duty.
bool is_administrator(const service::Served& served, const http::Caller& caller, http::Role role) {
    const auto duty = [role]() -> std::optional<Administration> {
        switch (role) {
        case http::Role::system_admin: return Administration::settings;
        case http::Role::security_admin: return Administration::accounts;
        case http::Role::audit_admin: return Administration::audit_reading;
        case http::Role::anybody:
        case http::Role::follower:
        case http::Role::signed_in:
        case http::Role::in_post:
        case http::Role::firm:
        case http::Role::program: return std::nullopt;
        }
        return std::nullopt;
    }();
    const auto directory = served.directory();
    Context context;
    context.now = served.now();
    context.calendar = &served.rules().calendar;
    context.directory = directory.get();
    return duty && may_administer(*duty, http::viewer_of(caller), context);
}

std::vector<http::Gauge> gauges_of(
    const service::Served& served,
    const service::Followers& views,
    const connect::CourierCounts& messages
) {
    using service::FollowingView;
    const auto counts = served.writer().counts();
    std::int64_t sent = 0;
    for (const std::int64_t one : messages.sent) {
        sent += one;
    }
    return {
        {"zhitong_submits_total", "submits decided", counts.submits},
        {"zhitong_groups_total", "groups written, one sync each", counts.groups},
        {"zhitong_lapses_total", "clocks that lapsed", counts.lapsed},
        {"zhitong_refused_full_total",
         "submits refused because too much waited",
         counts.refused_full},
        {"zhitong_seq", "last event", served.seq()},
        {"zhitong_lists_lag_events",
         "events that the lists lack",
         views.lag(FollowingView::lists).events},
        {"zhitong_search_lag_events",
         "events that the search lacks",
         views.lag(FollowingView::search).events},
        {"zhitong_proof_tree_lag_events",
         "events that the proof tree lacks",
         views.lag(FollowingView::proof_tree).events},
        {"zhitong_messages_sent_total", "messages that their receivers took", sent},
        {"zhitong_messages_failed_total", "tries that they did not take", messages.failed},
        {"zhitong_messages_lag_events",
         "events that the outbox lacks",
         std::max<Seq>(0, served.seq() - messages.position)},
    };
}

}  // namespace

/// In order of their making; they go in the other.
struct Parts {
    OsClock machine_clock;
    const WallClock* clock = &machine_clock;
    OsRandom accounts_random, edge_random, approvals_random, files_random, views_random,
        codes_random, answers_random;
    std::unique_ptr<service::Served> served;
    std::unique_ptr<service::Followers> followers;
    std::optional<service::ViewReaders> readers;
    std::unique_ptr<service::Learning> learning;
    std::unique_ptr<const Definitions> definitions;
    std::vector<kindfile::PaperFile> official_papers;
    std::optional<LedgerAudit> audit;
    std::unique_ptr<vault::PasswordPool> passwords;
    std::unique_ptr<service::Accounts> accounts;
    std::optional<http::AccountSessions> sessions;
    std::optional<service::Attempts> attempts;
    std::unique_ptr<vault::SlowHashes> slow_hashes;
    std::optional<service::FollowUps> follow_ups;
    std::optional<service::Approvals> approvals;
    std::unique_ptr<service::Files> files;
    std::unique_ptr<service::SavedViews> saved_views;
    std::unique_ptr<service::Answers> answers;
    std::optional<http::Papers> papers;
    UtcMs swept{};
    std::optional<service::PhoneCodes> phone_codes;
    std::optional<service::Published> published;
    std::optional<http::Live> live;
    std::unique_ptr<PlaceMessages> messages;
    std::optional<ServedPlace> operated;
    std::unique_ptr<RunSocket> socket;
    http::World world;
    std::unique_ptr<service::Jobs> jobs;
    std::unique_ptr<http::Server> server;
    std::vector<std::unique_ptr<Serving>> others;  ///< places beside this one, which has the server
};

Serving::Serving() : parts_(std::make_unique<Parts>()) {}

Serving::~Serving() {
    if (parts_->server) {
        parts_->server->stop();
    }
    parts_->others.clear();  // they answer into the server too
    parts_->socket.reset();
    parts_->learning.reset();  // reads through the followers
    if (parts_->messages) {
        parts_->messages->stop();  // receipts are noted while there is a writer
    }
    if (auto& papers = parts_->papers) {
        papers->pool.stop();
    }
    parts_->published.reset();
    parts_->jobs.reset();      // what runs ends after the rows in hand, while the writer is there
    parts_->accounts.reset();  // their last notes still reach the audit
    if (parts_->served) {
        parts_->served->stop();  // answers into the server, so before it goes
    }
    parts_->followers.reset();  // until here they are told of what is committed
}

Result<std::unique_ptr<Serving>>
Serving::start(std::unique_ptr<service::Tenant> tenant, const ServeSettings& settings) {
    TRY(auto serving, prepare(std::move(tenant), settings));
    TRY_VOID(serving->listen(settings, {{&serving->parts_->world}, {}}));
    return serving;
}

Result<std::unique_ptr<Serving>> Serving::start(std::vector<OnePlace> places) {
    http::Worlds worlds;
    std::vector<std::unique_ptr<Serving>> all;
    for (OnePlace& place : places) {
        if (place.settings.hosts.empty()) {
            return fail(
                Errc::bad_value,
                "one of several places needs the names under which it is served",
                "place.hosts"
            );
        }
        TRY(auto one, prepare(std::move(place.tenant), place.settings));
        worlds.worlds.push_back(&one->parts_->world);
        for (const auto& host : place.settings.hosts) {
            if (!worlds.by_host.emplace(host, &one->parts_->world).second) {
                return fail(Errc::bad_value, "two places cannot have one name", "place.hosts");
            }
        }
        all.push_back(std::move(one));
    }
    std::unique_ptr<Serving> first = std::move(all.front());
    all.erase(all.begin());
    first->parts_->others = std::move(all);
    first->answer_for_all();
    TRY_VOID(first->listen(places.front().settings, worlds));
    return first;
}

/// Metrics and readiness are asked of the process. Places go by their number there, never by name.
void Serving::answer_for_all() {
    Parts& parts = *parts_;
    std::vector<const http::World*> worlds;
    for (const auto& one : parts.others) {
        worlds.push_back(&one->parts_->world);
    }
    parts.world.is_ready = [own = parts.world.is_ready, worlds] {
        return own() &&
               std::ranges::all_of(worlds, [](const auto* one) { return one->is_ready(); });
    };
    parts.world.gauges = [own = parts.world.gauges, worlds] {
        std::vector<std::vector<http::Gauge>> by_place{own()};
        for (const auto* one : worlds) {
            by_place.push_back(one->gauges());
        }
        std::vector<http::Gauge> rows;
        for (std::size_t row = 0; row < by_place.front().size(); ++row) {
            for (std::size_t place = 0; place < by_place.size(); ++place) {
                rows.push_back(by_place[place][row]);
                rows.back().labels = "place=\"" + std::to_string(place + 1) + "\"";
            }
        }
        return rows;
    };
}

Result<void> Serving::listen(const ServeSettings& settings, const http::Worlds& worlds) {
    std::vector<http::Route> rows(http::routes().begin(), http::routes().end());
    rows.insert(rows.end(), http::web_routes().begin(), http::web_routes().end());
    TRY(parts_->server, http::Server::start(worlds, settings.http, rows));
    return {};
}

Result<std::unique_ptr<Serving>>
Serving::prepare(std::unique_ptr<service::Tenant> tenant, const ServeSettings& settings) {
    std::unique_ptr<Serving> serving(new Serving());
    Parts& parts = *serving->parts_;
    if (settings.clock != nullptr) {
        parts.clock = settings.clock;
    }
    const store::DataDirectory& directory = tenant->directory();
    const service::FollowerParts follower_parts{
        &tenant->store(),
        tenant->key(),
        parts.clock,
        tenant->ledger().shared_rules(),
        directory.lists_file(),
        directory.search_file(),
        directory.tree_file()
    };
    const std::string folder = directory.path();
    const std::string sessions_file = directory.sessions_file();
    MessageParts message_parts;
    message_parts.rules = tenant->ledger().shared_rules();
    message_parts.file = directory.delivery_file();
    TRY(message_parts.courier_reader, tenant->store().reader());
    TRY(message_parts.replay_reader, tenant->store().reader());
    const std::string jobs_file = directory.path() + "/jobs.json";
    TRY(parts.served, service::Served::start(std::move(tenant), *parts.clock, settings.served));
    TRY(parts.followers, service::Followers::start(follower_parts, {}));
    parts.world.readers = &parts.readers.emplace(*parts.followers, follower_parts);
    TRY(parts.learning, start_learning(follower_parts, *parts.readers, folder));
    parts.world.learning = parts.learning.get();
    TRY(auto definitions, Definitions::find(settings.kinds_folder));
    parts.definitions = std::make_unique<const Definitions>(std::move(definitions));
    TRY(parts.jobs, service::Jobs::open(jobs_file, *parts.clock));
    parts.passwords =
        std::make_unique<vault::PasswordPool>(vault::PasswordPoolLimits{}, settings.password_cost);
    service::AccountParts account_parts;
    account_parts.key = parts.served->key();
    account_parts.random = &parts.accounts_random;
    account_parts.pool = parts.passwords.get();
    account_parts.audit = &parts.audit.emplace(*parts.served);
    account_parts.issuer = parts.served->rules().tenant;
    TRY(parts.accounts, service::Accounts::open(sessions_file, account_parts));
    parts.world.audit = account_parts.audit;
    parts.world.signed_in = &parts.sessions.emplace(*parts.accounts, *parts.served);
    service::Attempts& attempts =
        parts.attempts.emplace(service::AttemptRules{}, parts.edge_random);
    parts.slow_hashes = std::make_unique<vault::SlowHashes>(
        vault::HashCost{}, phone_hashes_at_once, phone_hashes_waiting
    );
    parts.world.follow_ups =
        &parts.follow_ups.emplace(parts.served->key()->lookup(), *parts.slow_hashes, attempts);
    parts.world.approvals = &parts.approvals.emplace(*parts.audit, parts.approvals_random);
    parts.live.emplace(parts.served->seq());
    TRY_VOID(serving->open_messages(settings, std::move(message_parts)));
    serving->open_jobs();
    TRY_VOID(serving->open_papers(settings, folder));
    parts.world.phone_codes = &parts.phone_codes.emplace(
        parts.served->key()->lookup(), *parts.slow_hashes, parts.codes_random
    );
    parts.world.published = &parts.published.emplace(*parts.followers, follower_parts.lists_file);
    TRY_VOID(serving->open_edge(settings));
    ServedPlace& operated = parts.operated.emplace(*parts.served, *parts.accounts);
    TRY(parts.socket, RunSocket::open(folder, [&operated](const std::string& line) {
            return run_forwarded(line, operated);
        }));
    return serving;
}

Result<void> Serving::open_messages(const ServeSettings& settings, MessageParts message_parts) {
    Parts& parts = *parts_;
    CHECK(parts.live.has_value());
    message_parts.served = parts.served.get();
    message_parts.clock = parts.clock;
    TRY(message_parts.channels, channels_of(settings.messages, parts.served->rules().tenant));
    message_parts.told = [&live = *parts.live](std::span<const PersonId> people) {
        http::LiveEvent event;
        event.what = "notices";
        event.people.assign(people.begin(), people.end());
        live.publish_beside(std::move(event));
    };
    TRY(parts.messages, PlaceMessages::start(std::move(message_parts)));
    parts.world.messages = parts.messages.get();
    return {};
}

void Serving::open_jobs() {
    Parts& parts = *parts_;
    parts.world.jobs = parts.jobs.get();
    parts.world.check_import = [&parts](const http::ImportOrder& order) {
        return check_import(*parts.definitions, order);
    };
    parts.world.import_rows = [&parts](const http::ImportOrder& order, service::JobWatch& watch) {
        return import_served(*parts.definitions, *parts.served, order, watch);
    };
    parts.world.scores = score_book(*parts.definitions, *parts.served);
    parts.official_papers = parts.definitions->papers_that_fit(parts.served->rules().kinds);
    parts.world.official_papers = &parts.official_papers;
}

Result<void> Serving::open_papers(const ServeSettings& settings, const std::string& folder) {
    Parts& parts = *parts_;
    const vault::MasterKey& key = *parts.served->key();
    TRY(parts.files,
        service::Files::open(
            {service::files_folder(folder), key, parts.files_random, settings.uploads}
        ));
    TRY(parts.saved_views,
        service::SavedViews::open(service::saved_views_file(folder), key, parts.views_random));
    TRY(parts.answers,
        service::Answers::open(service::answers_file(folder), key, parts.answers_random));
    http::Papers& papers = parts.papers.emplace();
    papers.files = parts.files.get();
    papers.saved_views = parts.saved_views.get();
    papers.answers = parts.answers.get();
    parts.world.tiles = settings.map;
    parts.world.legal_offices = settings.legal_offices;
    papers.limits = settings.files;
    papers.limits.owner_bytes_max = papers.limits.bytes_max * papers.limits.files_max;
    papers.lists_file = folder + "/lists.db";
    parts.world.papers = &papers;
    return {};
}

Result<void> Serving::open_edge(const ServeSettings& settings) {
    Parts& parts = *parts_;
    service::Served& served = *parts.served;
    CHECK(parts.live.has_value());
    http::Live& live = *parts.live;
    served.on_commit([&parts, &live](const service::Committed& one) {
        live.publish(live_event(one));
        parts.followers->told(one.event.seq);
    });
    http::World& world = parts.world;
    world.clock = parts.clock;
    world.random = &parts.edge_random;
    world.zh = &texts_of(Language::zh);
    world.en = &texts_of(Language::en);
    world.served = &served;
    world.ledger = &served.ledger();
    world.submit = [&served](Submit one, http::Answered done) {
        served.submit(std::move(one), std::move(done));
    };
    world.accounts = parts.accounts.get();
    world.web = &web_pages();
    world.live = &live;
    world.may_see = [&served](const http::Caller& caller, const http::LiveEvent& event) {
        return may_hear(served, caller, event);
    };
    world.holds = [&served](const http::Caller& caller, http::Role role) {
        return is_administrator(served, caller, role);
    };
    world.is_ready = [&served] { return served.has_views() && !served.has_failed(); };
    world.gauges = [&parts] {
        return gauges_of(*parts.served, *parts.followers, parts.messages->counts());
    };
    TRY(world.journal, http::open_journal(settings.log_file, settings.http.slow));
    return {};
}

std::uint16_t Serving::port() const { return parts_->server->port(); }

bool Serving::has_failed() const {
    return parts_->served->has_failed() ||
           std::ranges::any_of(parts_->others, [](const auto& one) { return one->has_failed(); });
}

void Serving::upkeep() {
    ignore(
        parts_->accounts->upkeep(parts_->clock->now()),
        "what could not be written is written the next time"
    );
    for (const auto& one : parts_->others) {
        one->upkeep();
    }
    ignore(sweep_files(), "what could not be swept is swept the next time");
    ignore(begin_rounds(), "what could not begin begins the next time");
}

Result<void> Serving::begin_rounds() {
    service::Served& served = *parts_->served;
    if (!served.has_views() || served.has_failed()) {
        return {};
    }
    Result<std::int64_t> begun = 0;
    served.writer().perform([&] { begun = service::run_rounds(served.ledger(), served.now()); });
    TRY_VOID(begun);
    return {};
}

Result<void> Serving::sweep_files() {
    Parts& parts = *parts_;
    const UtcMs now = parts.clock->now();
    if (now - parts.swept < sweep_every) {
        return {};
    }
    TRY(auto desk, parts.served->desk());
    const auto is_used = [&](const std::string& hash) {
        // What cannot be told is kept.
        return service::is_file_used(desk->reader(), *parts.served->key(), hash).value_or(true);
    };
    TRY_VOID(parts.files->sweep(now, is_used));
    parts.swept = now;
    return {};
}

}  // namespace zt::app
