#pragma once
// WebFiles: the built pages of portal and desk in one archive (web/tools/pack.mjs writes it), each
// file with its packed forms made at build time. Read in place: the archive outlives all views.

#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <string_view>

namespace zt::http {

/// The packed forms that a client may accept, best first.
enum class Packing : std::uint8_t { brotli, gzip, none };
/// As in Accept-Encoding and Content-Encoding; none has the empty name.
[[nodiscard]] std::string_view name_of(Packing packing);

struct WebFile {
    std::string_view path;                 ///< "portal.html", "assets/portal-index-4f1a.js"
    std::string_view type;                 ///< Content-Type
    std::string_view hash;                 ///< of the plain bytes, hexadecimal
    std::string_view plain, gzip, brotli;  ///< a packed form is empty where it would gain nothing
    /// Its name holds the hash of what it says, so that it may be kept for ever.
    [[nodiscard]] bool is_immutable() const { return path.starts_with("assets/"); }
    /// in: what the client accepts. out: the smallest form, and which it is.
    [[nodiscard]] std::pair<Packing, std::string_view> best(std::string_view accept_encoding) const;
};

/// threads: any, once read.
class WebFiles {
  public:
    /// in: first line "zhitong-web 1", then a line a file: path, type, hash, sizes of the plain,
    /// gzip and brotli form, tabs between; an empty line; the bytes in that order. errors:
    /// bad_file (not of this form, sizes that do not fit, a path twice).
    [[nodiscard]] static Result<WebFiles> read(std::string_view archive);
    /// Null when there is none of that path.
    [[nodiscard]] const WebFile* find(std::string_view path) const;
    [[nodiscard]] std::size_t count() const { return files_.size(); }

  private:
    std::map<std::string_view, WebFile> files_;
};

}  // namespace zt::http
