#include "kindfile/kind_file.hpp"

#include "base/text.hpp"
#include "kindfile/impl/read_kind_parts.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

int line_of(const Error& error) {
    const auto colon = error.at.rfind(':');
    return static_cast<int>(parse_int(error.at.substr(colon + 1)).value_or(0));
}

void read_head(const Yaml& root, Kind& kind) {
    kind.name = text_at(root, "kind");
    kind.version = static_cast<std::uint32_t>(integer_at(root, "version", 1));
    kind.title = title_at(root, "title");
    kind.help = title_at(root, "help");
    kind.source = text_at(root, "source");
    kind.life = text_at(root, "life") == "record" ? Life::record : Life::matter;
    kind.is_field_work = flag_at(root, "field_work");
    kind.is_offered = flag_at(root, "offered");
    if (root.find("office")) {
        kind.office_function = text_at(root, "office");
    }
    if (const auto number = root.find("number")) {
        kind.number.series = text_at(*number, "series");
        kind.number.prefix = text_at(*number, "prefix");
        kind.number.per_year = text_at(*number, "per") != "ever";
        kind.number.digits = static_cast<int>(integer_at(*number, "digits", 6));
        kind.number.by = text_at(*number, "by");
        for (const YamlEntry& entry : entries_at(*number, "prefixes")) {
            kind.number.prefixes[entry.key] = entry.value.text().value_or("");
        }
    }
    if (const auto hand_in = root.find("hand_in")) {
        kind.has_requester = flag_at(*hand_in, "requester");
        kind.unnamed_allowed = text_at(*hand_in, "unnamed") == "allowed";
        kind.protects_by_purpose = text_at(*hand_in, "protection") == "by_purpose";
    }
    kind.visible_to = names_at(root, "visible_to");
    kind.personal_texts = names_at(root, "personal_texts");
    kind.published = names_at(root, "published");
}

void check_head(const Yaml& root, const Kind& kind, Errors& errors) {
    if (kind.version < 1 || integer_at(root, "version", 1) < 1 ||
        integer_at(root, "version", 1) > 999'999) {
        errors.push_back(
            root.get("version")->fail(Errc::bad_value, "must lie between 1 and 999999").error()
        );
    }
    if (kind.number.digits < 1 || kind.number.digits > 12) {
        errors.push_back(
            root.get("number")->fail(Errc::bad_value, "`digits` must lie between 1 and 12").error()
        );
    }
}

Kind build(const Yaml& root, std::string_view text, Errors& errors) {
    Kind kind;
    kind.file = root.file();
    kind.text_hash = hash_of(HashAlgorithm::sha256, text);
    read_head(root, kind);
    check_head(root, kind, errors);
    read_fields(root, kind);
    read_roles(root, kind, errors);
    read_parts(root, kind);
    read_clocks(root, kind, errors);
    read_verbs(root, kind, errors);
    read_rest(root, kind);
    return kind;
}

/// A notice to several roles is several notices of the kind.
std::vector<int> lines_of_notices(const Yaml& root) {
    std::vector<int> lines;
    for (const Yaml& notice : items_at(root, "notices")) {
        lines.insert(lines.end(), names_at(notice, "to").size(), notice.line());
    }
    return lines;
}

}  // namespace

Checked<KindFile> read_kind_file(std::string_view text, std::string file) {
    const auto root = parse_yaml(text, std::move(file));
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, kind_shape(), errors);
    Kind kind;
    if (errors.empty()) {
        kind = build(*root, text, errors);
    }
    if (!errors.empty()) {
        std::ranges::sort(errors, {}, [](const Error& e) {
            return std::pair(line_of(e), e.detail);
        });
        return std::unexpected(std::move(errors));
    }
    return KindFile{std::move(kind), Lines(*root), std::string(text), lines_of_notices(*root)};
}

Result<Kind> read_kind(std::string_view text, std::string file) {
    auto read = read_kind_file(text, std::move(file));
    if (!read) {
        return std::unexpected(read.error().front());
    }
    return std::move(read->kind);
}

}  // namespace zt::kindfile
