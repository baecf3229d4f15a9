#include "app/areas/area_file.hpp"

#include "app/import/row_reader.hpp"
#include "base/text.hpp"
#include "kindfile/kind_file.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace zt::app {

namespace {

namespace json = boost::json;

/// Shapes are kept to 1 m: finer is noise, and thousands of digits travel to every telephone.
constexpr std::int64_t shape_step = 10;

std::int64_t rounded(std::int64_t value) {
    return std::llround(static_cast<double>(value) / static_cast<double>(shape_step)) * shape_step;
}

GeoPoint in_wgs84(GeoPoint point, Coordinates coordinates) {
    return coordinates == Coordinates::gcj02 ? from_gcj02(point) : point;
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) {
        return {};
    }
    if (const auto* text = value->if_string()) {
        return std::string(*text);
    }
    if (const auto* number = value->if_int64()) {
        return std::to_string(*number);
    }
    // Some sources put the parent's code into an object.
    const json::object* inner = value->if_object();
    return inner == nullptr ? std::string() : text_of(*inner, "adcode");
}

Level level_of(std::string_view word) {
    if (word == "town") {
        return Level::township;
    }
    return word == "district" ? Level::county : parse_level(word).value_or(Level::none);
}

class FeatureReader {
  public:
    FeatureReader(std::string at, Coordinates coordinates)
        : at_(std::move(at)), coordinates_(coordinates) {}

    Result<AreaEntry> read(const json::object& feature, std::string code) const {
        AreaEntry entry;
        entry.at = at_;
        entry.code = std::move(code);
        const json::value* geometry = feature.if_contains("geometry");
        if (const json::value* given = feature.if_contains("properties"); given != nullptr) {
            if (const json::object* properties = given->if_object()) {
                TRY_VOID(read_properties(*properties, entry));
            }
        }
        if (geometry != nullptr && geometry->is_object()) {
            TRY_VOID(read_geometry(geometry->get_object(), entry));
        }
        if (entry.code.empty() && entry.name.empty()) {
            return refuse("the feature has neither code nor name");
        }
        return entry;
    }

    Result<void> read_geometry(const json::object& geometry, AreaEntry& entry) const {
        const std::string type = text_of(geometry, "type");
        const json::value* coordinates = geometry.if_contains("coordinates");
        if (coordinates == nullptr) {
            return refuse("the geometry has no coordinates");
        }
        if (type == "Point") {
            TRY(entry.point, point_of(*coordinates));
            return {};
        }
        GeoShape shape;
        if (type == "Polygon") {
            TRY(auto polygon, polygon_of(*coordinates));
            shape.push_back(std::move(polygon));
        } else if (type == "MultiPolygon" && coordinates->is_array()) {
            for (const auto& one : coordinates->get_array()) {
                TRY(auto polygon, polygon_of(one));
                shape.push_back(std::move(polygon));
            }
        } else {
            return refuse("'" + type + "' is not Point, Polygon or MultiPolygon");
        }
        // The one place that says what a shape is.
        auto checked = parse_shape(to_string(shape));
        if (!checked) {
            return refuse(checked.error().detail);
        }
        entry.shape = *std::move(checked);
        return {};
    }

  private:
    [[nodiscard]] std::unexpected<Error> refuse(std::string why) const {
        return fail(Errc::bad_value, std::move(why), at_);
    }

    Result<void> read_properties(const json::object& properties, AreaEntry& entry) const {
        for (const char* const name : {"code", "adcode"}) {
            if (auto code = text_of(properties, name); !code.empty()) {
                entry.code = std::move(code);
                break;
            }
        }
        entry.name = text_of(properties, "name");
        entry.parent = text_of(properties, "parent");
        entry.level = level_of(text_of(properties, "level"));
        if (const json::value* center = properties.if_contains("center");
            center != nullptr && center->is_array()) {
            TRY(entry.point, point_of(*center));
        }
        return {};
    }

    /// Millionths of a degree.
    Result<std::int64_t> number_of(const json::value& value) const {
        constexpr double degree = 1e6, most = 180;
        boost::system::error_code failed;
        const auto number = value.to_number<double>(failed);
        if (failed || !(std::abs(number) <= most)) {
            return refuse("a coordinate in degrees is expected");
        }
        return std::llround(number * degree);
    }

    Result<GeoPoint> point_of(const json::value& value) const {
        const json::array* numbers = value.if_array();
        if (numbers == nullptr || numbers->size() < 2) {
            return refuse("a point is [longitude, latitude]");
        }
        GeoPoint point;
        TRY(point.longitude, number_of((*numbers)[0]));
        TRY(point.latitude, number_of((*numbers)[1]));
        return in_wgs84(point, coordinates_);
    }

    Result<GeoPolygon> polygon_of(const json::value& value) const {
        if (!value.is_array()) {
            return refuse("a polygon is a list of rings");
        }
        GeoPolygon polygon;
        for (const auto& line : value.get_array()) {
            if (!line.is_array()) {
                return refuse("a ring is a list of points");
            }
            GeoRing ring;
            for (const auto& one : line.get_array()) {
                TRY(const auto point, point_of(one));
                ring.push_back({rounded(point.latitude), rounded(point.longitude)});
            }
            polygon.push_back(std::move(ring));
        }
        return polygon;
    }

    std::string at_;
    Coordinates coordinates_;
};

std::string stem_of(const std::string& file) {
    const std::string name = std::filesystem::path(file).filename().string();
    return name.substr(0, name.find('.'));
}

Result<std::vector<AreaEntry>>
read_features(const json::array& features, const std::string& file, Coordinates coordinates) {
    std::vector<AreaEntry> entries;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const std::string at = file + ": feature " + std::to_string(i + 1);
        const json::object* feature = features[i].if_object();
        if (feature == nullptr) {
            return fail(Errc::bad_file, "a feature is an object", at);
        }
        TRY(auto entry, FeatureReader(at, coordinates).read(*feature, {}));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::string> read_bytes(const std::string& path) {
    constexpr std::size_t bytes_max = 64U << 20U;  // a province with all its counties has 2 MiB
    constexpr std::size_t part = 1U << 16U;
    TRY(auto source, ByteSource::open(path));
    std::string text;
    for (std::size_t count = part; count > 0;) {
        const std::size_t begin = text.size();
        text.resize(begin + part);
        TRY(count, source.read(std::span(text).subspan(begin)));
        text.resize(begin + count);
        if (text.size() > bytes_max) {
            return fail(Errc::too_large, "the file is larger than 64 MiB", path);
        }
    }
    return text;
}

Result<std::optional<GeoPoint>> point_in(const Row& row, Coordinates coordinates) {
    const std::string latitude(trim(row.value("latitude")));
    const std::string longitude(trim(row.value("longitude")));
    if (latitude.empty() && longitude.empty()) {
        return std::optional<GeoPoint>{};
    }
    TRY(const auto point, parse_point(latitude + "," + longitude));
    return std::optional(in_wgs84(point, coordinates));
}

Result<std::vector<AreaEntry>> read_table(const std::string& path, Coordinates coordinates) {
    TRY(auto rows, open_rows({path, kindfile::RowFormat::csv, ','}));
    if (const auto header = rows->header();
        header == nullptr || std::ranges::find(*header, "code") == header->end()) {
        return fail(Errc::unknown_column, "the table has no column 'code'", path);
    }
    std::vector<AreaEntry> entries;
    for (;;) {
        TRY(const auto row, rows->next());
        if (!row) {
            return entries;
        }
        const std::string at = path + ":" + std::to_string(row->line);
        if (row->refusal) {
            return fail(row->refusal->code, row->refusal->detail, at);
        }
        if (row->value("virtual") == "t") {
            continue;
        }
        AreaEntry entry;
        entry.at = at;
        entry.code = trim(row->value("code"));
        entry.name = trim(row->value("name"));
        entry.parent = trim(row->value("parent"));
        entry.level = level_of(trim(row->value("level")));
        auto point = point_in(*row, coordinates);
        if (!point) {
            return fail(point.error().code, point.error().detail, at);
        }
        entry.point = *point;
        entries.push_back(std::move(entry));
    }
}

}  // namespace

Result<std::vector<AreaEntry>>
read_geojson(std::string_view text, const std::string& file, Coordinates coordinates) {
    boost::system::error_code failed;
    const json::value value = json::parse(text, failed);
    const json::object* root = failed ? nullptr : value.if_object();
    if (root == nullptr) {
        return fail(Errc::bad_file, "the file is no GeoJSON: " + failed.message(), file);
    }
    const std::string type = text_of(*root, "type");
    if (type == "FeatureCollection") {
        const json::value* features = root->if_contains("features");
        return features != nullptr && features->is_array()
                   ? read_features(features->get_array(), file, coordinates)
                   : fail(Errc::bad_file, "the collection has no features", file);
    }
    const FeatureReader reader(file, coordinates);
    AreaEntry entry;
    if (type == "Feature") {
        TRY(entry, reader.read(*root, stem_of(file)));
    } else {
        entry.code = stem_of(file);
        entry.at = file;
        TRY_VOID(reader.read_geometry(*root, entry));
    }
    return std::vector{std::move(entry)};
}

Result<std::vector<AreaEntry>> read_area_file(const std::string& path, Coordinates coordinates) {
    const std::string name = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
    if (!name.ends_with(".json") && !name.ends_with(".geojson")) {
        return read_table(path, coordinates);
    }
    TRY(const auto text, read_bytes(path));
    return read_geojson(text, path, coordinates);
}

std::string whole_code(std::string_view code) {
    constexpr std::size_t digits_all = 12;
    std::string whole(code);
    const bool is_number = std::ranges::all_of(whole, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number && !whole.empty() && whole.size() < digits_all) {
        whole.append(digits_all - whole.size(), '0');
    }
    return whole;
}

}  // namespace zt::app
