#pragma once
// Exchange: one request on its way to its answer. Owns the bytes that the views of its call borrow,
// so it is shared by the connection and whoever works on the answer.

#include "http/head.hpp"
#include "http/remote.hpp"
#include "http/route.hpp"
#include "http/target.hpp"

namespace zt::http {

struct World;

struct Exchange {
    std::string head_text;
    std::string body;
    Address peer;
    bool is_tls = false;  ///< on this connection

    // What the gate finds out.
    Head head;
    Target target;
    const Route* route = nullptr;
    World* world = nullptr;  ///< of the place that the host names
    Call call;
    std::vector<Method> allowed;
    bool is_head = false;  ///< HEAD: as GET, without the body
    UtcMs began;

    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
};

/// What a request comes to.
using Outcome = std::variant<Reply, Stream, LiveChanges>;

/// An answer as it goes out.
struct Rendered {
    int status = 200;
    std::string head, body;
};

/// What becomes of the connection once the answer is out.
enum class After : std::uint8_t { keep, close };

/// Compresses, compares ETags, adds the headers of safety. A Stream has its head alone, chunked.
/// in: now for the field Date.
[[nodiscard]] Rendered render(Reply reply, const Exchange& exchange, After after);
[[nodiscard]] std::string render_head(const Stream& stream, const Exchange& exchange, After after);
/// "Mon, 01 Aug 2022 01:00:00 GMT".
[[nodiscard]] std::string http_date(UtcMs at);
[[nodiscard]] std::string_view reason_of(int status);

/// The gzip form, or nothing when it fails for want of memory.
[[nodiscard]] std::optional<std::string> gzip(std::string_view bytes);

}  // namespace zt::http
