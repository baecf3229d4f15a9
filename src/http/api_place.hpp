#pragma once
// The place as everybody may know it: its name, areas and units, what it promises, how to reach it.

#include "http/api.hpp"

namespace zt::http::api {

struct PublicArea {
    std::int64_t id = 0;
    std::string name;
    std::int64_t parent = 0;  ///< 0: none
    std::string level;
};
BOOST_DESCRIBE_STRUCT(PublicArea, (), (id, name, parent, level))

/// A time within which the requester is owed something.
struct PromisedLength {
    std::string clock, title;
    std::string when;    ///< title of the choice that it holds for; empty: always, or else
    std::string length;  ///< "5wd", "2h", "2sh", "15d", "3mo"
};
BOOST_DESCRIBE_STRUCT(PromisedLength, (), (clock, title, when, length))

struct KindPromises {
    std::string kind, kind_title;
    std::vector<PromisedLength> lengths;
};
BOOST_DESCRIBE_STRUCT(KindPromises, (), (kind, kind_title, lengths))

struct PublicPlace {
    std::string name, office;
    std::vector<PublicArea> areas;
    std::vector<Reference> units;  ///< those that a hand-in may name
    std::vector<KindPromises> promises;
    std::vector<Word> ways_in;     ///< four ways to reach the place, as its pack has them
    std::vector<Word> legal_ways;  ///< what is left when nothing here helped
};
BOOST_DESCRIBE_STRUCT(PublicPlace, (), (name, office, areas, units, promises, ways_in, legal_ways))

}  // namespace zt::http::api
