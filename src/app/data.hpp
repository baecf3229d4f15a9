#pragma once
// What the commands on a data directory share: their options and the opening of it.

#include "app/command_line.hpp"
#include "service/tenant.hpp"

namespace zt::app {

struct DataOptions {
    std::string data;  ///< --data DIR
    std::string
        key;  ///< --key FILE; empty: DIR.key for commands that write, none for those that read
};

/// Registers --data and --key.
void add_data_options(const Registration& here, DataOptions& options);
/// errors: those of Tenant::open.
[[nodiscard]] Result<std::unique_ptr<service::Tenant>>
open_data(const Request& request, const DataOptions& options, store::Access access);

/// Names of orgs and areas as they are called today, for figures and bulletins.
[[nodiscard]] views::FigureNames names_in(service::Tenant& tenant);
/// "城东街道 · 经办人", "系统", "诉求人": who acted, as people read it.
[[nodiscard]] std::string
actor_name(const Actor& actor, const Directory& directory, const Request& request);
[[nodiscard]] std::string org_name(OrgId org, const Directory& directory);

/// Writes a file that the user named, over what was there. errors: io_failed.
[[nodiscard]] Result<void> write_output(const std::string& file, std::string_view bytes);

}  // namespace zt::app
