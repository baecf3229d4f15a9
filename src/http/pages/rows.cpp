#include "http/pages/rows.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"
#include "http/pages/forms.hpp"

#include <algorithm>

namespace zt::http {

bool RowSight::sees(const views::ListRow& row) {
    Judged& known = judged(row);
    if (!known.is_listed) {
        known.is_listed = may_see_in_list(views::outline_of(row), viewer_, context_);
    }
    return *known.is_listed;
}

bool RowSight::reads(FieldGroup group, const views::ListRow& row) {
    auto& known = judged(row).reads[static_cast<std::size_t>(group)];
    if (!known) {
        known = shown(group, views::outline_of(row), viewer_, context_) == Shown::shown;
    }
    return *known;
}

bool RowSight::may_export(const views::ListRow& row) {
    Judged& known = judged(row);
    if (!known.may_export) {
        known.may_export = zt::may_export(views::outline_of(row), viewer_, context_);
    }
    return *known.may_export;
}

namespace {

/// Beyond so many units asking of every row is quicker than looking each unit's rows up.
constexpr std::size_t units_max = 16;

bool has_word(const Post& post, std::string_view word) {
    return post.key == word || std::ranges::find(post.words, word) != post.words.end();
}

/// The kind lets the post look at matters that its units have nothing to do with.
bool looks_beyond(const Kind& kind, const Post& post) {
    using Where = RoleRule::Where;
    return std::ranges::any_of(kind.visible_to, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        return role != nullptr && has_word(post, role->post_word) &&
               role->where != Where::at_office && role->where != Where::at_hand &&
               role->where != Where::leads_hand && role->where != Where::at_registrar;
    });
}

Result<OrgId> org_in(const std::string& text, std::string_view name, const Looking& looking) {
    const Date day = office_date(looking.context.now, looking.context.calendar->offset);
    if (const Org* org = looking.directory->find_org(text, day)) {
        return org->id;
    }
    const auto number = parse_int(text);
    const Org* org = number ? looking.directory->org(OrgId{*number}) : nullptr;
    if (org == nullptr) {
        return fail(
            Errc::unknown_org,
            "no unit has the code, name or number '" + text + "'",
            "/" + std::string(name)
        );
    }
    return org->id;
}

Result<AreaId> area_in(const std::string& text, std::string_view name, const Looking& looking) {
    const Area* area = looking.directory->find_area(text);
    const auto number = parse_int(text);
    if (area == nullptr && number) {
        area = looking.directory->area(AreaId{*number});
    }
    if (area == nullptr) {
        return fail(
            Errc::bad_value,
            "no area has the code, name or number '" + text + "'",
            "/" + std::string(name)
        );
    }
    return area->id;
}

/// "none" stands for what names no area.
Result<std::vector<AreaId>> areas_in(const std::string& text, const Looking& looking) {
    if (text == "none") {
        return std::vector{AreaId{}};
    }
    TRY(const AreaId area, area_in(text, "within", looking));
    return looking.directory->areas_within(area);
}

Result<bool> yes_or_no(const std::string& text, std::string_view name) {
    if (text != "yes" && text != "no") {
        return fail(Errc::bad_value, "yes or no is expected", "/" + std::string(name));
    }
    return text == "yes";
}

Result<UtcMs> day_in(const std::string& text, std::string_view name, const Looking& looking) {
    const auto day = parse_date(text);
    if (!day) {
        return fail(Errc::bad_date, day.error().detail, "/" + std::string(name));
    }
    return start_of(*day, looking.context.calendar->offset);
}

Result<std::optional<Counts>> counts_in(const std::string& text) {
    if (text == "all") {
        return std::optional<Counts>{};
    }
    const auto counts = parse_counts(text);
    if (!counts) {
        return fail(Errc::bad_value, "all, open, closed or ended is expected", "/state");
    }
    return counts;
}

Result<void> read_lamps(ListAsked& asked, const std::string& text) {
    for (const auto& word : split(text, ',')) {
        bool is_known = false;
        for (const Lamp lamp :
             {Lamp::green, Lamp::amber, Lamp::red, Lamp::paused, Lamp::supervised, Lamp::none}) {
            if (name_of(lamp) == word) {
                asked.lamps.push_back(lamp);
                is_known = true;
            }
        }
        if (!is_known) {
            return fail(
                Errc::bad_value,
                "green, amber, red, paused, supervised or none is expected",
                "/lamp"
            );
        }
    }
    return {};
}

Result<void> read_sort(ListAsked& asked, const std::string& text) {
    if (text != "newest" && text != "oldest" && text != "urgent") {
        return fail(Errc::bad_value, "newest, oldest or urgent is expected", "/sort");
    }
    asked.order = text == "oldest" ? views::ListOrder::oldest : views::ListOrder::newest;
    asked.is_urgent = text == "urgent";
    return {};
}

/// Words, units and the area. out: whether the name is one of these.
Result<bool> read_what(
    ListAsked& asked, const std::string& name, const std::string& text, const Looking& looking
) {
    views::ListFilter& filter = asked.filter;
    const auto words = [&](std::vector<std::string>& into) { into = split(text, ','); };
    if (name == "kind") {
        words(filter.kinds);
    } else if (name == "stage") {
        words(filter.stages);
    } else if (name == "category") {
        words(filter.categories);
    } else if (name == "channel") {
        words(filter.channels);
    } else if (name == "office") {
        TRY(filter.office, org_in(text, name, looking));
    } else if (name == "unit") {
        TRY(filter.lead, org_in(text, name, looking));
    } else if (name == "area") {
        TRY(filter.area, area_in(text, name, looking));
    } else if (name == "within") {
        TRY(filter.areas, areas_in(text, looking));
    } else {
        return false;
    }
    return true;
}

/// State, days, order and the rest.
Result<void> read_which(
    ListAsked& asked, const std::string& name, const std::string& text, const Looking& looking
) {
    views::ListFilter& filter = asked.filter;
    if (name == "state") {
        TRY(filter.counts, counts_in(text));
    } else if (name == "published") {
        TRY(filter.is_published, yes_or_no(text, name));
    } else if (name == "records") {
        TRY(filter.is_record, yes_or_no(text, name));
    } else if (name == "from") {
        TRY(filter.from, day_in(text, name, looking));
    } else if (name == "until") {
        TRY(const UtcMs day, day_in(text, name, looking));
        filter.until = day + std::chrono::days{1};
    } else if (name == "lamp") {
        TRY_VOID(read_lamps(asked, text));
    } else if (name == "sort") {
        TRY_VOID(read_sort(asked, text));
    }
    return {};
}

void show_clocks(const views::OpenRow& open, api::MatterLine& line) {
    line.lamp = name_of(open.lamp);
    line.due = open.final_due;
    line.next_due = open.next_due;
    line.is_provisional = open.is_provisional;
    line.is_supervised = open.is_supervised;
    line.turn = open.turn;
}

}  // namespace

void narrow(views::ListFilter& filter, const Viewer& viewer, const Context& context) {
    const Directory& directory = *context.directory;
    const Post* post = directory.post(viewer.on_behalf ? viewer.on_behalf : viewer.post);
    if (post == nullptr || filter.is_record != false || !filter.involved.empty()) {
        return;
    }
    // Older versions of a kind may let others look: only what every version keeps narrows.
    for (const Kind* kind : context.kinds->all_newest()) {
        for (std::uint32_t version = 1; version <= kind->version; ++version) {
            const Kind* one = context.kinds->version(kind->name, version);
            if (one != nullptr && looks_beyond(*one, *post)) {
                return;
            }
        }
    }
    std::vector<OrgId> units = directory.orgs_within(post->org, units_max + 1);
    for (const OrgId led : post->leads) {
        if (std::ranges::find(units, led) == units.end()) {
            units.push_back(led);
        }
    }
    std::ranges::sort(units);
    if (units.size() <= units_max) {
        filter.involved = std::move(units);
    }
}

Result<ListAsked> list_asked(const Pairs& query, const Looking& looking) {
    ListAsked asked;
    asked.filter.is_record = false;
    for (const auto& [name, text] : query) {
        if (text.empty()) {
            continue;
        }
        TRY(const bool is_read, read_what(asked, name, text, looking));
        if (!is_read) {
            TRY_VOID(read_which(asked, name, text, looking));
        }
    }
    asked.is_urgent = asked.is_urgent || !asked.lamps.empty();
    if (asked.is_urgent && asked.filter.counts.value_or(Counts::open) != Counts::open) {
        return fail(Errc::bad_value, "only open matters have lamps and urgency", "/state");
    }
    return asked;
}

std::function<bool(const views::ListRow&)> visible_for(const ListAsked& asked, RowSight& sight) {
    const views::ListFilter& filter = asked.filter;
    const bool asks_fields = !filter.channels.empty() || filter.area || !filter.areas.empty();
    const bool asks_hands = filter.lead.has_value();
    return [&sight, asks_fields, asks_hands](const views::ListRow& row) {
        return sight.sees(row) && (!asks_fields || sight.reads(FieldGroup::fields, row)) &&
               (!asks_hands || sight.reads(FieldGroup::hands, row));
    };
}

views::OpenFilter open_filter(
    const ListAsked& asked, const Viewer& viewer, const Context& context, AsksWhere asks_where
) {
    views::OpenFilter filter;
    filter.kinds = asked.filter.kinds;
    filter.stages = asked.filter.stages;
    filter.categories = asked.filter.categories;
    filter.channels = asked.filter.channels;
    filter.office = asked.filter.office;
    filter.lead = asked.filter.lead;
    filter.areas = asked.filter.areas;
    if (asked.filter.area) {
        filter.areas = {*asked.filter.area};
    }
    filter.lamps = asked.lamps;
    views::ListFilter units;
    units.is_record = false;
    narrow(units, viewer, context);
    if (units.involved.size() == 1) {
        filter.org = units.involved.front();
    }
    // A filter by area tells where a matter is.
    const bool asks_fields = asks_where == AsksWhere::yes || !filter.areas.empty();
    filter.may_see = [viewer, context, asks_fields](const State& outline) {
        const auto sees = [&](FieldGroup group) {
            return shown(group, outline, viewer, context) == Shown::shown;
        };
        return outline.counts == Counts::open && may_see_in_list(outline, viewer, context) &&
               sees(FieldGroup::clocks) && (!asks_fields || sees(FieldGroup::fields));
    };
    return filter;
}

Pairs list_values() {
    return {
        {"state", "all (if left out), open, closed, ended"},
        {"kind", "kinds, comma between"},
        {"stage", "stages"},
        {"category", "categories"},
        {"channel", "channels"},
        {"office", "competent office: code, name or number"},
        {"unit", "unit that leads; the office while nobody does"},
        {"area", "area itself: code, name or number"},
        {"within", "area with all below it: code, name or number; none: those without an area"},
        {"from", "first day of registration"},
        {"until", "last day of registration"},
        {"published", "yes or no"},
        {"records", "yes: registers instead of matters"},
        {"lamp", "lamps; of open matters, most urgent first"},
        {"sort", "newest (if left out), oldest, urgent (open ones)"},
    };
}

Result<std::size_t> limit_in(const Call& call, std::size_t most) {
    constexpr std::size_t usual = 50;
    const std::string* text = call.query_value("limit");
    if (text == nullptr || text->empty()) {
        return std::min(usual, most);
    }
    const auto number = parse_int(*text);
    if (!number || *number < 1) {
        return fail(Errc::bad_value, "1 to " + std::to_string(most) + " rows", "/limit");
    }
    return static_cast<std::size_t>(std::min(*number, static_cast<std::int64_t>(most)));
}

std::string text_of_key(const views::ListKey& key) {
    return std::to_string(key.registered.time_since_epoch().count()) + "-" +
           std::to_string(key.id.value);
}

Result<std::optional<views::ListKey>> key_in(const Call& call) {
    const std::string* text = call.query_value("after");
    if (text == nullptr || text->empty()) {
        return std::optional<views::ListKey>{};
    }
    const std::size_t dash = text->find('-', 1);
    const auto time = parse_int(std::string_view(*text).substr(0, dash));
    const auto id = dash == std::string::npos ? fail(Errc::bad_number)
                                              : parse_int(std::string_view(*text).substr(dash + 1));
    if (!time || !id) {
        return fail(Errc::bad_value, "`next` of the page before is expected", "/after");
    }
    return std::optional(views::ListKey{UtcMs{Millis{*time}}, MatterId{*id}});
}

Result<void> await_asked(World& world, const Call& call) {
    const std::string* text = call.query_value("after_seq");
    if (text == nullptr || text->empty()) {
        return {};
    }
    const auto seq = parse_int(*text);
    if (!seq || *seq < 0 || *seq > world.served->seq()) {
        return fail(Errc::bad_value, "`seq` of an answer that came before", "/after_seq");
    }
    return world.readers->await(*seq);
}

Result<std::string> title_of(Looking& looking, MatterId matter) {
    // Kinds whose titles are open keep them among the fields.
    TRY(const State state, looking.desk->state(matter));
    if (const Json& open = state.field("title"); open.is_string()) {
        return open.as_string();
    }
    TRY(const auto events, looking.desk->events(matter));
    std::string title;
    for (const auto& event : events) {
        const auto has_title = [](const SealedPart& part) { return part.name == "title"; };
        if (std::ranges::none_of(event.sealed, has_title)) {
            continue;
        }
        const auto texts = looking.desk->open_texts(event);
        if (!texts) {
            return std::string();  // erased
        }
        const auto found = std::ranges::find(*texts, "title", &Personal::name);
        title = found == texts->end() ? title : found->text;
    }
    return title;
}

/// What a record is called; one of a person lies sealed and stays so in lists.
Result<std::string> Showing::open_name_of(MatterId record) const {
    TRY(const State state, looking.desk->state(record));
    const Json& name = state.field("name");
    return name.is_string() ? name.as_string() : std::string();
}

Result<api::ListedMatter> Showing::line(const views::ListRow& row) const {
    const Directory& directory = *looking.directory;
    const std::uint32_t version = views::outline_of(row).kind_version;
    const Kind* kind = looking.context.kinds->version(row.kind, version);
    api::ListedMatter out;
    api::MatterLine& shown = out.line;
    shown.number = row.number;
    shown.kind = row.kind;
    shown.kind_title = kind == nullptr ? row.kind : pages::in_language(kind->title, language);
    shown.stage = row.stage;
    shown.stage_title = pages::stage_title(kind, row.stage, language);
    shown.category = row.category;
    shown.office = pages::org_name(row.office, directory);
    shown.lamp = name_of(Lamp::none);
    shown.registered = row.registered;
    if (sight.reads(FieldGroup::title, row)) {
        TRY(shown.title, title_of(looking, row.id));
    }
    if (sight.reads(FieldGroup::fields, row)) {
        shown.channel = row.channel;
        if (row.is_record && shown.title.empty()) {
            TRY(shown.title, open_name_of(row.id));
        }
    }
    if (sight.reads(FieldGroup::hands, row)) {
        shown.unit = pages::org_name(row.lead, directory);
    }
    out.counts = name_of(row.counts);
    out.changed = row.changed;
    out.closed = row.closed;
    out.is_record = row.is_record;
    out.is_published = row.is_published;
    return out;
}

Result<std::vector<api::ListedMatter>> Showing::lines(const std::vector<views::ListRow>& rows
) const {
    std::vector<api::ListedMatter> out;
    for (const auto& row : rows) {
        TRY(auto one, line(row));
        out.push_back(std::move(one));
    }
    TRY_VOID(world.served->with_open_set([&](const views::OpenSet& set, const views::Reading& now) {
        for (std::size_t index = 0; index < rows.size(); ++index) {
            const auto open = set.find(rows[index].id, now);
            if (open && sight.reads(FieldGroup::clocks, rows[index])) {
                show_clocks(*open, out[index].line);
            }
        }
    }));
    return out;
}

Reply tagged(const Json& body) {
    constexpr std::size_t tag_digits = 24;
    Reply reply = json_reply(body);
    reply.etag = to_hex(hash_of(HashAlgorithm::sha256, reply.body)).substr(0, tag_digits);
    return reply;
}

}  // namespace zt::http
