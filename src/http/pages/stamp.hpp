#pragma once
// The watermark of a page: who looks, in which post, in which minute, so that a photograph of a
// screen leads back to whoever let it out. Pages draw what the field says.

#include "http/pages/looking.hpp"
#include "service/watermark.hpp"

namespace zt::http {

/// Of the caller in a post. errors: io_failed, damaged.
[[nodiscard]] Result<service::Watermark> watermark_of(Looking& looking, const Call& call);
/// The field `Zhitong-Watermark`: "UTF-8''TEXT; mark=SHORT", the text as RFC 8187 writes it.
[[nodiscard]] std::pair<std::string, std::string> stamp(const service::Watermark& mark);
/// The reply with the field. errors: as watermark_of.
[[nodiscard]] Result<Reply> stamped(Reply reply, Looking& looking, const Call& call);

}  // namespace zt::http
