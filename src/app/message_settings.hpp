#pragma once
// Settings of one place's way out: mail, SMS, government chat, other places. Secrets stand in files
// of their own, which the settings name; nowhere else.

#include "connect/channels.hpp"

#include <string>
#include <vector>

namespace zt::app {

struct SettingRow;

struct PartnerSettings {
    std::string name, tenant, url, secret_file;
};

struct MessageSettings {
    connect::Channels channels;  ///< without secrets and partners
    std::string mail_password_file, sms_secret_file, chat_secret_file;
    std::string sms_headers_file, chat_headers_file;  ///< lines "Name: value"
    std::vector<PartnerSettings> partners;
};

/// The rows of settings, for app/settings.cpp.
[[nodiscard]] const std::vector<SettingRow>& message_setting_rows();

/// With secrets read from their files. in: the name that signs messages. errors: bad_value (`at`
/// names the setting), io_failed (a file that cannot be read).
[[nodiscard]] Result<connect::Channels>
channels_of(const MessageSettings& settings, const std::string& place);

}  // namespace zt::app
