#include "app/data.hpp"

#include <CLI/CLI.hpp>

#include <fstream>

namespace zt::app {

void add_data_options(const Registration& here, DataOptions& options) {
    here.app.add_option("--data", options.data, here.texts.get("cli.data"))->required();
    here.app.add_option("--key", options.key, here.texts.get("cli.key_file"));
}

Result<std::unique_ptr<service::Tenant>>
open_data(const Request& request, const DataOptions& options, store::Access access) {
    service::Opening opening;
    opening.path = options.data;
    opening.access = access;
    opening.key_file = options.key;
    opening.random = request.world.random;
    return service::Tenant::open(opening);
}

std::string org_name(OrgId org, const Directory& directory) {
    const Org* found = directory.org(org);
    return found == nullptr ? (org ? "#" + std::to_string(org.value) : "—") : found->name;
}

views::FigureNames names_in(service::Tenant& tenant) {
    const Directory* directory = &tenant.ledger().directory();
    views::FigureNames names;
    names.org = [directory](OrgId org) { return org_name(org, *directory); };
    names.area = [directory](AreaId area) {
        const Area* found = directory->area(area);
        return found == nullptr ? std::string("—") : found->name;
    };
    return names;
}

std::string actor_name(const Actor& actor, const Directory& directory, const Request& request) {
    const auto post_name = [&](PostId id) {
        const Post* post = directory.post(id);
        return post == nullptr ? "#" + std::to_string(id.value)
                               : org_name(post->org, directory) + "·" +
                                     (post->title.empty() ? post->key : post->title);
    };
    switch (actor.kind) {
    case ActorKind::party: return request.text("cli.show.party");
    case ActorKind::post: {
        const std::string name = post_name(actor.post);
        return actor.on_behalf
                   ? request.text(
                         "cli.show.on_behalf", {{"who", name}, {"for", post_name(actor.on_behalf)}}
                     )
                   : name;
    }
    case ActorKind::system: {
        const std::string name = request.text("cli.show.system");
        return actor.on_behalf
                   ? request.text(
                         "cli.show.on_behalf", {{"who", name}, {"for", post_name(actor.on_behalf)}}
                     )
                   : name;
    }
    }
    return {};
}

Result<void> write_output(const std::string& file, std::string_view bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes << std::flush;
    if (!out) {
        return fail(Errc::io_failed, "the file cannot be written", file);
    }
    return {};
}

}  // namespace zt::app
