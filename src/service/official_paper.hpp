#pragma once
// Official papers: what stands on a paper of a matter, from the event that issued it. Nothing is
// kept of a paper: it follows from events and paper file, so it can be drawn again at any time.

#include "calendar/calendar.hpp"
#include "domain/apply.hpp"
#include "domain/directory.hpp"
#include "kindfile/paper_file.hpp"
#include "kindfile/texts.hpp"
#include "paper/sheet.hpp"

#include <functional>

namespace zt::service {

/// A matter that a link leads to, as far as the reader may see it.
struct PaperLink {
    std::string number, title, stage, unit, due;
};

/// What a paper is drawn from: one matter as its reader may read it. All borrowed for the call.
struct PaperSource {
    const std::vector<Event>& events;  ///< oldest first
    const Kind& kind;
    const Directory& directory;
    const calendar::Calendar& calendar;
    const kindfile::Texts& texts;  ///< the Chinese catalogue
    /// A text of an event, opened; empty when it has none of that name or the reader may not read
    /// it.
    std::function<std::string(const Event&, std::string_view)> text_of;
    /// Nothing for a matter that the reader may not see.
    std::function<Result<std::optional<PaperLink>>(MatterId)> linked;
};

/// One issuing of a paper.
struct IssuedPaper {
    const kindfile::PaperFile* file = nullptr;
    Seq seq = 0;
    UtcMs at{};
    std::string number;  ///< of the paper, else of the matter
};

/// Every paper that the matter's events issued, oldest first. in: events of one matter, all.
[[nodiscard]] std::vector<IssuedPaper>
issued_papers(const std::vector<kindfile::PaperFile>& files, const std::vector<Event>& events);

/// The sheet of one issuing: the matter as it stood right after it. errors: those of `linked`;
/// not_found when no event of the source has that seq.
[[nodiscard]] Result<paper::Sheet> sheet_of(const IssuedPaper& issued, const PaperSource& source);
/// The same as PDF. in: who drew it, which the file carries unseen; empty: nobody. errors: also
/// those of paper::draw_pdf.
[[nodiscard]] Result<std::string>
paper_pdf(const IssuedPaper& issued, const PaperSource& source, std::string drawn_for);

/// Day of the final clock that runs, as papers write days; empty when none does.
[[nodiscard]] std::string final_day(const State& state, const calendar::Calendar& calendar);
/// "2026年3月5日", as the standard writes days.
[[nodiscard]] std::string paper_day(Date day);

}  // namespace zt::service
