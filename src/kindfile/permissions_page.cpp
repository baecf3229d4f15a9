// docs/reference/permissions.md, from the rows that the program judges by.

#include "domain/permission.hpp"
#include "kindfile/reference.hpp"

namespace zt::kindfile {

namespace {

std::string cell(std::string_view text) { return " " + std::string(text) + " |"; }

std::string sights_table() {
    std::string out = "| standing | of | up to class | sight | source |\n|---|---|---|---|---|\n";
    for (const SightRow& row : sight_rows()) {
        out += "|" + cell(zt::name_of(row.standing)) + cell(row.is_record ? "records" : "matters") +
               cell(zt::name_of(row.highest_protection)) + cell(zt::name_of(row.sight)) +
               cell(row.source) + "\n";
    }
    return out;
}

std::string_view mark_of(Shown shown) {
    switch (shown) {
    case Shown::absent: return "";
    case Shown::masked: return "mask";
    case Shown::shown: return "yes";
    }
    return "";
}

std::string fields_table() {
    std::string out = "| group |";
    std::string line = "|---|";
    for (std::size_t index = 0; index < standings_count; ++index) {
        out += cell(zt::name_of(static_cast<Standing>(index)));
        line += "---|";
    }
    out += " source |\n" + line + "---|\n";
    for (const FieldRow& row : field_rows()) {
        out += "|" + cell(zt::name_of(row.group));
        for (const Shown shown : row.by_standing) {
            out += shown == Shown::absent ? std::string(" |") : cell(mark_of(shown));
        }
        out += cell(row.source) + "\n";
    }
    return out;
}

std::string reveals_table() {
    std::string out =
        "| standing | post word | class | persons | source |\n|---|---|---|---|---|\n";
    for (const RevealRow& row : reveal_rows()) {
        out += "|" + cell(zt::name_of(row.standing)) +
               cell(row.post_word.empty() ? "any" : row.post_word) +
               cell(zt::name_of(row.protection)) + cell(zt::name_of(row.persons)) +
               cell(row.source) + "\n";
    }
    return out;
}

std::string administration_table() {
    std::string out = "| duty | post word |\n|---|---|\n";
    for (const AdministrationRow& row : administration_rows()) {
        out += "|" + cell(zt::name_of(row.what)) + cell(row.post_word) + "\n";
    }
    return out;
}

std::string scopes_table() {
    std::string out = "| scope | what a key with it sees |\n|---|---|\n";
    for (const ScopeRow& row : scope_rows()) {
        out += "| `" + std::string(row.scope) + "` |" + cell(row.help) + "\n";
    }
    return out;
}

}  // namespace

std::string permissions_page() {
    return "# Permissions\n\n"
           "Made by the program from its own rows; do not edit. `ZHITONG_WRITE_REFERENCE=1 "
           "access_suite` writes it anew.\nHow the rows are put together: "
           "[who may see what](../concepts/who_may_see_what.md).\n\n"
           "## What a standing gives\n\nMore than one may hold; the most counts.\n\n" +
           sights_table() +
           "\n## What is seen of a matter\n\nAn empty cell: nothing, not even that it is "
           "there.\n\n" +
           fields_table() +
           "\n## How many persons a reveal takes\n\nNo row: it cannot be asked for.\n\n" +
           reveals_table() + "\n## What administrators do\n\nNone of them reads matters.\n\n" +
           administration_table() + "\n## Scopes of API keys\n\n" + scopes_table();
}

}  // namespace zt::kindfile
