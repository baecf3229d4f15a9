#include "paper/sheet.hpp"

#include <algorithm>
#include <array>
#include <cairo/cairo-pdf.h>
#include <memory>
#include <pango/pangocairo.h>

namespace zt::paper {

namespace {

constexpr double mm = 72.0 / 25.4;
constexpr double page_width = 210 * mm, page_height = 297 * mm;
constexpr double left = 28 * mm, top = 37 * mm, text_width = 156 * mm, text_height = 225 * mm;
constexpr double line_step = text_height / 22, em = text_width / 28;
/// The head of the standard stands 35 mm under the upper edge of the text area.
constexpr double head_top = top + (10 * mm);
constexpr double cell_size = 9, cell_margin = 2;
constexpr double head_size = 34, title_size = 22, number_size = 14, mark_size = 22;

// Debian carries neither 小标宋 nor 仿宋: Noto Serif stands for both, Noto Sans for 黑体.
constexpr const char* serif = "Noto Serif CJK SC";
constexpr const char* sans = "Noto Sans CJK SC";

struct Free {
    void operator()(PangoFontDescription* it) const { pango_font_description_free(it); }
    void operator()(cairo_t* it) const { cairo_destroy(it); }
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
    template <class T>
    void operator()(T* it) const {
        g_object_unref(it);
    }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// Without control characters and marks of direction; a line break stays.
std::string drawable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::string_view three = text.substr(i, 3);
        const bool is_direction = three == "\u200e" || three == "\u200f" ||
                                  (three >= "\u202a" && three <= "\u202e") ||
                                  (three >= "\u2066" && three <= "\u2069");
        if (is_direction) {
            i += 2;
        } else if (byte == '\n' || (byte >= 0x20 && byte != 0x7f)) {
            out += text[i];
        }
    }
    return out;
}

Result<void> have_fonts(PangoFontMap* map) {
    for (const char* name : {serif, sans}) {
        PangoFontFamily** families = nullptr;
        int count = 0;
        pango_font_map_list_families(map, &families, &count);
        bool is_there = false;
        for (int i = 0; i < count; ++i) {
            is_there =
                is_there || std::string_view(pango_font_family_get_name(families[i])) == name;
        }
        g_free(static_cast<void*>(families));
        if (!is_there) {
            return fail(
                Errc::not_found,
                std::string("the font ") + name + " is not installed: install fonts-noto-cjk"
            );
        }
    }
    return {};
}

struct Style {
    const char* family = serif;
    double size = em;
    PangoWeight weight = PANGO_WEIGHT_NORMAL;
    PangoAlignment align = PANGO_ALIGN_LEFT;
};

class Drawing {
  public:
    Drawing(std::string& out, PangoFontMap* fonts)
        : surface_(cairo_pdf_surface_create_for_stream(&write, &out, page_width, page_height)),
          cairo_(cairo_create(surface_.get())),
          context_(pango_font_map_create_context(fonts)) {
        pango_cairo_update_context(cairo_.get(), context_.get());
    }

    void about(const std::string& when, const std::string& title, const std::string& drawn_for) {
        cairo_pdf_surface_set_metadata(
            surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, when.c_str()
        );
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
        if (!drawn_for.empty()) {
            cairo_pdf_surface_set_metadata(
                surface_.get(), CAIRO_PDF_METADATA_KEYWORDS, drawn_for.c_str()
            );
        }
    }

    void colour(double red, double green, double blue) {
        cairo_set_source_rgb(cairo_.get(), red, green, blue);
    }
    void ink() { colour(0, 0, 0); }

    void rule(double y, double width) {
        cairo_set_line_width(cairo_.get(), width);
        cairo_move_to(cairo_.get(), left, y);
        cairo_line_to(cairo_.get(), left + text_width, y);
        cairo_stroke(cairo_.get());
    }

    [[nodiscard]] Owned<PangoLayout>
    layout(const std::string& text, const Style& style, double indent = 0) {
        Owned<PangoLayout> out(pango_layout_new(context_.get()));
        const Owned<PangoFontDescription> font(pango_font_description_new());
        pango_font_description_set_family(font.get(), style.family);
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_font_description_set_weight(font.get(), style.weight);
        pango_layout_set_font_description(out.get(), font.get());
        pango_layout_set_width(out.get(), pango_units_from_double(text_width + 0.5));
        pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(out.get(), style.align);
        pango_layout_set_indent(out.get(), pango_units_from_double(indent));
        pango_layout_set_auto_dir(out.get(), 0);
        pango_layout_set_text(out.get(), text.data(), static_cast<int>(text.size()));
        return out;
    }

    /// Lines at the cursor, each `step` high, over as many pages as it takes.
    void flow(const std::string& text, const Style& style, double indent, double step) {
        const auto block = layout(text, style, indent);
        for (int i = 0; i < pango_layout_get_line_count(block.get()); ++i) {
            room_for(step);
            PangoLayoutLine* line = pango_layout_get_line_readonly(block.get(), i);
            const double shift = start_of(block.get(), i);
            cairo_move_to(cairo_.get(), left + shift, y_ + (step * 0.74));
            pango_cairo_show_layout_line(cairo_.get(), line);
            y_ += step;
        }
    }

    [[nodiscard]] bool has_room(double height) const {
        return y_ + height <= top + text_height + 0.5;
    }
    /// A new page when that height is not left on this one.
    void room_for(double height) {
        if (!has_room(height)) {
            end_page();
            y_ = top;
        }
    }

    /// A cell's text inside its box, from the cursor's height on; the cursor stays. out: how high
    /// it is.
    double
    cell(const std::string& text, const Style& style, double x, double width, bool is_drawn) {
        const auto block = layout(text, style);
        pango_layout_set_width(
            block.get(), pango_units_from_double(std::max(width - (2 * cell_margin), 1.0))
        );
        int height = 0;
        pango_layout_get_size(block.get(), nullptr, &height);
        if (is_drawn) {
            cairo_move_to(cairo_.get(), x + cell_margin, y_ + cell_margin);
            pango_cairo_show_layout(cairo_.get(), block.get());
        }
        return pango_units_to_double(height) + (2 * cell_margin);
    }
    void box(double x, double width, double height) {
        cairo_set_line_width(cairo_.get(), 0.6);
        cairo_rectangle(cairo_.get(), x, y_, width, height);
        cairo_stroke(cairo_.get());
    }

    void end_page() {
        ++page_;
        // 4号, outer side: right on odd pages, left on even ones.
        const auto number = layout("— " + std::to_string(page_) + " —", {.size = 14});
        int width = 0;
        pango_layout_get_size(number.get(), &width, nullptr);
        const double wide = pango_units_to_double(width);
        const double x = page_ % 2 == 1 ? left + text_width - em - wide : left + em;
        ink();
        cairo_move_to(cairo_.get(), x, top + text_height + (7 * mm));
        pango_cairo_show_layout(cairo_.get(), number.get());
        cairo_show_page(cairo_.get());
    }

    [[nodiscard]] Result<void> finish() {
        cairo_surface_finish(surface_.get());
        const cairo_status_t status = cairo_status(cairo_.get());
        const cairo_status_t written = cairo_surface_status(surface_.get());
        if (status != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
            return fail(
                Errc::io_failed,
                std::string("drawing the paper failed: ") +
                    cairo_status_to_string(status != CAIRO_STATUS_SUCCESS ? status : written)
            );
        }
        return {};
    }

    [[nodiscard]] double y() const { return y_; }
    void move(double y) { y_ = y; }

  private:
    static cairo_status_t write(void* out, const unsigned char* bytes, unsigned int size) {
        static_cast<std::string*>(out)->append(bytes, bytes + size);
        return CAIRO_STATUS_SUCCESS;
    }

    /// Where line `index` starts, with indent and alignment as the layout sets them.
    static double start_of(PangoLayout* block, int index) {
        PangoLayoutIter* at = pango_layout_get_iter(block);
        for (int i = 0; i < index; ++i) {
            pango_layout_iter_next_line(at);
        }
        PangoRectangle logical{};
        pango_layout_iter_get_line_extents(at, nullptr, &logical);
        pango_layout_iter_free(at);
        return pango_units_to_double(logical.x);
    }

    Owned<cairo_surface_t> surface_;
    Owned<cairo_t> cairo_;
    Owned<PangoContext> context_;
    double y_ = top;
    int page_ = 0;
};

void draw_head(Drawing& drawing, const Sheet& sheet) {
    if (!sheet.mark.empty()) {
        drawing.move(top);
        drawing.ink();
        drawing.flow(
            drawable(sheet.mark),
            {.family = sans, .size = mark_size, .align = PANGO_ALIGN_RIGHT},
            0,
            line_step
        );
    }
    constexpr std::array<std::array<double, 3>, 3> inks{
        {{0.85, 0, 0}, {0.78, 0.55, 0}, {0.05, 0.3, 0.7}}
    };
    const auto& ink = inks[static_cast<std::size_t>(sheet.colour)];
    drawing.move(head_top);
    drawing.colour(ink[0], ink[1], ink[2]);
    // A long name is set smaller rather than broken: the head is one line where it can be.
    const std::string head = drawable(sheet.head);
    const auto characters = std::max<long>(1, g_utf8_strlen(head.data(), -1));
    const double fitting = (text_width - 1) / static_cast<double>(characters);
    drawing.flow(
        head,
        {.size = std::clamp(fitting, title_size, head_size),
         .weight = PANGO_WEIGHT_BOLD,
         .align = PANGO_ALIGN_CENTER},
        0,
        head_size * 1.4
    );
    drawing.ink();
    drawing.move(drawing.y() + (line_step / 2));
    drawing.flow(
        drawable(sheet.number), {.size = number_size, .align = PANGO_ALIGN_CENTER}, 0, line_step
    );
    drawing.colour(ink[0], ink[1], ink[2]);
    drawing.rule(drawing.y() + (4 * mm), 1.6);
    drawing.ink();
    drawing.move(drawing.y() + (4 * mm) + line_step);
}

double width_of(const Table& table, std::size_t column) {
    int all = 0;
    for (const auto& one : table.columns) {
        all += std::max(one.weight, 1);
    }
    return text_width * std::max(table.columns[column].weight, 1) / all;
}

/// One row; nothing is drawn when it is only measured. out: its height.
double table_row(
    Drawing& drawing,
    const Table& table,
    const std::vector<std::string>& cells,
    bool is_head,
    bool is_drawn
) {
    double height = 0;
    for (const bool draws : {false, true}) {
        if (draws && !is_drawn) {
            break;
        }
        double x = left;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const double width = width_of(table, i);
            const Style style{
                .family = is_head ? sans : serif,
                .size = cell_size,
                .align = is_head                      ? PANGO_ALIGN_CENTER
                         : table.columns[i].is_number ? PANGO_ALIGN_RIGHT
                                                      : PANGO_ALIGN_LEFT
            };
            const std::string text = i < cells.size() ? drawable(cells[i]) : std::string();
            const double high = drawing.cell(text, style, x, width, draws);
            if (draws) {
                drawing.box(x, width, height);
            } else {
                height = std::max(height, high);
            }
            x += width;
        }
    }
    if (is_drawn) {
        drawing.move(drawing.y() + height);
    }
    return height;
}

void draw_table(Drawing& drawing, const Table& table) {
    if (table.columns.empty()) {
        return;
    }
    std::vector<std::string> head;
    for (const auto& column : table.columns) {
        head.push_back(column.title);
    }
    drawing.ink();
    drawing.move(drawing.y() + (line_step / 3));
    const double head_height = table_row(drawing, table, head, true, false);
    bool needs_head = true;
    for (const auto& cells : table.rows) {
        const double height = table_row(drawing, table, cells, false, false);
        if (!drawing.has_room(height + (needs_head ? head_height : 0))) {
            drawing.end_page();
            drawing.move(top);
            needs_head = true;
        }
        if (needs_head) {
            table_row(drawing, table, head, true, true);
            needs_head = false;
        }
        table_row(drawing, table, cells, false, true);
    }
    drawing.move(drawing.y() + (line_step / 3));
}

/// The record (版记) stands at the very foot of the last page, between rules.
void draw_record(Drawing& drawing, const Sheet& sheet) {
    if (sheet.record.empty()) {
        return;
    }
    const double step = line_step * 0.75;
    const double height = (step * static_cast<double>(sheet.record.size())) + 4;
    drawing.room_for(height + (line_step / 2));
    drawing.move(top + text_height - height);
    drawing.rule(drawing.y(), 1);
    for (const auto& line : sheet.record) {
        drawing.flow(drawable(line), {.size = number_size}, em, step);
    }
    drawing.rule(drawing.y() + 2, 1);
}

Result<void> check(const Sheet& sheet) {
    std::vector<std::string> texts{
        sheet.head, sheet.number, sheet.mark, sheet.title, sheet.addressee, sheet.issuer, sheet.date
    };
    texts.insert(texts.end(), sheet.body.begin(), sheet.body.end());
    texts.insert(texts.end(), sheet.record.begin(), sheet.record.end());
    texts.push_back(sheet.drawn_for);
    for (const auto& column : sheet.table.columns) {
        texts.push_back(column.title);
    }
    for (const auto& row : sheet.table.rows) {
        texts.insert(texts.end(), row.begin(), row.end());
    }
    std::size_t bytes = 0;
    for (const auto& text : texts) {
        bytes += text.size();
        if (g_utf8_validate_len(text.data(), text.size(), nullptr) == 0) {
            return fail(Errc::bad_utf8, "a text of this paper is not UTF-8");
        }
    }
    if (bytes > sheet_bytes_max) {
        return fail(Errc::too_large, "the texts of this paper are longer than 400,000 bytes");
    }
    return {};
}

}  // namespace

Result<std::string> draw_pdf(const Sheet& sheet) {
    TRY_VOID(check(sheet));
    // One of its own: the default one belongs to a thread and keeps every font that was ever asked
    // for.
    const Owned<PangoFontMap> fonts(pango_cairo_font_map_new());
    TRY_VOID(have_fonts(fonts.get()));
    std::string out;
    Drawing drawing(out, fonts.get());
    drawing.about(sheet.created, drawable(sheet.title), drawable(sheet.drawn_for));
    draw_head(drawing, sheet);
    drawing.flow(
        drawable(sheet.title),
        {.size = title_size, .weight = PANGO_WEIGHT_BOLD, .align = PANGO_ALIGN_CENTER},
        0,
        line_step * 1.2
    );
    drawing.move(drawing.y() + line_step);
    if (!sheet.addressee.empty()) {
        drawing.flow(drawable(sheet.addressee) + "：", {}, 0, line_step);
    }
    for (const auto& paragraph : sheet.body) {
        drawing.flow(drawable(paragraph), {}, 2 * em, line_step);
    }
    draw_table(drawing, sheet.table);
    drawing.room_for(4 * line_step);
    drawing.move(drawing.y() + (2 * line_step));
    for (const auto* line : {&sheet.issuer, &sheet.date}) {
        drawing.flow(drawable(*line) + "　　", {.align = PANGO_ALIGN_RIGHT}, 0, line_step);
    }
    draw_record(drawing, sheet);
    drawing.end_page();
    TRY_VOID(drawing.finish());
    return out;
}

}  // namespace zt::paper
