// Open311 GeoReport v2 under /open311/v2, in JSON and XML by the suffix of the address. Reads show
// published matters and nothing else; a post is a hand-in like any other.

#include "http/codec.hpp"
#include "http/form_body.hpp"
#include "http/handing_in.hpp"
#include "http/pages/georeport.hpp"
#include "http/pages/public_reading.hpp"
#include "http/pages/xml.hpp"
#include "http/route_lists.hpp"
#include "vault/follow_code.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::string_view xml_format = "xml", json_format = "json";
/// When the shape of these answers last changed.
constexpr std::string_view changeset = "2022-08-01T00:00:00Z";
constexpr std::string_view specification = "http://wiki.open311.org/GeoReport_v2";
/// GeoReport v2, GET Service Requests: a span of 90 days or the first 1000, whichever is less.
constexpr std::chrono::days span_max{90};
constexpr std::int64_t page_rows_max = 1000;
/// As deep as pages go: each one is found by passing over those before it.
constexpr std::int64_t rows_reached_max = 10'000;
constexpr std::size_t ids_max = 100;

/// How an answer is called: its root in XML. An answer that JSON gives as a list has the root of
/// the list in both.
Reply told(const Call& call, std::string_view root, const Json& value, int status = 200) {
    Reply reply = json_reply(value, status);
    if (call.path_value("format") == xml_format) {
        reply.content_type = "text/xml; charset=utf-8";
        reply.body = pages::to_xml(root, value);
    }
    return reply;
}

/// {"code","description"} of the specification; which parameter it is about stands before the text.
Reply refused(const World& world, const Call& call, const Error& error) {
    const int own = status_of(error.code);
    // The specification knows 400, 403 and 404; what is busy or too much keeps its own.
    const bool is_input = own == 409 || own == 412 || own == 415 || own == 422;
    const int status = is_input ? 400 : own == 401 ? 403 : own;
    std::string text = world.texts(call.language).get("errors." + std::string(name_of(error.code)));
    if (status < 500 && !error.detail.empty()) {
        text += ": " + error.detail;
    }
    constexpr std::string_view fields = "/fields/";
    if (status < 500 && error.at.starts_with(fields)) {
        text += " (attribute[" + error.at.substr(fields.size()) + "])";
    } else if (status < 500 && error.at.starts_with('/')) {
        text += " (" + error.at.substr(1) + ")";
    }
    Json one = to_json(api::GeoError{status, std::move(text)});
    return told(call, "errors", Json::array().push(std::move(one)), status);
}

const std::string* sent_value(const Pairs& pairs, std::string_view name) {
    const auto found = std::ranges::find(pairs, name, &Pairs::value_type::first);
    return found == pairs.end() || found->second.empty() ? nullptr : &found->second;
}

/// errors: not_found (a format or a jurisdiction that is not ours).
Result<void> check_place(const World& world, const Call& call, const Pairs& sent) {
    const std::string& format = call.path_value("format");
    if (format != json_format && format != xml_format) {
        return fail(Errc::not_found, "there is json and xml");
    }
    const std::string* jurisdiction = sent_value(sent, "jurisdiction_id");
    if (jurisdiction != nullptr && *jurisdiction != world.served->rules().tenant) {
        return fail(Errc::not_found, "this is another jurisdiction", "/jurisdiction_id");
    }
    return {};
}

Result<Reply> get_discovery(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    const auto& texts = world.texts(call.language);
    api::GeoDiscovery discovery;
    discovery.changeset = changeset;
    const auto directory = world.served->directory();
    const Date today = office_date(call.now, world.served->rules().calendar.offset);
    if (const Org* intake = directory->first_with("intake", today)) {
        discovery.contact = intake->name;
    }
    discovery.key_service = texts.get("open311.key_service");
    api::GeoEndpoint endpoint;
    endpoint.specification = specification;
    endpoint.url =
        (call.is_secure ? "https://" : "http://") + std::string(call.host) + "/open311/v2";
    endpoint.changeset = changeset;
    endpoint.type = "production";
    endpoint.formats = {"text/xml", "application/json"};
    discovery.endpoints.push_back(std::move(endpoint));
    return told(call, "discovery", to_json(discovery));
}

Result<Reply> get_services(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    Json list = Json::array();
    for (const Kind* kind : world.served->rules().kinds.all_newest()) {
        if (const auto one = pages::geo_kind(*kind, call.language)) {
            list.push(to_json(pages::geo_service(*one, call.language)));
        }
    }
    return told(call, "services", list);
}

/// errors: not_found.
Result<pages::GeoKind> service_of(const World& world, const Call& call, const std::string& code) {
    const Kind* kind = world.served->rules().kinds.newest(code);
    auto one = kind == nullptr ? std::nullopt : pages::geo_kind(*kind, call.language);
    if (!one) {
        return fail(Errc::not_found, "there is no service '" + code + "'", "/service_code");
    }
    return *std::move(one);
}

Result<Reply> get_service(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    TRY(const auto one, service_of(world, call, call.path_value("service_code")));
    const auto definition = pages::geo_definition(one, world.texts(call.language), call.language);
    return told(call, "service_definition", to_json(definition));
}

// ---- requests -----------------------------------------------------------------------------------

struct RequestQuery {
    service::PublishedFilter filter;
    std::optional<bool> is_closed;
    std::int64_t passed_over = 0, rows = page_rows_max;
};

Result<std::int64_t>
number_of(const Call& call, std::string_view name, std::int64_t usual, std::int64_t most) {
    const std::string* text = sent_value(call.query, name);
    if (text == nullptr) {
        return usual;
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1 || *number > most) {
        return fail(
            Errc::bad_value, "a number from 1 to " + std::to_string(most), "/" + std::string(name)
        );
    }
    return *number;
}

Result<void> put_page(RequestQuery& query, const Call& call) {
    TRY(query.rows, number_of(call, "page_size", page_rows_max, page_rows_max));
    TRY(const std::int64_t page, number_of(call, "page", 1, rows_reached_max));
    if (page * query.rows > rows_reached_max) {
        return fail(
            Errc::bad_value,
            "pages reach " + std::to_string(rows_reached_max) + " rows; narrow the dates",
            "/page"
        );
    }
    query.passed_over = (page - 1) * query.rows;
    return {};
}

Result<std::optional<UtcMs>>
instant_of(const Call& call, std::string_view name, OfficeOffset offset) {
    const std::string* text = sent_value(call.query, name);
    if (text == nullptr) {
        return std::optional<UtcMs>{};
    }
    auto at = parse_instant(*text, offset);
    if (!at) {
        return fail(Errc::bad_date, at.error().detail, "/" + std::string(name));
    }
    return std::optional(*at);
}

/// Whole days of office time: a finer bound would tell the minute of a hand-in.
Result<void> put_span(RequestQuery& query, const Call& call, OfficeOffset offset) {
    TRY(auto start, instant_of(call, "start_date", offset));
    TRY(auto end, instant_of(call, "end_date", offset));
    if (start && end && (*end < *start || *end - *start > span_max)) {
        return fail(Errc::bad_date, "end_date is up to 90 days after start_date", "/start_date");
    }
    const UtcMs until = end ? *end : start ? *start + span_max : call.now;
    const UtcMs from = start ? *start : until - span_max;
    query.filter.from = start_of(office_date(from, offset), offset);
    query.filter.until = start_of(office_date(until, offset) + std::chrono::days{1}, offset);
    return {};
}

Result<void> put_status(RequestQuery& query, const Call& call) {
    const std::string* text = sent_value(call.query, "status");
    if (text == nullptr) {
        return {};
    }
    bool asks_open = false, asks_closed = false;
    for (const auto& word : split(*text, ',')) {
        if (word != "open" && word != "closed") {
            return fail(Errc::bad_value, "'" + word + "' is neither open nor closed", "/status");
        }
        (word == "open" ? asks_open : asks_closed) = true;
    }
    if (asks_open != asks_closed) {
        query.is_closed = asks_closed;
    }
    return {};
}

Result<RequestQuery> query_of(const World& world, const Call& call) {
    RequestQuery query;
    if (const std::string* codes = sent_value(call.query, "service_code")) {
        for (const auto& code : split(*codes, ',')) {
            TRY_VOID(service_of(world, call, code));
            query.filter.kinds.push_back(code);
        }
    } else {
        for (const Kind* kind : world.served->rules().kinds.all_newest()) {
            if (pages::geo_kind(*kind, call.language)) {
                query.filter.kinds.push_back(kind->name);
            }
        }
    }
    TRY_VOID(put_span(query, call, world.served->rules().calendar.offset));
    TRY_VOID(put_status(query, call));
    TRY_VOID(put_page(query, call));
    return query;
}

/// Matters of the page asked for, newest first. errors: those of Published.
Result<std::vector<MatterId>> matters_of(World& world, RequestQuery query) {
    std::vector<MatterId> found;
    std::optional<views::ListKey> after;
    do {
        TRY(const auto page, world.published->page(query.filter, after, views::list_page_max));
        for (const auto& row : page.rows) {
            const bool is_closed = row.counts != Counts::open;
            if (query.is_closed.value_or(is_closed) != is_closed || query.passed_over-- > 0) {
                continue;
            }
            if (found.size() == static_cast<std::size_t>(query.rows)) {
                return found;
            }
            found.push_back(row.id);
        }
        after = page.next;
    } while (after);
    return found;
}

/// Empty for a matter that is no request: not published, or of a kind that is no service.
Result<std::optional<Json>>
request_json(const World& world, Looking& looking, const Call& call, MatterId matter) {
    TRY(const auto page, read_published(looking, matter, call.language));
    const Kind* kind = page ? world.served->rules().kinds.newest(page->line.kind) : nullptr;
    if (!page || kind == nullptr || !pages::geo_kind(*kind, call.language)) {
        return std::optional<Json>{};
    }
    return std::optional(to_json(pages::geo_request(*page, world.served->rules().calendar.offset)));
}

/// As request_json; also empty for a number that is not there.
Result<std::optional<Json>> request_of_number(
    const World& world, Looking& looking, const Call& call, const std::string& number
) {
    const auto matter = looking.desk->find_number(number);
    if (!matter) {
        return matter.error().code == Errc::unknown_matter
                   ? Result<std::optional<Json>>(std::optional<Json>{})
                   : std::unexpected(matter.error());
    }
    return request_json(world, looking, call, *matter);
}

/// service_request_id goes before all other filters (GeoReport v2).
Result<Reply> requests_of_ids(World& world, const Call& call, const std::string& ids) {
    const auto numbers = split(ids, ',');
    if (numbers.size() > ids_max) {
        return fail(
            Errc::bad_value,
            "at most " + std::to_string(ids_max) + " at once",
            "/service_request_id"
        );
    }
    TRY(auto looking, look(world, call));
    Json list = Json::array();
    for (const auto& number : numbers) {
        TRY(auto one, request_of_number(world, looking, call, std::string(trim(number))));
        if (one) {
            list.push(*std::move(one));
        }
    }
    return told(call, "service_requests", list);
}

Result<Reply> get_requests(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    if (const std::string* ids = sent_value(call.query, "service_request_id")) {
        return requests_of_ids(world, call, *ids);
    }
    TRY(auto query, query_of(world, call));
    TRY(const auto matters, matters_of(world, std::move(query)));
    TRY(auto looking, look(world, call));
    Json list = Json::array();
    for (const MatterId matter : matters) {
        TRY(auto one, request_json(world, looking, call, matter));
        if (one) {
            list.push(*std::move(one));
        }
    }
    return told(call, "service_requests", list);
}

Result<Reply> get_request(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    TRY(auto looking, look(world, call));
    TRY(auto one, request_of_number(world, looking, call, call.path_value("service_request_id")));
    if (!one) {
        return fail(Errc::not_found, "nothing published has this number", "/service_request_id");
    }
    return told(call, "service_requests", Json::array().push(*std::move(one)));
}

// ---- posting ------------------------------------------------------------------------------------

/// A key is not needed; one that is sent has to be good. errors: forbidden.
Result<void> check_api_key(const World& world, const Pairs& sent, UtcMs now) {
    const std::string* key = sent_value(sent, "api_key");
    if (key != nullptr &&
        (world.signed_in == nullptr || !world.signed_in->caller_of_key(*key, now))) {
        return fail(Errc::forbidden, "the key is not known", "/api_key");
    }
    return {};
}

std::optional<std::string> key_sent(const Call& call) {
    auto sent = read_form(call).value_or(Pairs{});
    sent.insert(sent.end(), call.query.begin(), call.query.end());
    const std::string* key = sent_value(sent, "api_key");
    return key == nullptr ? std::nullopt : std::optional(*key);
}

std::string notice_of(const kindfile::Texts& texts, const api::Receipt& receipt) {
    if (receipt.is_code_replaced) {
        return texts.get("open311.notice_replaced");
    }
    const std::string key = receipt.due_text.empty() ? "open311.notice" : "open311.notice_due";
    std::string text = texts.get(key, {{"code", receipt.code}, {"due", receipt.due_text}});
    return receipt.unnamed_notice.empty() ? text : text + " " + receipt.unnamed_notice;
}

Result<Pending> post_request(World& world, const Call& call) {
    TRY(auto sent, read_form(call));
    sent.insert(sent.end(), call.query.begin(), call.query.end());
    TRY_VOID(check_place(world, call, sent));
    TRY_VOID(check_api_key(world, sent, call.now));
    const std::string* code = sent_value(sent, "service_code");
    if (code == nullptr) {
        return fail(Errc::missing_field, "which service?", "/service_code");
    }
    TRY(const auto one, service_of(world, call, *code));
    TRY(auto body, pages::geo_hand_in(one, sent, *world.zh));
    return hand_in(
        world,
        call,
        std::move(body),
        [&world, &call](const api::Receipt& receipt, const service::Answer&) {
            const auto& texts = world.texts(call.language);
            Json posted =
                to_json(api::GeoPosted{receipt.number, notice_of(texts, receipt), receipt.code});
            return told(call, "service_requests", Json::array().push(std::move(posted)));
        }
    );
}

/// A client that sent its own Idempotency-Key and lost the answer asks for the number with it.
Result<Reply> get_token(World& world, const Call& call) {
    TRY_VOID(check_place(world, call, call.query));
    const std::string& token = call.path_value("token");
    const auto key = parse_uuid(token);
    if (!key) {
        return fail(Errc::not_found, "there is no such token", "/token");
    }
    TRY(auto desk, world.served->desk());
    TRY(const MatterId matter, desk->find_submit(outside, vault::blinded(*key)));
    TRY(const State state, desk->state(matter));
    Json one = to_json(api::GeoToken{state.number, token});
    return told(call, "service_requests", Json::array().push(std::move(one)));
}

const Pairs place_values{{"jurisdiction_id", "the code of the place, or nothing"}};

Pairs request_values() {
    Pairs values = place_values;
    for (const auto& [name, help] : std::initializer_list<std::pair<const char*, const char*>>{
             {"service_request_id", "numbers, comma between; goes before all other filters"},
             {"service_code", "services, comma between"},
             {"start_date", "first day; 90 days before the end if left out"},
             {"end_date", "last day; today if left out"},
             {"status", "open, closed"},
             {"page", "from 1"},
             {"page_size", "up to 1000, which is usual"}
         }) {
        values.emplace_back(name, help);
    }
    return values;
}

Route reading(std::string_view path, std::string_view summary, Schema answer, Answering handler) {
    return {
        .method = Method::get,
        .path = path,
        .role = For(Role::anybody),
        .summary = summary,
        .body = none(),
        .answer = answer,
        .handler = handler,
        .query = place_values,
        .refusing = refused
    };
}

}  // namespace

std::vector<Route> open311_routes() {
    Route requests = reading(
        "/open311/v2/requests.{format}",
        "GeoReport v2: published matters as service requests, newest first",
        schema_of<std::vector<api::GeoRequest>>(),
        get_requests
    );
    requests.query = request_values();
    return {
        reading(
            "/open311/v2/discovery.{format}",
            "GeoReport v2: service discovery",
            schema_of<api::GeoDiscovery>(),
            get_discovery
        ),
        reading(
            "/open311/v2/services.{format}",
            "GeoReport v2: kinds that everybody may hand in",
            schema_of<std::vector<api::GeoService>>(),
            get_services
        ),
        reading(
            "/open311/v2/services/{service_code}.{format}",
            "GeoReport v2: the attributes of a service",
            schema_of<api::GeoDefinition>(),
            get_service
        ),
        std::move(requests),
        reading(
            "/open311/v2/requests/{service_request_id}.{format}",
            "GeoReport v2: one published matter",
            schema_of<std::vector<api::GeoRequest>>(),
            get_request
        ),
        reading(
            "/open311/v2/tokens/{token}.{format}",
            "GeoReport v2: the number of what was posted with that Idempotency-Key",
            schema_of<std::vector<api::GeoToken>>(),
            get_token
        ),
        {.method = Method::post,
         .path = "/open311/v2/requests.{format}",
         .role = For(Role::anybody),
         .summary = "GeoReport v2: hand in, as a form; without a key a retry is another hand-in",
         .body = any_bytes(),
         .answer = schema_of<std::vector<api::GeoPosted>>(),
         .handler = Submitting(post_request),
         .limits = {.per_minute_anybody = 20},
         .query = place_values,
         .key = KeyRule::made_if_missing,
         .refusing = refused,
         .program_key = key_sent},
    };
}

}  // namespace zt::http
