#include "base/geo.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace zt {

namespace {

constexpr std::int64_t degree = 1'000'000;
constexpr int decimals = 6;
constexpr std::int64_t latitude_max = 90 * degree, longitude_max = 180 * degree;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Millionths out of a decimal number at the front of `text`, which is taken away; further digits
/// round.
std::optional<std::int64_t> take_number(std::string_view& text) {
    constexpr std::size_t digits_max = 3;
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative ? 1 : 0);
    std::int64_t value = 0;
    std::size_t count = 0;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++count) {
        value = value * 10 + (text.front() - '0');
        if (count == digits_max) {
            return std::nullopt;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    int places = 0;
    bool is_up = false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), ++places) {
            if (places < decimals) {
                value = value * 10 + (text.front() - '0');
            } else if (places == decimals) {
                is_up = text.front() >= '5';
            }
        }
        if (places == 0) {
            return std::nullopt;
        }
    }
    for (; places < decimals; ++places) {
        value *= 10;
    }
    value += is_up ? 1 : 0;
    return is_negative ? -value : value;
}

bool is_on_earth(GeoPoint point) {
    return std::abs(point.latitude) <= latitude_max && std::abs(point.longitude) <= longitude_max;
}

std::string number_text(std::int64_t value) {
    const std::string digits = std::to_string(std::abs(value) + degree);
    const std::string whole = std::to_string(std::abs(value) / degree);
    return (value < 0 ? "-" : "") + whole + "." + digits.substr(digits.size() - decimals);
}

/// Without the zeros at the end: a shape has thousands of numbers.
std::string short_text(std::int64_t value) {
    std::string text = number_text(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text;
}

/// Reads nested lists of numbers: [[[[112.0,27.7],…]]].
class ShapeReader {
  public:
    explicit ShapeReader(std::string_view text) : left_(text) {}

    Result<GeoShape> read() {
        GeoShape shape;
        // A Polygon is a MultiPolygon with one list fewer around it.
        const std::size_t depth = depth_of();
        if (depth == 3) {
            TRY(auto polygon, read_polygon());
            shape.push_back(std::move(polygon));
        } else if (depth == 4) {
            TRY(shape, read_list<GeoPolygon>([this] { return read_polygon(); }));
        } else {
            return refuse("the coordinates of a Polygon or MultiPolygon are expected");
        }
        skip();
        if (!left_.empty()) {
            return refuse("something stands behind the coordinates");
        }
        return shape;
    }

  private:
    static std::unexpected<Error> refuse(std::string why) {
        return fail(Errc::bad_value, std::move(why));
    }

    void skip() {
        const auto is_white = [](char c) {
            return c == ' ' || c == '\n' || c == '\r' || c == '\t';
        };
        while (!left_.empty() && is_white(left_.front())) {
            left_.remove_prefix(1);
        }
    }

    bool take(char c) {
        skip();
        const bool is_there = left_.starts_with(c);
        left_.remove_prefix(is_there ? 1 : 0);
        return is_there;
    }

    [[nodiscard]] std::size_t depth_of() const {
        ShapeReader ahead(left_);
        std::size_t depth = 0;
        while (ahead.take('[')) {
            ++depth;
        }
        return depth;
    }

    template <class Value, class Read>
    Result<std::vector<Value>> read_list(const Read& read_one) {
        std::vector<Value> list;
        if (!take('[')) {
            return refuse("a list is expected");
        }
        do {
            TRY(auto one, read_one());
            list.push_back(std::move(one));
        } while (take(','));
        if (!take(']')) {
            return refuse("a list does not end");
        }
        return list;
    }

    Result<GeoPoint> read_point() {
        TRY(const auto numbers, read_list<std::int64_t>([this] { return read_number(); }));
        // A third number is a height, which GeoJSON allows.
        if (numbers.size() != 2 && numbers.size() != 3) {
            return refuse("a point is [longitude, latitude]");
        }
        const GeoPoint point{numbers[1], numbers[0]};
        if (!is_on_earth(point)) {
            return refuse("there is no place at " + to_string(point));
        }
        if (++points_ > geo_points_max) {
            return refuse("a shape has at most " + std::to_string(geo_points_max) + " points");
        }
        return point;
    }

    Result<std::int64_t> read_number() {
        skip();
        const auto number = take_number(left_);
        return number ? Result<std::int64_t>(*number) : refuse("a number is expected");
    }

    Result<GeoRing> read_ring() {
        constexpr std::size_t ring_points_min = 4;
        TRY(auto ring, read_list<GeoPoint>([this] { return read_point(); }));
        if (ring.size() < ring_points_min || ring.front() != ring.back()) {
            return refuse("a ring ends where it begins and has at least four points");
        }
        return ring;
    }

    Result<GeoPolygon> read_polygon() {
        return read_list<GeoRing>([this] { return read_ring(); });
    }

    std::string_view left_;
    std::size_t points_ = 0;
};

/// Whether a ray to the east crosses the ring an odd number of times. The products stay below
/// 3.6e8 · 1.8e8.
bool is_within(const GeoRing& ring, GeoPoint point) {
    bool is_inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const GeoPoint a = ring[i - 1], b = ring[i];
        if ((a.latitude > point.latitude) == (b.latitude > point.latitude)) {
            continue;
        }
        const std::int64_t side = (b.longitude - a.longitude) * (point.latitude - a.latitude) -
                                  (point.longitude - a.longitude) * (b.latitude - a.latitude);
        is_inside = is_inside != (b.latitude > a.latitude ? side > 0 : side < 0);
    }
    return is_inside;
}

/// Longitudes at which a polygon's rings cross that latitude, in order.
std::vector<std::int64_t> crossings(const GeoPolygon& polygon, std::int64_t latitude) {
    std::vector<std::int64_t> found;
    for (const GeoRing& ring : polygon) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const GeoPoint a = ring[i - 1], b = ring[i];
            if ((a.latitude > latitude) != (b.latitude > latitude)) {
                found.push_back(
                    a.longitude + (latitude - a.latitude) * (b.longitude - a.longitude) /
                                      (b.latitude - a.latitude)
                );
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

/// How far, in degrees, GCJ-02 lies beside a WGS-84 point.
struct Offset {
    double latitude = 0, longitude = 0;
};

Offset gcj02_offset(double latitude, double longitude) {
    constexpr double pi = std::numbers::pi;
    constexpr double radius = 6'378'245.0, eccentricity = 0.00669342162296594323;  // Krasovsky 1940
    const double x = longitude - 105, y = latitude - 35;
    const double root = std::sqrt(std::abs(x));
    const double waves = 20 * std::sin(6 * x * pi) + 20 * std::sin(2 * x * pi);
    const double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root +
                         (waves + 20 * std::sin(y * pi) + 40 * std::sin(y / 3 * pi) +
                          160 * std::sin(y / 12 * pi) + 320 * std::sin(y / 30 * pi)) *
                             2 / 3;
    const double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root +
                        (waves + 20 * std::sin(x * pi) + 40 * std::sin(x / 3 * pi) +
                         150 * std::sin(x / 12 * pi) + 300 * std::sin(x / 30 * pi)) *
                            2 / 3;
    const double angle = latitude / 180 * pi;
    const double flat = 1 - eccentricity * std::sin(angle) * std::sin(angle);
    const double meridian = radius * (1 - eccentricity) / (flat * std::sqrt(flat));
    return {
        north * 180 / (meridian * pi),
        east * 180 / (radius / std::sqrt(flat) * std::cos(angle) * pi)
    };
}

}  // namespace

Result<GeoPoint> parse_point(std::string_view text) {
    std::string_view left = trim(text);
    const auto latitude = take_number(left);
    left = trim(left);
    const bool has_comma = left.starts_with(',');
    left = trim(left.substr(has_comma ? 1 : 0));
    const auto longitude = take_number(left);
    if (!latitude || !has_comma || !longitude || !left.empty() ||
        !is_on_earth({*latitude, *longitude})) {
        return fail(
            Errc::bad_value,
            "'" + std::string(text) +
                "' is no latitude and longitude; right would be 27.7281,112.0019"
        );
    }
    return GeoPoint{*latitude, *longitude};
}

std::string to_string(GeoPoint point) {
    return number_text(point.latitude) + "," + number_text(point.longitude);
}

Result<GeoShape> parse_shape(std::string_view text) { return ShapeReader(text).read(); }

std::string to_string(const GeoShape& shape) {
    const auto list_of = [](const auto& list, const auto& text_of) {
        std::string text = "[";
        for (const auto& one : list) {
            text += (text.size() > 1 ? "," : "") + text_of(one);
        }
        return text + "]";
    };
    const auto point_text = [](GeoPoint point) {
        return "[" + short_text(point.longitude) + "," + short_text(point.latitude) + "]";
    };
    const auto ring_text = [&](const GeoRing& ring) { return list_of(ring, point_text); };
    const auto polygon_text = [&](const GeoPolygon& polygon) {
        return list_of(polygon, ring_text);
    };
    return list_of(shape, polygon_text);
}

bool contains(const GeoShape& shape, GeoPoint point) {
    return std::ranges::any_of(shape, [&](const GeoPolygon& polygon) {
        // A hole is another crossing: the rings of a polygon count together.
        return std::ranges::count_if(
                   polygon, [&](const GeoRing& ring) { return is_within(ring, point); }
               ) % 2 !=
               0;
    });
}

GeoPoint inner_point(const GeoShape& shape) {
    GeoPoint best = shape.front().front().front();
    std::int64_t widest = -1;
    for (const GeoPolygon& polygon : shape) {
        const auto [south, north] = std::ranges::minmax(polygon.front(), {}, &GeoPoint::latitude);
        const std::int64_t middle = (south.latitude + north.latitude) / 2;
        const auto at = crossings(polygon, middle);
        for (std::size_t i = 1; i < at.size(); i += 2) {
            if (at[i] - at[i - 1] > widest) {
                widest = at[i] - at[i - 1];
                best = {middle, at[i - 1] + widest / 2};
            }
        }
    }
    return best;
}

GeoPoint from_gcj02(GeoPoint point) {
    // The offset changes by less than a hundredth from the point to its image: each turn adds two
    // digits, four leave nothing of 0.1 m.
    constexpr int turns = 4;
    const double unit = static_cast<double>(degree);
    const double latitude = static_cast<double>(point.latitude) / unit;
    const double longitude = static_cast<double>(point.longitude) / unit;
    Offset offset;
    for (int turn = 0; turn < turns; ++turn) {
        offset = gcj02_offset(latitude - offset.latitude, longitude - offset.longitude);
    }
    return {
        std::llround((latitude - offset.latitude) * unit),
        std::llround((longitude - offset.longitude) * unit)
    };
}

}  // namespace zt
