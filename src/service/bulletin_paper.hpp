#pragma once
// The bulletin of a period as an official paper: a line a unit, and below it what each rate was
// made from.

#include "base/result.hpp"
#include "calendar/calendar.hpp"
#include "kindfile/texts.hpp"
#include "views/bulletin.hpp"

namespace zt::service {

/// Whose bulletin it is, and who draws it when. All borrowed for the call.
struct BulletinIssue {
    const kindfile::Texts& texts;  ///< the Chinese catalogue
    std::string issuer;            ///< name of the office
    Date day;
    std::string drawn_for;  ///< as paper::Sheet; empty for what everybody may read
};

/// PDF after GB/T 9704. errors: those of paper::draw_pdf.
[[nodiscard]] Result<std::string>
bulletin_pdf(const views::Bulletin& bulletin, const BulletinIssue& issue);

}  // namespace zt::service
