#include "build/place_on_disk.hpp"

#include "base/check.hpp"
#include "build/story.hpp"
#include "service/genesis.hpp"

#include <filesystem>
#include <unistd.h>

namespace zt::build {

Result<void> make_small_place(
    const std::string& path, UtcMs at, Random& random, const std::string& tenant_name
) {
    return make_place(path, small_place(), at, random, tenant_name);
}

Result<void> make_place(
    const std::string& path,
    const kindfile::Place& place,
    UtcMs at,
    Random& random,
    const std::string& tenant_name
) {
    service::Creation creation;
    creation.path = path;
    creation.definitions = shipped_definitions();
    creation.pack = place.pack;
    creation.calendar = place.calendar;
    creation.tenant = tenant_name.empty() ? place.name : tenant_name;
    creation.random = &random;
    TRY(auto tenant, service::Tenant::create(creation));
    TRY_VOID(service::write_genesis(tenant->ledger(), place, at, Origin::live, at));
    return tenant->save_views();
}

Result<std::unique_ptr<service::Tenant>>
open_place(const std::string& path, Random& random, bool fills_later) {
    service::Opening opening;
    opening.path = path;
    opening.access = store::Access::write;
    opening.random = &random;
    opening.fills_later = fills_later;
    return service::Tenant::open(opening);
}

namespace {

/// Of this process alone; what an earlier one of the same number left is removed.
std::string fresh_folder(std::string_view name) {
    const std::string path = std::filesystem::temp_directory_path() /
                             ("zhitong-" + std::string(name) + "-" + std::to_string(::getpid()));
    std::filesystem::remove_all(path);
    std::filesystem::remove(path + ".key");
    return path;
}

}  // namespace

PlaceOnDisk::PlaceOnDisk(std::string_view name, const std::string& tenant)
    : path_(fresh_folder(name)),
      began_(parse_instant("2022-08-01 09:00").value()),
      random_(2022 + std::hash<std::string>{}(tenant) * (tenant.empty() ? 0 : 1)) {
    CHECK(make_small_place(path_, began_, random_, tenant).has_value());
}

PlaceOnDisk::PlaceOnDisk(std::string_view name, const kindfile::Place& made, UtcMs began)
    : path_(fresh_folder(name)), began_(began), random_(2022) {
    CHECK(make_place(path_, made, began_, random_).has_value());
}

PlaceOnDisk::PlaceOnDisk(std::string_view name, const PlaceOnDisk& like)
    : path_(fresh_folder(name)), began_(like.began_), random_(2022) {
    std::filesystem::copy(like.path_, path_, std::filesystem::copy_options::recursive);
    std::filesystem::copy(like.path_ + ".key", path_ + ".key");
}

PlaceOnDisk::~PlaceOnDisk() {
    std::filesystem::remove_all(path_);
    std::filesystem::remove(path_ + ".key");
}

std::unique_ptr<service::Tenant> PlaceOnDisk::open(bool fills_later) {
    auto tenant = open_place(path_, random_, fills_later);
    CHECK(tenant.has_value());
    return *std::move(tenant);
}

Submit PlaceOnDisk::hand_in(const std::string& key) const {
    Submit submit;
    submit.credential = "test";
    submit.key = uuid7_from_text(began_, key);
    Command command;
    command.verb = Verb::register_;
    command.kind = "appeal";
    command.actor.kind = ActorKind::party;
    command.fields.set("title", "路灯不亮").set("for", "甲").set("contact", "13900000001");
    submit.commands.push_back(std::move(command));
    return submit;
}

}  // namespace zt::build
