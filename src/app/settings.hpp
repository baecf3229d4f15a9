#pragma once
// Settings of a server: one TOML file, and above it the environment. Each setting is one row with
// its default, range and help; docs/reference/settings.md is written from the rows.

#include "app/message_settings.hpp"
#include "base/result.hpp"
#include "base/world.hpp"
#include "http/settings.hpp"
#include "service/files.hpp"
#include "service/served.hpp"
#include "vault/password.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::app {

struct ServeSettings {
    http::Settings http;
    service::ServedLimits served;
    std::string log_file;            ///< empty: standard error
    std::vector<std::string> hosts;  ///< of the place, where one server has several
    MessageSettings messages;
    /// Of --kinds: where maps and scores come from; empty: ./kinds, else what was built in.
    std::string kinds_folder{};
    service::FileLimits files;     ///< of one sender or one hand-in
    service::UploadQuota uploads;  ///< of all that is on its way
    http::MapTiles map;
    std::vector<http::LegalOffice> legal_offices{};
    const WallClock* clock = nullptr;  ///< null: the machine's; borrowed
    vault::PasswordCost password_cost{};
};

struct SettingRow {
    std::string_view name;  ///< "http.listen"; in the environment ZHITONG_HTTP_LISTEN
    std::string_view usual;
    std::string_view help;
    /// in: the value as text. errors: bad_value with what would be right.
    Result<void> (*set)(ServeSettings&, std::string_view);
};

/// In the order of the documents.
[[nodiscard]] std::span<const SettingRow> setting_rows();

/// errors: unknown_key, bad_value.
[[nodiscard]] Result<void>
set_setting(ServeSettings& settings, std::string_view name, std::string_view value);

/// Name and value of the environment's, of which those that begin with ZHITONG_ and name a row
/// count.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// in: TOML with a table a group; file for messages. errors: bad_file (no TOML, with the line),
/// unknown_key (with the nearest name), bad_value.
[[nodiscard]] Result<void>
read_settings(ServeSettings& settings, std::string_view toml, const std::string& file);
/// The file of one place, which lies as DIR.toml beside its data directory: what concerns the place
/// and no other. errors: as read_settings; unknown_key for what is set for the whole server.
[[nodiscard]] Result<void>
read_place_settings(ServeSettings& settings, std::string_view toml, const std::string& file);
/// errors: bad_value, naming the variable.
[[nodiscard]] Result<void>
read_environment(ServeSettings& settings, const Environment& environment);

/// The page docs/reference/settings.md.
[[nodiscard]] std::string settings_reference();

}  // namespace zt::app
