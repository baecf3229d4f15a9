// The keys of a place file.

#include "kindfile/shape.hpp"

namespace zt::kindfile {

namespace {

using enum Need;

constexpr std::string_view levels = "province|city|county|township|village";

extern const Shape area_part;
constexpr KeyRow area_keys[] = {
    {"code", Form::name, required, "short stable key, unique among areas"},
    {"name", Form::text, required, "what people read"},
    {"level", Form::option, required, "of the tree", nullptr, levels},
    {"point",
     Form::text,
     optional,
     "latitude and longitude of its centre, WGS-84: \"27.7281,112.0019\""},
    {"below", Form::rows, optional, "areas within it", &area_part},
};
constexpr Shape area_part{"area", "a place on the map", area_keys};

constexpr KeyRow post_keys[] = {
    {"key", Form::name, required, "unique within the org: scripts write ORG.KEY"},
    {"title", Form::text, required, "what people read"},
    {"words",
     Form::names,
     optional,
     "what kinds ask for: clerk, handler, signer, callback, supervisor, head; the key when left out"
    },
    {"leads", Form::names, optional, "codes of orgs that it heads or has in charge"},
    {"person", Form::text, optional, "key under `people`, or a name; left out: vacant"},
    {"secretary",
     Form::text,
     optional,
     "who enters on its behalf, from a post of their own; as `person`"},
    {"from", Form::date, optional, "since when, 1949-10-01 when left out"},
};
constexpr Shape post_part{"post", "a post of an org", post_keys};

extern const Shape org_part;
constexpr KeyRow org_keys[] = {
    {"code", Form::name, required, "short stable key, unique among orgs"},
    {"name", Form::text, required, "what people read"},
    {"level", Form::option, optional, "that of the org above when left out", nullptr, levels},
    {"parent", Form::name, optional, "code of the org above; not needed under `below`"},
    {"area", Form::name, optional, "code of its area; that of the org above when left out"},
    {"functions",
     Form::names,
     optional,
     "office, intake, callback, supervision, place, outside_body …"},
    {"outside",
     Form::flag,
     optional,
     "yes: outside the local tree (power company, banks); can be assigned"},
    {"posts", Form::rows, optional, "its posts", &post_part},
    {"below", Form::rows, optional, "orgs under it", &org_part},
    {"from", Form::date, optional, "since when, 1949-10-01 when left out"},
    {"until", Form::date, optional, "first day on which it no longer holds"},
};
constexpr Shape org_part{"org", "a unit", org_keys};

constexpr KeyRow person_keys[] = {
    {"name", Form::text, required, "sealed"},
    {"contact", Form::text, optional, "sealed"},
};
constexpr Shape person_part{"person", "somebody who holds posts", person_keys};

constexpr KeyRow duty_keys[] = {
    {"org", Form::name, required, "code of the township"},
    {"basic", Form::names, optional, "categories it leads itself"},
    {"assist", Form::text_map, optional, "category: code of the county unit that leads"},
    {"taken_back", Form::names, optional, "categories that the county has taken back"},
};
constexpr Shape duty_part{"duty list", "the three lists of a township", duty_keys};

constexpr KeyRow outline_keys[] = {
    {"file", Form::text, required, "GeoJSON file beside this one, its features named by `code`"},
    {"coordinates",
     Form::option,
     required,
     "what the numbers mean; Chinese maps publish gcj02",
     nullptr,
     "wgs84|gcj02"},
    {"source", Form::text, required, "where it comes from, with its licence; shown with every map"},
};
constexpr Shape outline_part{"outlines", "shapes and points of areas", outline_keys};

constexpr KeyRow legal_keys[] = {
    {"way", Form::name, required, "key in the list `legal_ways` of the pack"},
    {"authority", Form::text, required, "who decides there"},
    {"address", Form::text, optional, "where it is, with the room"},
    {"telephone", Form::text, optional, "to be called before one goes"},
    {"within", Form::text, optional, "how long the way stands open: 30d, 6mo"},
};
constexpr Shape legal_part{"legal way", "where a legal way leads here", legal_keys};

constexpr KeyRow place_keys[] = {
    {"place", Form::name, required, "its name, that of the file"},
    {"title", Form::title, required, "what people read"},
    {"level", Form::option, required, "of its top", nullptr, levels},
    {"pack", Form::name, required, "its numbers, packs/NAME.yaml"},
    {"calendar", Form::name, required, "its working days, calendars/NAME.yaml"},
    {"kinds", Form::names, optional, "kinds switched on; all when left out"},
    {"intake", Form::name, required, "code of the org that takes what names none"},
    {"areas", Form::rows, optional, "the map, as a tree", &area_part},
    {"outlines", Form::rows, optional, "files with shapes and points of its areas", &outline_part},
    {"orgs", Form::rows, required, "the units, as a tree or with `parent`", &org_part},
    {"people",
     Form::parts,
     optional,
     "those who hold several posts, or have a contact",
     &person_part},
    {"duty_lists", Form::rows, optional, "of townships", &duty_part},
    {"legal_ways", Form::rows, optional, "where they lead here; shown in the portal", &legal_part},
};
constexpr Shape place_file_part{"place", "a place file", place_keys};

}  // namespace

const Shape& place_shape() { return place_file_part; }

}  // namespace zt::kindfile
