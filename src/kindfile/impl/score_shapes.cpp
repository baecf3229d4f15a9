// The keys of a score file.

#include "kindfile/shape.hpp"

namespace zt::kindfile {

namespace {

using enum Need;

constexpr KeyRow rounding_keys[] = {
    {"rates", Form::integer, required, "decimal places of rates in per cent, before scoring"},
    {"points", Form::integer, required, "decimal places of each indicator's points"},
    {"total", Form::integer, required, "decimal places of totals"},
    {"mode", Form::option, required, "how", nullptr, "half_up|half_even|down"},
};
constexpr Shape rounding_part{"rounding", "where and how is rounded", rounding_keys};

constexpr KeyRow indicator_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"group", Form::name, optional, "of `groups`: added up apart as well"},
    {"from",
     Form::word,
     required,
     "a rate of docs/concepts/scores.md, rating(QUESTION), count(COUNTER), "
     "count(KIND.INDICATOR), or given: from outside"},
    {"answers", Form::text_map, optional, "of rating: what each answer weighs, 0 to 1"},
    {"better",
     Form::option,
     optional,
     "which way is better, default higher",
     nullptr,
     "higher|lower"},
    {"full", Form::decimal, required, "points at the target: its weight"},
    {"target", Form::decimal, required, "per cent of a rate, or a number"},
    {"slope", Form::decimal, required, "points for each per cent, or for each one, off the target"},
    {"floor", Form::decimal, optional, "the least points, default 0"},
    {"cap", Form::decimal, optional, "the most points, default full"},
    {"min", Form::integer, optional, "judged from so many on, default 1; of ratings at least 5"},
    {"source", Form::text, required, "where the numbers come from"},
};
constexpr Shape indicator_part{"indicator", "a line of the score", indicator_keys};

constexpr KeyRow group_keys[] = {
    {"title", Form::title, required, "what people read"},
};
constexpr Shape group_part{"score group", "lines that are added up apart as well", group_keys};

constexpr KeyRow peers_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"upto",
     Form::integer,
     optional,
     "the most matters of its members in a line; the last class has none"},
};
constexpr Shape peers_part{"score peers", "units of a like volume", peers_keys};

constexpr KeyRow score_keys[] = {
    {"score", Form::name, required, "its name, that of the file"},
    {"version", Form::integer, required, "raised with each change"},
    {"title", Form::title, required, "what people read"},
    {"source", Form::text, required, "what the score rests on"},
    {"kinds", Form::names, required, "the kinds whose matters count"},
    {"rounding", Form::part, required, "where and how is rounded", &rounding_part},
    {"groups", Form::parts, optional, "NAME: a group of lines", &group_part},
    {"peers", Form::parts, optional, "NAME: a class of units, smallest first", &peers_part},
    {"fair_strength",
     Form::integer,
     optional,
     "so many matters is the rate of all worth in fair ranks, default 10"},
    {"indicators", Form::parts, required, "NAME: a line of the score", &indicator_part},
};
constexpr Shape score_file_part{"score", "a score file", score_keys};

}  // namespace

const Shape& score_shape() { return score_file_part; }

}  // namespace zt::kindfile
