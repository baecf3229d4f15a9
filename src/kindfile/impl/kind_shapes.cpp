// The keys of a kind file. The reader in kind_file.cpp takes each of them; a test compares.

#include "kindfile/shape.hpp"

namespace zt::kindfile {

namespace {

using enum Need;

constexpr KeyRow number_keys[] = {
    {"series", Form::name, required, "the counter that gives the numbers, without gaps"},
    {"prefix", Form::text, required, "what stands before the year: ZT"},
    {"per",
     Form::option,
     optional,
     "year (default): begins at 1 each year; ever: never begins again",
     nullptr,
     "year|ever"},
    {"digits", Form::integer, optional, "how many digits, 6 when left out"},
    {"by", Form::name, optional, "a choice field: values under prefixes are counted apart"},
    {"prefixes",
     Form::text_map,
     optional,
     "for values of that field: another prefix, another series"},
};
constexpr Shape number_part{"number", "how matters are numbered", number_keys};

constexpr KeyRow hand_in_keys[] = {
    {"requester",
     Form::flag,
     optional,
     "yes: somebody outside hands in, is answered, rates and may contest"},
    {"unnamed",
     Form::option,
     optional,
     "whether the requester may leave no name",
     nullptr,
     "allowed|refused"},
    {"protection",
     Form::option,
     optional,
     "by_purpose: the field purpose fixes the lowest protection class",
     nullptr,
     "by_purpose|none"},
};
constexpr Shape hand_in_part{"hand_in", "who may hand in", hand_in_keys};

constexpr KeyRow field_keys[] = {
    {"type",
     Form::option,
     required,
     "what the field holds",
     nullptr,
     "text|long_text|integer|money|date|instant|yes_no|choice|choices|org|orgs|post|person|area|matter|matters|phone|"
     "list|point|shape"},
    {"title", Form::title, required, "what the form calls it"},
    {"help", Form::title, optional, "one sentence under the field"},
    {"choices", Form::titles, optional, "of choice and choices: key and title"},
    {"personal", Form::flag, optional, "yes: stored sealed only"},
    {"required", Form::flag, optional, "yes: wherever the field is taken"},
    {"min", Form::integer, optional, "least number of characters, or least value"},
    {"max", Form::integer, optional, "most characters, or greatest value"},
    {"pattern", Form::text, optional, "what the text must match, re2 syntax"},
    {"show_if", Form::word, optional, "the form shows it only when this holds"},
    {"unique", Form::flag, optional, "yes: one living matter of this kind with that value"},
    {"kind", Form::name, optional, "of matter and matters: the kind it points to"},
    {"office",
     Form::flag,
     optional,
     "of matter: yes: its office is competent for what is handed in under it"},
};
constexpr Shape field_part{"field", "one input of the form", field_keys};

constexpr KeyRow category_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"parent", Form::name, optional, "the category above"},
    {"stop", Form::note, optional, "emergency text of the portal: who to call instead"},
};
constexpr Shape category_part{"category", "one line of the classification", category_keys};

constexpr KeyRow role_keys[] = {
    {"who", Form::text, required, "as in the short form: clerk at office"},
    {"title", Form::title, optional, "what people read"},
};
constexpr Shape role_part{"role", "who may act: clerk at office, handler at hand …", role_keys};

constexpr std::string_view hand_states =
    "offered|assigned|signed_for|contacted|arrived|replied|sent_back|done|withdrawn";
constexpr KeyRow hand_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"first",
     Form::option,
     optional,
     "state it begins in, assigned when left out",
     nullptr,
     hand_states},
    {"lead",
     Form::flag,
     optional,
     "yes: its reply answers the matter and the figures carry its unit"},
    {"many", Form::flag, optional, "yes: more than one open hand of this role"},
    {"states", Form::options, required, "the states of its small life", nullptr, hand_states},
};
constexpr Shape hand_part{"hand", "a role of those who work on the matter", hand_keys};

constexpr KeyRow item_list_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"personal", Form::flag, optional, "yes: titles of items are sealed"},
    {"evidence", Form::flag, optional, "yes: done only with evidence"},
};
constexpr Shape item_list_part{"item list", "a list of lines with owner and dates", item_list_keys};

constexpr KeyRow stage_keys[] = {
    {"title", Form::title, required, "what staff read"},
    {"public", Form::title, optional, "what the requester reads; the title when left out"},
    {"counts", Form::option, required, "how the figures count it", nullptr, "open|closed|ended"},
    {"holder", Form::name, optional, "the role that must act here; every open stage has one"},
    {"clocks", Form::names, optional, "clocks that can run here"},
    {"no_clock", Form::note, optional, "why no clock runs here: whom the stage waits for"},
};
constexpr Shape stage_part{"stage", "where a matter stands", stage_keys};

constexpr KeyRow pause_keys[] = {
    {"reasons", Form::names, required, "what may stop the clock; keys of the pack's list of reasons"
    },
    {"cap", Form::length, optional, "longest of all pauses together"},
};
constexpr Shape pause_part{"pause", "when the clock may stand still", pause_keys};

constexpr KeyRow extension_keys[] = {
    {"max", Form::integer, required, "how many"},
    {"cap", Form::length, required, "longest of one"},
};
constexpr Shape extension_part{
    "extension", "how often and how far the due date may move", extension_keys
};

constexpr KeyRow lapse_keys[] = {
    {"do", Form::name, optional, "mark, notify, or a verb that the system then does on this matter"
    },
    {"notify", Form::names, optional, "whom to tell"},
    {"fields", Form::text_map, optional, "given with the verb"},
};
constexpr Shape lapse_part{"lapse", "what follows when the clock runs out", lapse_keys};

constexpr KeyRow clock_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"of", Form::text, optional, "matter (default), hand, hand ROLE, item LIST"},
    {"starts", Form::verbs, required, "verbs that start it"},
    {"start_if", Form::word, optional, "it starts only when this holds after the verb"},
    {"stops", Form::verbs, required, "verbs that stop it"},
    {"stop_if", Form::word, optional, "they stop it only when this holds after the verb"},
    {"length",
     Form::length_rule,
     required,
     "5wd, {by: FIELD, VALUE: 1wd, else: 5wd}, {date: FIELD}, {working_days: FIELD}"},
    {"redo", Form::length_rule, optional, "length from turn 2 on: {part: 1/2, of: handle, min: 3wd}"
    },
    {"final", Form::flag, optional, "yes: its due is the final due of the matter; one a kind"},
    {"pause", Form::part, optional, "when it may stand still", &pause_part},
    {"extension", Form::part, optional, "how often and how far its due may move", &extension_part},
    {"warn", Form::length, optional, "how long before the due the lamp turns yellow"},
    {"protects",
     Form::option,
     optional,
     "whom it is for; unit when left out",
     nullptr,
     "requester|unit"},
    {"lapse", Form::part, required, "what follows when it runs out", &lapse_part},
    {"source", Form::text, required, "where the number comes from"},
};
constexpr Shape clock_part{"clock", "how long something may take", clock_keys};

constexpr KeyRow verb_keys[] = {
    {"do", Form::verb, required, "the verb"},
    {"title", Form::title, optional, "what the button says; the verb's own title when left out"},
    {"from",
     Form::names,
     optional,
     "stages; any: all that count open, closed_stages, all; left out: begins a matter"},
    {"by", Form::names, required, "roles"},
    {"fields", Form::texts, optional, "name, name! (required), name=value (when absent)"},
    {"if",
     Form::word,
     optional,
     "the row applies only when this holds; rows of a verb are tried in order"},
    {"when", Form::words, optional, "guards: the first that fails refuses"},
    {"then", Form::words, optional, "effects, in order"},
    {"to", Form::targets, optional, "the stage it leads to, or predicate: stage; same when left out"
    },
    {"reads", Form::names, optional, "links whose matters the decision looks at"},
    {"back_date", Form::integer, optional, "working days that it may be dated back, at most 3"},
    {"primary", Form::flag, optional, "yes: the most likely next step"},
    {"source", Form::text, optional, "the rule behind it; the kind's own when left out"},
};
constexpr Shape verb_part{"verb", "who may do what, from where to where", verb_keys};

constexpr KeyRow rating_keys[] = {
    {"title", Form::title, required, "the question"},
    {"answers", Form::titles, required, "key and title"},
    {"optional", Form::flag, optional, "yes: may be left out"},
    {"counts", Form::flag, optional, "yes: satisfaction counts this question"},
    {"bad", Form::names, optional, "answers that make the rating bad"},
};
constexpr Shape rating_part{"rating", "a question to the requester", rating_keys};

constexpr KeyRow notice_keys[] = {
    {"on", Form::text, required, "a verb, or lapse CLOCK"},
    {"to", Form::names, required, "requester, author, lead, hands, office, or a role"},
    {"text", Form::name, required, "key in texts of this kind, or in text/*.yaml"},
};
constexpr Shape notice_part{"notice", "who is told of what", notice_keys};

constexpr KeyRow round_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"every", Form::option, required, "the period", nullptr, "week|month|quarter|half_year|year"},
    {"day", Form::integer, optional, "day of the period, 1 when left out"},
    {"workday", Form::flag, optional, "yes: the day counts working days"},
    {"per", Form::name, required, "a function of orgs (one matter each), or a record kind"},
    {"fields", Form::text_map, optional, "given with register"},
    {"within", Form::length, required, "done by"},
    {"source", Form::text, required, "where the duty comes from"},
};
constexpr Shape round_part{"round", "a recurring duty", round_keys};

constexpr KeyRow indicator_keys[] = {
    {"title", Form::title, required, "what people read"},
    {"on", Form::text, required, "a verb, or stage NAME (a stock)"},
    {"if", Form::words, optional, "counted only when all of this holds"},
    {"amount", Form::name, optional, "field that is summed; 1 when left out"},
    {"subject", Form::name, optional, "field with the record it counts for"},
    {"distinct", Form::flag, optional, "yes: how many different subjects, not how often"},
};
constexpr Shape indicator_part{"indicator", "a figure of this kind", indicator_keys};

constexpr KeyRow kind_keys[] = {
    {"kind", Form::name, required, "its name, that of the file"},
    {"version", Form::integer, required, "raised with each change of meaning"},
    {"life",
     Form::option,
     required,
     "matter: begins and ends; record: open-ended",
     nullptr,
     "matter|record"},
    {"field_work", Form::flag, optional, "yes: done outside, where it is; /field offers it"},
    {"offered", Form::flag, optional, "yes: what is published of it is offered before hand-in"},
    {"title", Form::title, required, "what people read"},
    {"help", Form::title, required, "what it is for, in a sentence or two"},
    {"source", Form::text, required, "the rule or document behind it"},
    {"office", Form::name, optional, "function of the competent org, office when left out"},
    {"number", Form::part, required, "how matters are numbered", &number_part},
    {"hand_in", Form::part, optional, "who may hand in", &hand_in_part},
    {"visible_to", Form::names, optional, "roles that see it beside those who work on it"},
    {"personal_texts", Form::names, optional, "free texts of verbs that are sealed"},
    {"fields", Form::parts, optional, "inputs by name", &field_part},
    {"categories", Form::parts, optional, "the classification", &category_part},
    {"roles", Form::parts_or_texts, required, "who may act, by name", &role_part},
    {"hands", Form::parts, optional, "roles of those who work on it", &hand_part},
    {"item_lists", Form::parts, optional, "lists of lines", &item_list_part},
    {"stages", Form::parts, required, "in the order of the drawing", &stage_part},
    {"clocks", Form::parts, optional, "by name", &clock_part},
    {"verbs",
     Form::rows,
     required,
     "who may do what; rows of the same verb are tried in order",
     &verb_part},
    {"ratings", Form::parts, optional, "questions to the requester", &rating_part},
    {"notices", Form::rows, optional, "who is told of what", &notice_part},
    {"texts",
     Form::titles,
     optional,
     "what its notices say, {number} for the number; lapse.CLOCK: what a lapse says"},
    {"rounds", Form::parts, optional, "recurring duties", &round_part},
    {"indicators",
     Form::parts,
     optional,
     "figures of this kind beside the common ones",
     &indicator_part},
    {"guarantees", Form::names, optional, "promises that check and the walks prove"},
    {"published", Form::names, optional, "fields that a publication may show"},
};
constexpr Shape kind_file_part{"kind", "a kind file", kind_keys};

}  // namespace

const Shape& kind_shape() { return kind_file_part; }

}  // namespace zt::kindfile
