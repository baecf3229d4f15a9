// Bytes from outside into Json, by a handler of our own over the parser of Boost.JSON: what its
// document model would let pass (a key twice, floats) is refused while it is read, and nothing is
// built twice. The parser itself throws nothing; its errors come back as codes.

#include "base/text.hpp"
#include "http/codec.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>

namespace zt::http {

namespace {

using ErrorCode = boost::json::error_code;
using View = boost::json::string_view;

/// An array or object under way.
struct Frame {
    bool is_object = false;
    JsonArray values;
    std::vector<std::string> keys;  ///< one more than values while a value is read
};

class Handler {
  public:
    static constexpr std::size_t max_array_size = 10'000;
    static constexpr std::size_t max_object_size = 1'000;
    static constexpr std::size_t max_string_size = json_bytes_max;
    static constexpr std::size_t max_key_size = 200;

    bool on_document_begin(ErrorCode&) { return true; }
    bool on_document_end(ErrorCode&) { return true; }
    bool on_array_begin(ErrorCode&) { return begin(false); }
    bool on_array_end(std::size_t, ErrorCode&) { return end_array(); }
    bool on_object_begin(ErrorCode&) { return begin(true); }
    bool on_object_end(std::size_t, ErrorCode& ec) { return end_object(ec); }
    bool on_string_part(View part, std::size_t, ErrorCode&) { return gather(part); }
    bool on_string(View part, std::size_t, ErrorCode& ec) {
        ignore(gather(part), "always true");
        return has_no_nul(ec) && add(std::exchange(text_, {}));
    }
    bool on_key_part(View part, std::size_t, ErrorCode&) { return gather(part); }
    bool on_key(View part, std::size_t, ErrorCode& ec) {
        ignore(gather(part), "always true");
        frames_.back().keys.push_back(std::exchange(text_, {}));
        return frames_.back().keys.back().find('\0') == std::string::npos ||
               refuse(ec, "a NUL in a key");
    }
    bool on_number_part(View, ErrorCode&) { return true; }
    bool on_int64(std::int64_t number, View, ErrorCode&) { return add(number); }
    bool on_uint64(std::uint64_t number, View, ErrorCode& ec) {
        return std::in_range<std::int64_t>(number) ? add(static_cast<std::int64_t>(number))
                                                   : refuse(ec, "a number beyond 64 bits");
    }
    bool on_double(double, View, ErrorCode& ec) {
        return refuse(ec, "a number with a fraction or an exponent; write an integer");
    }
    bool on_bool(bool value, ErrorCode&) { return add(value); }
    bool on_null(ErrorCode&) { return add(nullptr); }
    bool on_comment_part(View, ErrorCode&) { return true; }
    bool on_comment(View, ErrorCode&) { return true; }

    [[nodiscard]] std::string pointer() const;
    [[nodiscard]] const std::string& reason() const { return reason_; }
    [[nodiscard]] Json take() { return std::move(root_); }

  private:
    bool begin(bool is_object) {
        frames_.emplace_back().is_object = is_object;
        return true;
    }
    bool end_array() {
        Json array(std::move(frames_.back().values));
        frames_.pop_back();
        return add(std::move(array));
    }
    bool end_object(ErrorCode& ec);
    bool gather(View part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool has_no_nul(ErrorCode& ec) {
        return text_.find('\0') == std::string::npos || refuse(ec, "a NUL in a text");
    }
    bool add(Json value) {
        if (frames_.empty()) {
            root_ = std::move(value);
        } else {
            frames_.back().values.push_back(std::move(value));
        }
        return true;
    }
    bool refuse(ErrorCode& ec, std::string_view why) {
        reason_ = why;
        ec = boost::json::make_error_code(boost::json::error::syntax);
        return false;
    }

    std::vector<Frame> frames_;
    std::string text_, reason_;
    Json root_;
};

bool Handler::end_object(ErrorCode& ec) {
    Frame& frame = frames_.back();
    std::vector<std::size_t> order(frame.keys.size());
    for (std::size_t index = 0; index < order.size(); ++index) {
        order[index] = index;
    }
    // Sorted once at the end: keys inserted one by one would cost the square of their number.
    std::ranges::sort(order, {}, [&frame](std::size_t index) {
        return std::pair(std::string_view(frame.keys[index]), index);
    });
    for (std::size_t index = 1; index < order.size(); ++index) {
        if (frame.keys[order[index]] == frame.keys[order[index - 1]]) {
            frame.keys.push_back(frame.keys[order[index]]);  // so that the pointer names it
            return refuse(ec, "a key stands twice");
        }
    }
    Json object = Json::object();
    for (const std::size_t index : order) {
        object.set(std::move(frame.keys[index]), std::move(frame.values[index]));
    }
    frames_.pop_back();
    return add(std::move(object));
}

std::string Handler::pointer() const {
    std::vector<Place> places(1);
    places.reserve(frames_.size() + 1);
    for (const Frame& frame : frames_) {
        if (!frame.is_object) {
            places.emplace_back(places.back(), frame.values.size());
        } else if (frame.keys.size() > frame.values.size()) {
            places.emplace_back(places.back(), std::string_view(frame.keys.back()));
        }
    }
    return places.back().pointer();
}

}  // namespace

Result<Json> parse_json(std::string_view bytes) {
    if (bytes.size() > json_bytes_max) {
        return fail(Errc::bad_json, "longer than " + std::to_string(json_bytes_max) + " bytes");
    }
    if (!is_utf8(bytes)) {
        return fail(Errc::bad_utf8, "the body is not UTF-8");
    }
    boost::json::parse_options options;
    options.max_depth = json_depth_max;
    boost::json::basic_parser<Handler> parser(options);
    ErrorCode ec;
    const std::size_t taken = parser.write_some(false, bytes.data(), bytes.size(), ec);
    const auto refuse = [&](const std::string& why) {
        return fail(
            Errc::bad_json, "byte " + std::to_string(taken) + ": " + why, parser.handler().pointer()
        );
    };
    if (ec) {
        const std::string& reason = parser.handler().reason();
        return refuse(reason.empty() ? ec.message() : reason);
    }
    if (taken != bytes.size()) {
        return refuse("something stands behind the value");
    }
    return parser.handler().take();
}

}  // namespace zt::http
