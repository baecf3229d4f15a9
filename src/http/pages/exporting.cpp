#include "http/pages/exporting.hpp"

#include "base/text.hpp"
#include "service/watermark.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

constexpr std::size_t page_rows = 200;
/// What one sheet of a spreadsheet program holds, less head and foot.
constexpr std::int64_t rows_max = 1'000'000;

constexpr std::array columns{
    "number",
    "kind",
    "state",
    "stage",
    "title",
    "category",
    "channel",
    "office",
    "unit",
    "registered",
    "closed",
    "due",
    "lamp",
    "published"
};

/// The name in the person's own sealed record; the number where it was erased.
std::string person_name(Looking& looking, PersonId person) {
    const std::string number = "#" + std::to_string(person.value);
    const auto events = looking.desk->events(MatterId{person.value});
    if (!events) {
        return number;
    }
    std::string name = number;
    for (const auto& event : *events) {
        const auto texts = looking.desk->open_texts(event);
        if (!texts) {
            return number;
        }
        const auto found = std::ranges::find(*texts, "name", &Personal::name);
        name = found == texts->end() ? name : found->text;
    }
    return name;
}

service::Viewer viewer_named(Looking& looking, const Caller& caller) {
    service::Viewer viewer;
    viewer.person = person_name(looking, caller.person);
    const Post* post = looking.directory->post(caller.on_behalf ? caller.on_behalf : caller.post);
    if (post != nullptr) {
        viewer.org = pages::org_name(post->org, *looking.directory);
        viewer.post = post->title;
    }
    return viewer;
}

class Exporting {
  public:
    Exporting(World& world, const Taker& taker, service::JobWatch& watch, Sink& sink)
        : world_(world), taker_(taker), watch_(watch) {
        call_.caller = taker.caller;
        call_.language = taker_.language;
        call_.now = world.clock->now();
        table_ = TableFile::make(
            taker.format,
            texts().get("export.sheet"),
            [&sink](std::string_view bytes) { return sink.write(bytes); }
        );
    }

    Result<std::int64_t> run() {
        TRY_VOID(write_head());
        std::optional<views::ListKey> after;
        do {
            if (watch_.is_cancelled() || !table_->is_wanted()) {
                return fail(Errc::incomplete, "the export was broken off");
            }
            TRY(after, write_page(after));
            watch_.progress({.rows = rows_});
        } while (after && rows_ < rows_max);
        const std::string key = after ? "export.cut" : "export.foot";
        write({texts().get(key, {{"count", std::to_string(rows_)}})});
        table_->finish();
        return rows_;
    }

  private:
    [[nodiscard]] const kindfile::Texts& texts() const { return world_.texts(taker_.language); }
    void write(const std::vector<std::string>& cells) { table_->row(cells); }

    Result<void> write_head() {
        TRY(auto looking, look(world_, call_));
        TRY(const auto standing,
            world_.readers->with_lists([](const views::Lists&) { return Result<void>{}; }));
        const auto mark = service::watermark_for(
            viewer_named(looking, taker_.caller), call_.now, looking.context.calendar->offset
        );
        write({service::export_line(mark, standing.seq)});
        std::vector<std::string> names;
        for (const char* const column : columns) {
            names.push_back(texts().get("export." + std::string(column)));
        }
        write(names);
        return {};
    }

    /// A page of rows with a desk that is given back before anything is sent.
    Result<std::optional<views::ListKey>> write_page(const std::optional<views::ListKey>& after) {
        std::vector<std::vector<std::string>> lines;
        TRY(const auto next, read_page(after, lines));
        for (const auto& line : lines) {
            write(line);
        }
        rows_ += static_cast<std::int64_t>(lines.size());
        return next;
    }

    Result<std::optional<views::ListKey>> read_page(
        const std::optional<views::ListKey>& after, std::vector<std::vector<std::string>>& lines
    ) {
        TRY(auto looking, look(world_, call_));
        TRY(ListAsked asked, list_asked(taker_.query, looking));
        const Viewer viewer = viewer_of(taker_.caller);
        RowSight sight(viewer, looking.context);
        narrow(asked.filter, viewer, looking.context);
        asked.filter.is_visible = [&sight,
                                   visible = visible_for(asked, sight)](const views::ListRow& row) {
            return visible(row) && sight.may_export(row);
        };
        views::ListPage page;
        const auto read = [&](const views::Lists& lists) -> Result<void> {
            TRY(page, lists.page(asked.filter, after, page_rows, asked.order));
            return {};
        };
        TRY(const auto standing, world_.readers->with_lists(read));
        ignore(standing, "the head says how far the list was when it began");
        TRY(const auto shown, Showing(world_, looking, sight, taker_.language).lines(page.rows));
        for (const auto& one : shown) {
            lines.push_back(cells_of(one, looking.context.calendar->offset));
        }
        return page.next;
    }

    [[nodiscard]] std::vector<std::string>
    cells_of(const api::ListedMatter& one, OfficeOffset offset) const {
        const auto minute = [&](const std::optional<UtcMs>& at) {
            return at ? to_office_string(std::chrono::floor<std::chrono::minutes>(*at), offset)
                      : std::string();
        };
        const api::MatterLine& line = one.line;
        return {
            line.number,
            line.kind_title,
            texts().get("export.state_" + one.counts),
            line.stage_title,
            line.title,
            line.category,
            line.channel,
            line.office,
            line.unit,
            minute(line.registered),
            minute(one.closed),
            minute(line.due),
            line.lamp == name_of(Lamp::none) ? "" : texts().get("export.lamp_" + line.lamp),
            texts().get(one.is_published ? "export.yes" : "export.no")
        };
    }

    World& world_;
    const Taker& taker_;
    service::JobWatch& watch_;
    Call call_;
    std::unique_ptr<TableFile> table_;
    std::int64_t rows_ = 0;
};

}  // namespace

Result<std::int64_t>
export_list(World& world, const Taker& taker, service::JobWatch& watch, Sink& sink) {
    return Exporting(world, taker, watch, sink).run();
}

}  // namespace zt::http
