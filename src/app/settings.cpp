#include "app/settings.hpp"

#include "app/toml_reading.hpp"
#include "base/text.hpp"
#include "calendar/calendar.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace zt::app {

namespace {

Error bad(std::string_view text, std::string right) {
    return {Errc::bad_value, "'" + std::string(text) + "' is not " + std::move(right), {}};
}

/// A whole number within bounds into a member.
template <auto Group, auto Member, std::int64_t least, std::int64_t most>
Result<void> set_number(ServeSettings& settings, std::string_view text) {
    const auto number = parse_int(text);
    if (!number || *number < least || *number > most) {
        return std::unexpected(
            bad(text, "a number from " + std::to_string(least) + " to " + std::to_string(most))
        );
    }
    auto& member = settings.*Group.*Member;
    using Value = std::remove_reference_t<decltype(member)>;
    if constexpr (std::is_same_v<Value, Millis>) {
        member = Millis{*number};
    } else {
        member = static_cast<Value>(*number);
    }
    return {};
}

template <auto Group, auto Member>
Result<void> set_text(ServeSettings& settings, std::string_view text) {
    settings.*Group.*Member = std::string(text);
    return {};
}

template <auto Member>
Result<void> set_list(ServeSettings& settings, std::string_view text) {
    std::vector<std::string> list;
    for (const auto& one : split(text, ',')) {
        if (const auto word = trim(one); !word.empty()) {
            list.emplace_back(word);
        }
    }
    settings.http.*Member = std::move(list);
    return {};
}

Result<void> set_listen(ServeSettings& settings, std::string_view text) {
    constexpr std::int64_t port_max = 65'535;
    const std::size_t colon = text.rfind(':');
    const auto port = colon == std::string_view::npos ? fail(Errc::bad_number)
                                                      : parse_int(text.substr(colon + 1));
    if (!port || *port < 0 || *port > port_max || colon == 0) {
        return std::unexpected(bad(text, "an address and a port: 127.0.0.1:8311, [::1]:8311"));
    }
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    settings.http.address = std::string(address);
    settings.http.port = static_cast<std::uint16_t>(*port);
    return {};
}

Result<void> set_rate_limits(ServeSettings& settings, std::string_view text) {
    if (text != "on" && text != "off") {
        return std::unexpected(bad(text, "on or off"));
    }
    settings.http.rate_limits = text == "on" ? http::RateLimits::on : http::RateLimits::off;
    return {};
}

Result<void> set_tiles(ServeSettings& settings, std::string_view text) {
    TRY(settings.map.url, http::tile_url_of(text));
    return {};
}

Result<void> set_log_file(ServeSettings& settings, std::string_view text) {
    settings.log_file = std::string(text);
    return {};
}

using Http = http::Settings;
using Served = service::ServedLimits;
constexpr auto in_http = &ServeSettings::http;
constexpr auto in_served = &ServeSettings::served;
constexpr auto in_files = &ServeSettings::files;
constexpr auto in_uploads = &ServeSettings::uploads;

constexpr std::array server_rows{
    SettingRow{
        "http.listen",
        "127.0.0.1:8311",
        "address and port",
        set_listen,
    },
    SettingRow{
        "http.certificate_file",
        "",
        "PEM file with the certificate and its chain; with key_file: TLS",
        set_text<in_http, &Http::certificate_file>,
    },
    SettingRow{
        "http.key_file",
        "",
        "PEM file with the private key",
        set_text<in_http, &Http::key_file>,
    },
    SettingRow{
        "http.trusted_proxies",
        "",
        "addresses or networks, comma between, whose X-Forwarded-For counts",
        set_list<&Http::trusted_proxies>,
    },
    SettingRow{
        "http.metrics_readers",
        "",
        "addresses or networks that may read /metrics; loopback always may",
        set_list<&Http::metrics_readers>,
    },
    SettingRow{
        "http.io_threads",
        "2",
        "threads that speak with clients",
        set_number<in_http, &Http::io_threads, 1, 64>,
    },
    SettingRow{
        "http.workers",
        "4",
        "threads that read for clients",
        set_number<in_http, &Http::workers, 1, 256>,
    },
    SettingRow{
        "http.workers_queue_max",
        "256",
        "reads that wait; beyond that 503",
        set_number<in_http, &Http::workers_queue_max, 1, 100'000>,
    },
    SettingRow{
        "http.streams_max",
        "2",
        "long answers under way, a thread each",
        set_number<in_http, &Http::streams_max, 1, 64>,
    },
    SettingRow{
        "http.header_bytes",
        "16384",
        "longest head of a request",
        set_number<in_http, &Http::header_bytes, 1024, 1'048'576>,
    },
    SettingRow{
        "http.connections_max",
        "20000",
        "connections in all",
        set_number<in_http, &Http::connections_max, 1, 1'000'000>,
    },
    SettingRow{
        "http.connections_per_remote",
        "256",
        "connections from one address",
        set_number<in_http, &Http::connections_per_remote, 1, 1'000'000>,
    },
    SettingRow{
        "http.idle_ms",
        "75000",
        "an idle connection is closed after so long",
        set_number<in_http, &Http::idle, 100, 3'600'000>,
    },
    SettingRow{
        "http.header_ms",
        "10000",
        "time for the head of a request",
        set_number<in_http, &Http::header_time, 100, 600'000>,
    },
    SettingRow{
        "http.write_ms",
        "30000",
        "time for an answer, and 1 s more for each 16 KiB",
        set_number<in_http, &Http::write_time, 100, 600'000>,
    },
    SettingRow{
        "http.drain_ms",
        "10000",
        "time for work in hand at shutdown",
        set_number<in_http, &Http::drain_time, 0, 600'000>,
    },
    SettingRow{
        "http.slow_ms",
        "500",
        "calls that take longer are logged as slow",
        set_number<in_http, &Http::slow, 1, 600'000>,
    },
    SettingRow{
        "http.rate_limits",
        "on",
        "off only to measure: limits of calls by callers who are not signed in",
        set_rate_limits,
    },
    SettingRow{
        "service.readers_max",
        "8",
        "connections to the ledger for reading",
        set_number<in_served, &Served::readers_max, 1, 256>,
    },
    SettingRow{
        "files.bytes_max",
        "20971520",
        "largest file that is taken",
        set_number<in_files, &service::FileLimits::bytes_max, 1, service::attachment_bytes_max>,
    },
    SettingRow{
        "files.files_max",
        "9",
        "files of one hand-in, and of one sender on their way",
        set_number<in_files, &service::FileLimits::files_max, 1, 50>,
    },
    SettingRow{
        "files.uploads_max",
        "1000",
        "uploads on their way, of all senders together",
        set_number<in_uploads, &service::UploadQuota::uploads_max, 1, 100'000>,
    },
    SettingRow{
        "files.uploads_bytes_max",
        "4294967296",
        "what all of them may take on the disk",
        set_number<in_uploads, &service::UploadQuota::bytes_max, 1, 1'099'511'627'776>,
    },
    SettingRow{
        "map.tiles",
        "",
        "tile server behind the shapes (WGS-84): https://host/{z}/{x}/{y}.png; empty: shapes alone",
        set_tiles,
    },
    SettingRow{
        "map.attribution",
        "",
        "whom the tiles are from, shown on every map",
        set_text<&ServeSettings::map, &http::MapTiles::attribution>,
    },
    SettingRow{
        "log.file",
        "",
        "file of the log; empty: standard error",
        set_log_file,
    },
};

const std::vector<SettingRow>& all_rows() {
    static const std::vector<SettingRow> all = [] {
        std::vector<SettingRow> rows(server_rows.begin(), server_rows.end());
        const auto& messages = message_setting_rows();
        rows.insert(rows.end(), messages.begin(), messages.end());
        return rows;
    }();
    return all;
}

const SettingRow* find_row(std::string_view name) {
    const auto& rows = all_rows();
    const auto found = std::ranges::find(rows, name, &SettingRow::name);
    return found == rows.end() ? nullptr : &*found;
}

std::string variable_of(std::string_view name) {
    std::string variable = "ZHITONG_";
    for (const char c : name) {
        variable += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return variable;
}

std::string nearest_name(std::string_view name) {
    std::vector<std::string> names;
    for (const auto& row : all_rows()) {
        names.emplace_back(row.name);
    }
    const std::string near = nearest(name, names);
    return near.empty() ? "see docs/reference/settings.md" : "did you mean " + near + "?";
}

/// A table for each place with which matters are handed over.
Result<void>
read_partners(ServeSettings& settings, const toml::node& node, const std::string& file) {
    static const Tables<PartnerSettings> tables{
        "partners",
        {{"name", &PartnerSettings::name},
         {"tenant", &PartnerSettings::tenant},
         {"url", &PartnerSettings::url},
         {"secret_file", &PartnerSettings::secret_file}}
    };
    TRY(auto rows, read_tables(tables, node, file));
    std::ranges::move(rows, std::back_inserter(settings.messages.partners));
    return {};
}

/// A table for each way that the law still offers: where it leads in this place.
Result<void>
read_legal_ways(ServeSettings& settings, const toml::node& node, const std::string& file) {
    static const Tables<http::LegalOffice> tables{
        "legal_ways",
        {{"way", &http::LegalOffice::way},
         {"authority", &http::LegalOffice::authority},
         {"address", &http::LegalOffice::address},
         {"telephone", &http::LegalOffice::telephone},
         {"within", &http::LegalOffice::within}}
    };
    TRY(settings.legal_offices, read_tables(tables, node, file));
    for (const auto& one : settings.legal_offices) {
        const std::string at = toml_place(file, node);
        if (one.way.empty() || one.authority.empty()) {
            return fail(Errc::missing_key, "[[legal_ways]] needs way and authority", at);
        }
        if (!one.within.empty() && !calendar::parse_length(one.within)) {
            return fail(
                Errc::bad_value, "within: '" + one.within + "' is no length such as 30d or 6mo", at
            );
        }
    }
    return {};
}

Result<void> read_table(
    ServeSettings& settings,
    const toml::table& table,
    const std::string& group,
    const std::string& file
) {
    for (const auto& [key, node] : table) {
        const std::string name =
            group.empty() ? std::string(key.str()) : group + "." + std::string(key.str());
        const std::string at = toml_place(file, node);
        if (const auto* inner = node.as_table(); inner != nullptr && group.empty()) {
            TRY_VOID(read_table(settings, *inner, name, file));
            continue;
        }
        if (name == "partners") {
            TRY_VOID(read_partners(settings, node, file));
            continue;
        }
        if (name == "legal_ways") {
            TRY_VOID(read_legal_ways(settings, node, file));
            continue;
        }
        const SettingRow* row = find_row(name);
        if (row == nullptr) {
            return fail(
                Errc::unknown_key, "no setting is called '" + name + "'; " + nearest_name(name), at
            );
        }
        TRY(const auto text, toml_text(node, at));
        if (auto set = row->set(settings, text); !set) {
            return fail(set.error().code, name + ": " + set.error().detail, at);
        }
    }
    return {};
}

}  // namespace

std::span<const SettingRow> setting_rows() { return all_rows(); }

Result<void> set_setting(ServeSettings& settings, std::string_view name, std::string_view value) {
    const SettingRow* row = find_row(name);
    if (row == nullptr) {
        return fail(
            Errc::unknown_key,
            "no setting is called '" + std::string(name) + "'; " + nearest_name(name)
        );
    }
    return row->set(settings, value);
}

Result<void>
read_settings(ServeSettings& settings, std::string_view toml_text, const std::string& file) {
    TRY(const auto table, parse_toml(toml_text, file));
    return read_table(settings, table, "", file);
}

Result<void>
read_place_settings(ServeSettings& settings, std::string_view toml_text, const std::string& file) {
    TRY(const auto table, parse_toml(toml_text, file));
    for (const char* const group : {"http", "log", "service"}) {
        if (const toml::node* node = table.get(group)) {
            return fail(
                Errc::unknown_key,
                std::string(group) + " is set for the whole server, not for one place",
                toml_place(file, *node)
            );
        }
    }
    return read_table(settings, table, "", file);
}

Result<void> read_environment(ServeSettings& settings, const Environment& environment) {
    for (const auto& row : all_rows()) {
        const std::string variable = variable_of(row.name);
        for (const auto& [name, value] : environment) {
            if (name != variable) {
                continue;
            }
            if (auto set = row.set(settings, value); !set) {
                return fail(set.error().code, set.error().detail, variable);
            }
        }
    }
    return {};
}

std::string settings_reference() {
    std::string page =
        "# Settings of the server\n\n"
        "Written from `src/app/settings.cpp`; a test compares. `zhitong serve --settings FILE` reads "
        "a TOML file with one\ntable a group; a variable of the environment goes before the file, an "
        "option of the command line before both.\n"
        "What concerns one place alone (all but `http`, `service`, `log`) may also stand in `DIR.toml` "
        "beside its data\ndirectory. Other places with which matters are handed over stand as tables "
        "`[[partners]]`: `name`, `tenant`, `url`,\n`secret_file` "
        "([messages out](../operating/messages.md)). Where the legal ways lead stands as tables "
        "`[[legal_ways]]`: `way` (a key\nof the pack's list), `authority`, `address`, `telephone`, "
        "`within` ([the portal](../start/portal.md)).\n\n"
        "| setting | environment | if left out | what |\n|---|---|---|---|\n";
    for (const auto& row : all_rows()) {
        const std::string usual = row.usual.empty() ? "–" : "`" + std::string(row.usual) + "`";
        page += "| `" + std::string(row.name) + "` | `" + variable_of(row.name) + "` | " + usual +
                " | " + std::string(row.help) + " |\n";
    }
    return page;
}

}  // namespace zt::app
