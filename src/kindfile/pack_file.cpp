#include "kindfile/pack_file.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

constexpr std::int64_t millionths = 1'000'000;
/// A pack that stands on more than so many others can no longer be read by a person.
constexpr std::size_t extends_depth_max = 8;

PackClock read_clock(const Yaml& value) {
    PackClock clock;
    if (const auto length = value.find("length")) {
        clock.length = read_length_rule(*length).value_or(LengthRule{});
    }
    if (const auto redo = value.find("redo")) {
        clock.redo_length = read_length_rule(*redo).value_or(LengthRule{});
    }
    if (const auto extension = value.find("extension")) {
        clock.extension_cap = length_at(*extension, "cap");
        if (extension->find("max")) {
            clock.extensions_max = integer_at(*extension, "max");
        }
    }
    clock.pause_cap = length_at(value, "pause_cap");
    clock.warn_before = length_at(value, "warn");
    clock.source = text_at(value, "source");
    return clock;
}

void read_weights(const Yaml& root, Pack& pack, Errors& errors) {
    for (const YamlEntry& entry : entries_at(root, "weights")) {
        for (const YamlEntry& answer : entries_at(entry.value, "answers")) {
            const auto weight = read_millionths(answer.value);
            if (!weight) {
                errors.push_back(weight.error());
            } else if (*weight > millionths) {
                errors.push_back(
                    answer.value.fail(Errc::bad_value, "a weight lies between 0 and 1").error()
                );
            } else {
                pack.weights[entry.key][answer.key] = *weight;
            }
        }
    }
}

void read_settings(const Yaml& root, Pack& pack, Errors& errors) {
    for (const YamlEntry& entry : entries_at(root, "windows")) {
        pack.windows[entry.key] = length_at(entry.value, "value").value_or(calendar::Length{});
    }
    for (const YamlEntry& entry : entries_at(root, "limits")) {
        pack.limits[entry.key] = integer_at(entry.value, "value");
        if (pack.limits[entry.key] < 0) {
            errors.push_back(entry.value.fail(Errc::bad_value, "a limit is not negative").error());
        }
    }
    for (const YamlEntry& list : entries_at(root, "reasons")) {
        for (const YamlEntry& reason : list.value.entries().value_or(std::vector<YamlEntry>{})) {
            const Title title = read_title(reason.value);
            if (title.zh.empty() || title.en.empty()) {
                errors.push_back(
                    {Errc::missing_key,
                     reason.value.path() + ": the title needs zh and en",
                     reason.key_at}
                );
            }
            pack.reasons[list.key].emplace_back(reason.key, title);
        }
    }
}

/// More would be for ever; whatever is kept for ever has no row.
constexpr std::int64_t retention_years_max = 100;

void read_retention(const Yaml& root, Pack& pack, Errors& errors) {
    for (const YamlEntry& entry : entries_at(root, "retention")) {
        PackRetention& one = pack.retention[entry.key];
        one.what = text_at(entry.value, "what");
        one.years = integer_at(entry.value, "years");
        one.source = text_at(entry.value, "source");
        if (one.what != "sealed") {
            errors.push_back(
                entry.value
                    .fail(Errc::bad_value, "what is sealed: nothing else of a matter is erased")
                    .error()
            );
        }
        if (one.years < 1 || one.years > retention_years_max) {
            errors.push_back(
                entry.value.fail(Errc::bad_value, "years lie between 1 and 100").error()
            );
        }
    }
}

Pack build(const Yaml& root, std::string_view text, Errors& errors) {
    Pack pack;
    pack.name = text_at(root, "pack");
    pack.text_hash = hash_of(HashAlgorithm::sha256, text);
    pack.title = title_at(root, "title");
    pack.source = text_at(root, "source");
    const std::int64_t version = integer_at(root, "version", 1);
    pack.version = static_cast<std::uint32_t>(version);
    if (version < 1 || version > 999'999) {
        errors.push_back(
            root.get("version")->fail(Errc::bad_value, "must lie between 1 and 999999").error()
        );
    }
    for (const YamlEntry& entry : entries_at(root, "clocks")) {
        if (entry.key.find('.') == std::string::npos) {
            errors.push_back(
                {Errc::bad_value,
                 entry.value.path() + ": write KIND.CLOCK, as in appeal.handle",
                 entry.key_at}
            );
        }
        pack.clocks[entry.key] = read_clock(entry.value);
    }
    read_weights(root, pack, errors);
    read_settings(root, pack, errors);
    read_retention(root, pack, errors);
    return pack;
}

/// What the own clock leaves open comes from the base.
void lay_over(PackClock& own, const PackClock& base) {
    own.length = own.length ? own.length : base.length;
    own.redo_length = own.redo_length ? own.redo_length : base.redo_length;
    own.extension_cap = own.extension_cap ? own.extension_cap : base.extension_cap;
    own.pause_cap = own.pause_cap ? own.pause_cap : base.pause_cap;
    own.warn_before = own.warn_before ? own.warn_before : base.warn_before;
    own.extensions_max = own.extensions_max ? own.extensions_max : base.extensions_max;
}

void lay_over(Pack& own, const Pack& base) {
    for (const auto& [name, clock] : base.clocks) {
        const auto [found, is_new] = own.clocks.emplace(name, clock);
        if (!is_new) {
            lay_over(found->second, clock);
        }
    }
    own.weights.insert(base.weights.begin(), base.weights.end());
    own.reasons.insert(base.reasons.begin(), base.reasons.end());
    own.windows.insert(base.windows.begin(), base.windows.end());
    own.limits.insert(base.limits.begin(), base.limits.end());
    own.retention.insert(base.retention.begin(), base.retention.end());
}

std::vector<std::string> names_of(const std::vector<PackFile>& all) {
    std::vector<std::string> names;
    for (const PackFile& file : all) {
        names.push_back(file.pack.name);
    }
    return names;
}

}  // namespace

Checked<PackFile> read_pack_file(std::string_view text, std::string file) {
    const auto root = parse_yaml(text, file);
    if (!root) {
        return std::unexpected(Errors{root.error()});
    }
    Errors errors;
    check_shape(*root, pack_shape(), errors);
    Pack pack;
    if (errors.empty()) {
        pack = build(*root, text, errors);
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return PackFile{
        std::move(pack), text_at(*root, "extends"), Lines(*root), std::move(file), std::string(text)
    };
}

Result<Pack> resolve_pack(const PackFile& file, const std::vector<PackFile>& all) {
    Pack pack = file.pack;
    const PackFile* below = &file;
    for (std::size_t depth = 0; !below->extends.empty(); ++depth) {
        const std::string at = below->file + ":" + std::to_string(below->lines.of("/extends"));
        if (depth == extends_depth_max) {
            return fail(
                Errc::bad_value,
                "the packs that " + file.pack.name + " extends go in a circle or more than " +
                    std::to_string(extends_depth_max) + " deep",
                at
            );
        }
        const auto base =
            std::ranges::find(all, below->extends, [](const PackFile& p) { return p.pack.name; });
        if (base == all.end()) {
            const std::string near = nearest(below->extends, names_of(all));
            return fail(
                Errc::not_found,
                "no pack is called " + below->extends +
                    (near.empty() ? "; there are " + join(names_of(all), ", ")
                                  : "; did you mean " + near + "?"),
                at
            );
        }
        lay_over(pack, base->pack);
        below = &*base;
    }
    return pack;
}

Checked<LoadedPacks> load_packs(const NamedTexts& texts) {
    LoadedPacks loaded;
    Errors errors;
    for (const auto& [name, text] : texts) {
        auto read = read_pack_file(text, name);
        if (read) {
            loaded.files.push_back(*std::move(read));
        } else {
            errors.insert(errors.end(), read.error().begin(), read.error().end());
        }
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    for (const PackFile& file : loaded.files) {
        auto pack = resolve_pack(file, loaded.files);
        const std::string at = file.file + ":" + std::to_string(file.lines.of("/pack"));
        if (!pack) {
            errors.push_back(pack.error());
        } else if (!loaded.packs.emplace(file.pack.name, *std::move(pack)).second) {
            errors.push_back(
                {Errc::bad_value, "another file also holds the pack " + file.pack.name, at}
            );
        }
    }
    if (!errors.empty()) {
        return std::unexpected(std::move(errors));
    }
    return loaded;
}

Checked<LoadedPacks> load_packs(const std::filesystem::path& folder) {
    auto texts = read_yaml_folder(folder);
    if (!texts) {
        return std::unexpected(Errors{texts.error()});
    }
    return load_packs(*texts);
}

}  // namespace zt::kindfile
