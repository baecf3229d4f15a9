// The keys of a pack file.

#include "kindfile/shape.hpp"

namespace zt::kindfile {

namespace {

using enum Need;

constexpr KeyRow extension_keys[] = {
    {"max", Form::integer, optional, "how many"},
    {"cap", Form::length, optional, "longest of one"},
};
constexpr Shape extension_part{
    "extension", "how often and how far the due date may move", extension_keys
};

constexpr KeyRow clock_keys[] = {
    {"length", Form::length_rule, optional, "instead of the kind's length"},
    {"redo", Form::length_rule, optional, "instead of the kind's length from turn 2 on"},
    {"extension", Form::part, optional, "instead of the kind's extension", &extension_part},
    {"pause_cap", Form::length, optional, "longest of all pauses together"},
    {"warn", Form::length, optional, "how long before the due the lamp turns yellow"},
    {"source", Form::text, required, "where the numbers come from; a borrowed one says of whom"},
};
constexpr Shape clock_part{"clock", "what differs from the clock of the kind", clock_keys};

constexpr KeyRow weight_keys[] = {
    {"answers", Form::text_map, required, "answer: weight, a decimal such as 0.8"},
    {"source", Form::text, required, "where the weights come from"},
};
constexpr Shape weight_part{"weights", "what each answer counts", weight_keys};

constexpr KeyRow window_keys[] = {
    {"value", Form::length, required, "a length such as 15d"},
    {"source", Form::text, required, "where the number comes from"},
};
constexpr Shape window_part{"window", "a named length for within(WINDOW)", window_keys};

constexpr KeyRow limit_keys[] = {
    {"value", Form::integer, required, "a whole number"},
    {"source", Form::text, required, "where the number comes from"},
};
constexpr Shape limit_part{"limit", "a named number for at_most(COUNTER,LIMIT)", limit_keys};

constexpr KeyRow retention_keys[] = {
    {"what", Form::name, required, "sealed: name, contact and free text can no longer be opened"},
    {"years", Form::integer, required, "whole years after the day on which it ended or was closed"},
    {"source", Form::text, required, "the rule that sets them"},
};
constexpr Shape retention_part{"retention", "how long a kind is kept", retention_keys};

constexpr KeyRow pack_keys[] = {
    {"pack", Form::name, required, "its name, that of the file"},
    {"version", Form::integer, required, "raised with each change"},
    {"title", Form::title, required, "what people read"},
    {"source", Form::text, required, "what the pack rests on"},
    {"extends", Form::name, optional, "the pack that holds where this one says nothing"},
    {"clocks", Form::parts, optional, "KIND.CLOCK: what differs", &clock_part},
    {"weights", Form::parts, optional, "KIND.QUESTION: what each answer counts", &weight_part},
    {"reasons", Form::lists, optional, "closed lists of reasons: LIST: KEY: title"},
    {"windows", Form::parts, optional, "named lengths", &window_part},
    {"limits", Form::parts, optional, "named numbers", &limit_part},
    {"retention", Form::parts, optional, "KIND: how long it is kept", &retention_part},
};
constexpr Shape pack_file_part{"pack", "a pack file", pack_keys};

}  // namespace

const Shape& pack_shape() { return pack_file_part; }

}  // namespace zt::kindfile
