#pragma once
// Place files: places/*.yaml, the tree of areas, orgs, posts and people with which a tenant begins.
// `init` turns it into ordinary commands. A value; ids are given later.

#include "domain/directory.hpp"
#include "kindfile/shape.hpp"

#include <filesystem>

namespace zt::kindfile {

/// The day from which entries hold when the file says nothing, so that imports of old years find
/// their orgs.
inline constexpr std::string_view place_from_default = "1949-10-01";

struct PlaceArea {
    std::string code, name;
    std::string parent;  ///< code; empty at the top
    Level level = Level::none;
    int line = 0;
    std::optional<GeoPoint> point{};
    std::string shape{}, map_source{};  ///< shape: as records keep it (base/geo.hpp)
};

/// A file with shapes and points, beside the place file.
struct PlaceOutlines {
    std::string file, coordinates, source;
};

struct PlaceOrg {
    std::string code, name;
    std::string parent;  ///< code; empty at the top
    Level level = Level::none;
    std::string area;  ///< code
    std::vector<std::string> functions;
    bool is_outside = false;
    Date from;
    std::optional<Date> until;
    int line = 0;
};

struct PlacePost {
    std::string org;  ///< code
    std::string key;
    std::string title;
    std::vector<std::string> words;
    std::vector<std::string> leads;  ///< codes of orgs that it heads or has in charge
    std::string person;              ///< code; empty: vacant
    std::string secretary;           ///< code of who acts on its behalf; empty: nobody
    Date from;
    int line = 0;
};

/// The code is never the name: names are sealed, codes are not.
struct PlacePerson {
    std::string code, name, contact;
    int line = 0;
};

/// The three lists of a township. An entry is `category` or, for assist, `category:org`.
struct PlaceDutyList {
    std::string org;
    std::vector<std::string> basic, assist, taken_back;
    int line = 0;
};

/// Where a legal way leads: texts for the portal.
struct PlaceLegalWay {
    std::string way;  ///< key in the pack's list `legal_ways`
    std::string authority, address, telephone, within;
    int line = 0;
};

struct Place {
    std::string name;
    Title title;
    Level level = Level::county;
    std::string pack, calendar;
    std::vector<std::string> kinds;  ///< switched on; empty: all
    std::string intake;              ///< code of the org that takes what names none
    std::vector<PlaceArea> areas;    ///< parents before children
    std::vector<PlaceOrg> orgs;      ///< parents before children
    std::vector<PlacePost> posts;    ///< in the order of their orgs
    std::vector<PlacePerson> people;
    std::vector<PlaceDutyList> duty_lists;
    std::vector<PlaceOutlines> outlines;
    std::vector<PlaceLegalWay> legal_ways;
};

/// errors: all that is wrong with the text: unknown parents, circles, codes twice, a post that
/// leads an org that is not there, no intake.
[[nodiscard]] Checked<Place> read_place(std::string_view text, std::string file);
[[nodiscard]] Checked<Place> load_place(const std::filesystem::path& file);

}  // namespace zt::kindfile
