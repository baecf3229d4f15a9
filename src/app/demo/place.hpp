#pragma once
// The invented place: 映川市 with five counties, their townships and villages, 60 units, posts and
// people. No name in it is that of a real place, unit or person.

#include "app/demo/names.hpp"
#include "kindfile/place_file.hpp"

namespace zt::app::demo {

/// An office with the units around it, by code.
struct Desk {
    std::string title;   ///< 云麓区
    std::string prefix;  ///< of its codes: "yl"; the city's is empty
    std::string government, office, callback, supervision;
    std::vector<std::string> towns;  ///< governments of townships; their areas have the same codes
    std::vector<std::string> villages;  ///< committees of villages; likewise
    int weight = 1;                     ///< how much comes in here, beside the others
};

/// Things that end while the demo runs: a village that was merged into its neighbour, with its
/// committee.
struct Leaving {
    std::string area, org, post, person, duty_list_of;
};

struct Scene {
    kindfile::Place place;
    std::vector<Desk> desks;  ///< the city first, then the counties
    Leaving leaving;
    std::size_t units =
        0;  ///< departments, offices and outside companies: without townships and villages
    std::size_t towns = 0, villages = 0;
};

inline constexpr std::size_t units_wanted = 60;

[[nodiscard]] Scene make_scene(Chance& chance, Names& names);
/// The code of the unit that a topic names: "power" (the city's), "@zjj" (the county's), "@town".
[[nodiscard]] std::string
unit_for(const Scene& scene, std::size_t desk, std::string_view unit, Chance& chance);

}  // namespace zt::app::demo
