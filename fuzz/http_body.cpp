// links: base http
// Any bytes as a body: an error with its place, or a value that is written and read back as itself.
#include "http/codec.hpp"

#include <cstddef>
#include <cstdint>

namespace {

struct Part {
    std::string name;
    std::optional<std::int64_t> count;
    bool operator==(const Part&) const = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count))

struct Body {
    std::optional<std::string> title;
    std::optional<zt::UtcMs> at;
    std::optional<zt::Date> day;
    std::optional<zt::Uuid> key;
    std::optional<std::vector<Part>> parts;
    std::optional<std::map<std::string, Part>> named;
    std::optional<zt::Json> fields;
    bool operator==(const Body&) const = default;
};
BOOST_DESCRIBE_STRUCT(Body, (), (title, at, day, key, parts, named, fields))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto json = zt::http::parse_json(text);
    if (!json) {
        return 0;
    }
    CHECK(zt::http::parse_json(zt::to_canonical(*json)).value() == *json);
    const auto body = zt::http::from_json<Body>(*json);
    if (body) {
        CHECK(zt::http::from_json<Body>(zt::http::to_json(*body)).value() == *body);
    }
    return 0;
}
