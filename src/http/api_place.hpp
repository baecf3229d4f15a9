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

/// What the law still offers, and where it leads in this place; empty: the place has not said.
struct LegalWay {
    std::string name, title, authority, address, telephone;
    std::string within;  ///< "30d", "6mo"
};
BOOST_DESCRIBE_STRUCT(LegalWay, (), (name, title, authority, address, telephone, within))

struct PublicPlace {
    std::string name, office;
    std::int64_t offset_minutes = 0;  ///< office time less UTC
    std::vector<PublicArea> areas;
    std::vector<Reference> units;  ///< those that a hand-in may name
    std::vector<KindPromises> promises;
    std::vector<Word> ways_in;         ///< four ways to reach the place, as its pack has them
    std::vector<LegalWay> legal_ways;  ///< what is left when nothing here helped
};
BOOST_DESCRIBE_STRUCT(
    PublicPlace, (), (name, office, offset_minutes, areas, units, promises, ways_in, legal_ways)
)

/// What a township's list says of one category.
struct DutyLine {
    Reference org;
    std::string list;               ///< basic, assist, taken_back
    std::string category;           ///< key
    std::optional<Reference> lead;  ///< the county unit that leads, or took it back
};
BOOST_DESCRIBE_STRUCT(DutyLine, (), (org, list, category, lead))

struct WordList {
    std::string name;
    std::vector<Word> words;
};
BOOST_DESCRIBE_STRUCT(WordList, (), (name, words))

struct WordLists {
    std::int64_t offset_minutes = 0;  ///< office time less UTC
    std::vector<WordList> lists;
    std::vector<Word> arguments;  ///< titles of what verbs take beside the fields of kinds
};
BOOST_DESCRIBE_STRUCT(WordLists, (), (offset_minutes, lists, arguments))

/// An inquiry into how the units worked: when it was opened and how it ended, not against whom.
struct Proceeding {
    UtcMs opened{};
    std::optional<UtcMs> ended;
    std::string outcome;  ///< in words; empty while it is open
};
BOOST_DESCRIBE_STRUCT(Proceeding, (), (opened, ended, outcome))

struct ProceedingList {
    std::vector<Proceeding> proceedings;  ///< in order of time
};
BOOST_DESCRIBE_STRUCT(ProceedingList, (), (proceedings))

struct DutyLists {
    std::vector<DutyLine> duties;
};
BOOST_DESCRIBE_STRUCT(DutyLists, (), (duties))

}  // namespace zt::http::api
