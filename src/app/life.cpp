#include "app/life.hpp"

#include "connect/wording.hpp"
#include "domain/apply.hpp"
#include "service/codec.hpp"

#include <algorithm>
#include <ostream>

namespace zt::app {

namespace {

const Kind* kind_of(service::Tenant& tenant, const State& state) {
    const Kinds& kinds = tenant.rules().kinds;
    const Kind* kind = kinds.version(state.kind, state.kind_version);
    return kind != nullptr ? kind : kinds.newest(state.kind);
}

std::string in_language(const Request& request, const Title& title) {
    return request.language == Language::zh || title.en.empty() ? title.zh : title.en;
}

std::string stage_title(const Request& request, const Kind* kind, const std::string& name) {
    const StageRule* stage = kind == nullptr ? nullptr : kind->stage(name);
    return stage == nullptr ? name : in_language(request, stage->title);
}

std::string clock_title(const Request& request, const Kind* kind, const std::string& name) {
    const ClockRule* clock = kind == nullptr ? nullptr : kind->clock(name);
    return clock == nullptr || clock->title.zh.empty() ? name : in_language(request, clock->title);
}

/// The kind's own title of the step; else the verb's.
std::string event_title(const Request& request, const Event& event, const Transition* row) {
    if (row != nullptr && !row->title.zh.empty()) {
        return in_language(request, row->title);
    }
    const VerbRow& verb = row_of(event.verb);
    return std::string(request.language == Language::zh ? verb.zh : verb.event);
}

std::string
due_text(const Clock& clock, const calendar::Calendar& calendar, const Request& request) {
    if (clock.due == calendar::never) {
        return request.text("cli.show.no_due");
    }
    const bool is_minute = clock.length.unit == calendar::Unit::hours ||
                           clock.length.unit == calendar::Unit::service_hours || clock.is_fixed;
    const std::string when =
        is_minute ? to_office_string(clock.due, calendar.offset)
                  : to_string(calendar::shown_day(calendar, clock.due, clock.length));
    return when + (clock.is_provisional ? request.text("cli.show.provisional") : "");
}

/// One change in words; empty for those that people do not look for.
class ChangeWords {
  public:
    ChangeWords(
        const Request& request, service::Tenant& tenant, const Kind* kind, const State& after
    )
        : request_(request), tenant_(tenant), kind_(kind), after_(after) {}

    [[nodiscard]] std::string words(const Change& change) const {
        if (const auto* c = std::get_if<StageEntered>(&change)) {
            return request_.text(
                "cli.show.stage", {{"stage", stage_title(request_, kind_, c->stage)}}
            );
        }
        if (const auto* c = std::get_if<HandAdded>(&change)) {
            return request_.text(
                "cli.show.hand", {{"role", role_title(c->hand.role)}, {"org", org(c->hand.org)}}
            );
        }
        if (const auto* c = std::get_if<HandMoved>(&change)) {
            const Hand* hand = after_.hand(c->no);
            return request_.text(
                "cli.show.hand_moved",
                {{"org", hand == nullptr ? "" : org(hand->org)}, {"state", state_title(c->state)}}
            );
        }
        if (const auto* c = std::get_if<Numbered>(&change)) {
            return request_.text("cli.show.number_given", {{"number", c->number}});
        }
        if (const auto* c = std::get_if<TurnRaised>(&change)) {
            return request_.text("cli.show.turn", {{"turn", std::to_string(c->turn)}});
        }
        return clock_words(change);
    }

  private:
    [[nodiscard]] std::string clock_words(const Change& change) const {
        const auto& calendar = tenant_.rules().calendar;
        if (const auto* c = std::get_if<ClockStarted>(&change)) {
            return request_.text(
                "cli.show.clock_started",
                {{"clock", name(c->clock.name)}, {"due", due_text(c->clock, calendar, request_)}}
            );
        }
        if (const auto* c = std::get_if<ClockStopped>(&change)) {
            const Clock* clock = after_.clock(c->no);
            return request_.text(
                "cli.show.clock_" + std::string(name_of(c->state)),
                {{"clock", clock == nullptr ? "" : name(clock->name)}}
            );
        }
        if (const auto* c = std::get_if<ClockLapsed>(&change)) {
            const Clock* clock = after_.clock(c->no);
            return request_.text(
                "cli.show.clock_lapsed", {{"clock", clock == nullptr ? "" : name(clock->name)}}
            );
        }
        if (const auto* c = std::get_if<ClockRedated>(&change)) {
            return request_.text(
                "cli.show.clock_redated",
                {{"due", to_office_string(c->due, calendar.offset)}, {"why", c->why}}
            );
        }
        return {};
    }
    [[nodiscard]] std::string org(OrgId id) const {
        return org_name(id, tenant_.ledger().directory());
    }
    [[nodiscard]] std::string name(const std::string& clock) const {
        return clock_title(request_, kind_, clock);
    }
    [[nodiscard]] std::string role_title(const std::string& role) const {
        const HandRule* rule = kind_ == nullptr ? nullptr : kind_->hand(role);
        return rule == nullptr ? role : in_language(request_, rule->title);
    }
    [[nodiscard]] std::string state_title(HandState state) const {
        return request_.text("cli.show.hand_states." + std::string(name_of(state)));
    }

    const Request& request_;
    service::Tenant& tenant_;
    const Kind* kind_;
    const State& after_;
};

/// What stands in the clear of an event's sealed texts: itself with the key, a mask without.
std::vector<Personal> texts_of_event(service::Tenant& tenant, const Event& event) {
    if (auto opened = tenant.open_texts(event)) {
        return *std::move(opened);
    }
    std::vector<Personal> masked;
    masked.reserve(event.sealed.size());
    for (const auto& part : event.sealed) {
        masked.push_back({part.name, "•••"});
    }
    return masked;
}

std::string notice_line(
    const Request& request,
    service::Tenant& tenant,
    const Event& event,
    const Noticed& notice,
    const std::string& number
) {
    const std::string whom = notice.org ? org_name(notice.org, tenant.ledger().directory())
                                        : request.text("cli.show.party");
    const bool is_suppressed = event.origin != Origin::live;
    const Title* own = tenant.rules().kinds.text(notice.text);
    const connect::Values number_value{{"number", number}};
    const std::string said =
        own == nullptr
            ? request.text(notice.text, {{"number", number}})
            : connect::filled(request.language == Language::zh ? own->zh : own->en, number_value);
    return request.text(
        is_suppressed ? "cli.show.notice_suppressed" : "cli.show.notice",
        {{"role", notice.role}, {"whom", whom}, {"text", said}}
    );
}

Json notices_json(const Event& event) {
    Json list = Json::array();
    for (const auto& change : event.changes) {
        if (const auto* notice = std::get_if<Noticed>(&change)) {
            list.push(Json::object()
                          .set("role", notice->role)
                          .set("text", notice->text)
                          .set("org", notice->org.value)
                          .set("suppressed", event.origin != Origin::live));
        }
    }
    return list;
}

Json marks_json(const Marks& marks) {
    Json list = Json::array();
    if (marks.is_back_dated) {
        list.push("back_dated");
    }
    if (marks.is_estimated) {
        list.push("estimated");
    }
    for (const auto& code : marks.irregular) {
        list.push("irregular " + code);
    }
    return list;
}

Json event_json(
    const Request& request, service::Tenant& tenant, const Event& event, LifeOptions options
) {
    const auto offset = tenant.rules().calendar.offset;
    Json json = Json::object();
    json.set("seq", event.seq).set("at", to_office_string(event.at, offset));
    json.set("recorded", to_office_string(event.recorded, offset))
        .set("event", row_of(event.verb).event);
    json.set("by", actor_name(event.actor, tenant.ledger().directory(), request))
        .set("origin", name_of(event.origin));
    json.set("marks", marks_json(event.marks))
        .set("input", event.input)
        .set("hash", to_hex(event.hash));
    if (event.cause != 0) {
        json.set("cause", event.cause);
    }
    Json changes = Json::array();
    for (const auto& change : event.changes) {
        if (!std::holds_alternative<Noticed>(change)) {
            std::string text;
            append_change(text, change);
            changes.push(parse_canonical(text).value_or(Json(text)));
        }
    }
    Json texts = Json::object();
    for (const auto& text : texts_of_event(tenant, event)) {
        texts.set(text.name, text.text);
    }
    json.set("changes", std::move(changes)).set("texts", std::move(texts));
    if (options.has_notices) {
        json.set("notices", notices_json(event));
    }
    return json;
}

Json clock_json(const Clock& clock, const calendar::Calendar& calendar, const Request& request) {
    Json json = Json::object();
    json.set("clock", clock.name).set("state", name_of(clock.state)).set("final", clock.is_final);
    json.set("start", to_office_string(clock.start, calendar.offset)).set("turn", clock.turn);
    json.set("due", due_text(clock, calendar, request)).set("provisional", clock.is_provisional);
    if (!clock.is_fixed) {
        json.set("length", calendar::to_string(clock.length));
    }
    return json;
}

std::string proof_line(const Request& request, const calendar::ProofDay& day) {
    const std::string kind = request.text("cli.due.kinds." + std::string(name_of(day.kind)));
    const std::string why =
        day.name.empty() ? kind
                         : request.text("cli.due.named", {{"kind", kind}, {"name", day.name}});
    return request.text(
        "cli.due.marks." + std::string(name_of(day.mark)),
        {{"count", std::to_string(day.counted)}, {"why", why}, {"pause", day.pause_reason}}
    );
}

void print_clock_proof(const Request& request, service::Tenant& tenant, const State& state) {
    const Clock* clock = state.final_clock();
    if (clock == nullptr || clock->is_fixed || clock->due == calendar::never) {
        return;
    }
    const auto& calendar = tenant.rules().calendar;
    const auto proof = calendar::explain(
        calendar, clock->start, clock->length, clock->pauses, calendar::Unknown::provisional
    );
    if (!proof) {
        return;
    }
    const std::string title = clock_title(request, kind_of(tenant, state), clock->name);
    request.out() << request.text(
                         "cli.show.proof_head",
                         {{"clock", title},
                          {"length", calendar::to_string(clock->length)},
                          {"due", due_text(*clock, calendar, request)}}
                     )
                  << '\n';
    for (const auto& day : proof->days) {
        const auto weekday = std::to_string(std::chrono::weekday(day.day).iso_encoding());
        request.out() << "  " << to_string(day.day) << ' '
                      << request.text("cli.weekdays." + weekday) << "  " << proof_line(request, day)
                      << '\n';
    }
}

void print_event(
    const Request& request,
    service::Tenant& tenant,
    const Event& event,
    const State& state,
    const Transition* row,
    LifeOptions options
) {
    const Kind* kind = kind_of(tenant, state);
    request.out() << to_office_string(event.at, tenant.rules().calendar.offset) << "  "
                  << event_title(request, event, row) << "  "
                  << actor_name(event.actor, tenant.ledger().directory(), request);
    for (const auto& mark : marks_json(event.marks).as_array()) {
        request.out() << " [" << mark.as_string() << ']';
    }
    request.out() << '\n';
    const ChangeWords words(request, tenant, kind, state);
    for (const auto& change : event.changes) {
        if (const std::string line = words.words(change); !line.empty()) {
            request.out() << "    " << line << '\n';
        }
    }
    for (const auto& text : texts_of_event(tenant, event)) {
        request.out() << "    " << text.name << "：" << text.text << '\n';
    }
    for (const auto& change : event.changes) {
        if (const auto* notice = std::get_if<Noticed>(&change);
            notice != nullptr && options.has_notices) {
            request.out() << "    " << notice_line(request, tenant, event, *notice, state.number)
                          << '\n';
        }
    }
}

}  // namespace

Result<Life> life_of(service::Tenant& tenant, MatterId matter) {
    TRY(const auto row, tenant.store().matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, tenant.store().events_of(*row));
    Life life;
    State state;
    for (const auto& one : rows) {
        TRY(auto event, service::event_of_row(one));
        apply(state, event);
        life.events.push_back(std::move(event));
    }
    life.state = std::make_shared<const State>(std::move(state));
    return life;
}

Json life_json(
    const Request& request, service::Tenant& tenant, const Life& life, LifeOptions options
) {
    const State& state = *life.state;
    const auto& calendar = tenant.rules().calendar;
    const Hand* lead = state.lead();
    Json json = Json::object();
    json.set("number", state.number)
        .set("kind", state.kind)
        .set("stage", state.stage)
        .set("counts", name_of(state.counts));
    json.set("turn", state.turn).set("office", org_name(state.office, tenant.ledger().directory()));
    json.set(
        "lead", lead == nullptr ? Json() : Json(org_name(lead->org, tenant.ledger().directory()))
    );
    json.set("registered", to_office_string(state.registered, calendar.offset))
        .set("origin", name_of(state.origin));
    Json clocks = Json::array();
    for (const auto& clock : state.clocks) {
        clocks.push(clock_json(clock, calendar, request));
    }
    Json events = Json::array();
    for (const auto& event : life.events) {
        events.push(event_json(request, tenant, event, options));
    }
    return json.set("clocks", std::move(clocks)).set("events", std::move(events));
}

void print_life(
    const Request& request, service::Tenant& tenant, const Life& life, LifeOptions options
) {
    const State& state = *life.state;
    const Kind* kind = kind_of(tenant, state);
    const Directory& directory = tenant.ledger().directory();
    request.out() << state.number << "  "
                  << (kind == nullptr ? state.kind : in_language(request, kind->title)) << "  "
                  << stage_title(request, kind, state.stage) << '\n';
    const Hand* lead = state.lead();
    request.out() << request.text(
                         "cli.show.head",
                         {{"office", org_name(state.office, directory)},
                          {"lead", lead == nullptr ? "—" : org_name(lead->org, directory)},
                          {"turn", std::to_string(state.turn)}}
                     )
                  << "\n\n";
    State before;
    for (const auto& event : life.events) {
        const Context context = tenant.ledger().context(event.at, event.origin);
        const State* stood = before.version == 0 ? nullptr : &before;
        print_event(request, tenant, event, state, row_taken(stood, event, context), options);
        apply(before, event);
    }
    if (options.has_proof) {
        request.out() << '\n';
        print_clock_proof(request, tenant, state);
    }
}

}  // namespace zt::app
