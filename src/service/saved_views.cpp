#include "service/saved_views.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "service/impl/database.hpp"
#include "vault/seal.hpp"

#include <algorithm>

namespace zt::service {

namespace {

/// "ZTsv": tells our file from any other database.
constexpr std::int64_t application_number = 0x5A547376;
constexpr std::int64_t views_schema = 1;
/// What the sealed bytes are bound to beside the key.
constexpr std::string_view sealed_as = "saved_view";

constexpr const char* make_tables = R"(
CREATE TABLE view(
  id BLOB PRIMARY KEY, person INTEGER NOT NULL, sealed BLOB NOT NULL,
  changed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX view_person ON view(person);
)";

std::string_view bytes_of(const Uuid& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

vault::MatterKey key_from(const vault::MasterKey& master) {
    vault::Secret secret;
    const Hash derived = keyed_hash(master.lookup().codes.view(), "zhitong.saved_views");
    static_assert(vault::Secret::size == std::tuple_size_v<Hash>);
    std::ranges::copy(derived, secret.data());
    return vault::MatterKey(secret);
}

Result<void> begin(impl::Database& database) {
    TRY(const std::int64_t tables, database.ask("SELECT count(*) FROM sqlite_schema"));
    TRY(const std::int64_t application, database.ask("PRAGMA application_id"));
    TRY(const std::int64_t schema, database.ask("PRAGMA user_version"));
    if (tables == 0 && application == 0) {
        return database.transaction([&]() -> Result<void> {
            TRY_VOID(database.run(make_tables));
            const std::string marks =
                "PRAGMA application_id=" + std::to_string(application_number) +
                "; PRAGMA user_version=" + std::to_string(views_schema);
            return database.run(marks.c_str());
        });
    }
    if (application != application_number) {
        return std::unexpected(database.damaged("it is not a file of saved views"));
    }
    if (schema > views_schema) {
        return fail(Errc::newer_version, "a newer program wrote it; use that one", database.path());
    }
    return {};
}

Result<void> check(const SavedView& view) {
    const bool is_named = is_utf8(view.name) && !trim(view.name).empty() &&
                          count_characters(view.name) <= saved_view_name_characters_max;
    if (!is_named) {
        return fail(
            Errc::bad_value,
            "1 to " + std::to_string(saved_view_name_characters_max) + " characters are expected",
            "/name"
        );
    }
    if (to_canonical(view.view).size() > saved_view_bytes_max) {
        return fail(
            Errc::bad_value,
            "at most " + std::to_string(saved_view_bytes_max) + " bytes of filters are kept",
            "/view"
        );
    }
    return {};
}

}  // namespace

SavedViews::SavedViews(
    std::unique_ptr<impl::Database> database, vault::MatterKey key, Random& random
)
    : database_(std::move(database)), key_(std::move(key)), random_(random) {}

SavedViews::~SavedViews() = default;

Result<std::unique_ptr<SavedViews>>
SavedViews::open(const std::string& path, const vault::MasterKey& key, Random& random) {
    TRY(auto database, impl::Database::open(path, impl::DatabaseAccess::write));
    TRY_VOID(begin(*database));
    return std::unique_ptr<SavedViews>(new SavedViews(std::move(database), key_from(key), random));
}

Result<std::vector<SavedView>> SavedViews::of(PersonId person) {
    const std::lock_guard lock(mutex_);
    return read(person);
}

Result<std::vector<SavedView>> SavedViews::read(PersonId person) {
    std::vector<SavedView> views;
    TRY(auto rows, database_->prepare("SELECT id, sealed, changed FROM view WHERE person = ?"));
    TRY(bool has_row, rows.integer(person.value).next());
    while (has_row) {
        SavedView view;
        const std::string id = rows.text_at(0);
        if (id.size() != view.id.bytes.size()) {
            return std::unexpected(database_->damaged("the name of a view is no UUID"));
        }
        std::ranges::transform(id, view.id.bytes.begin(), [](char one) {
            return static_cast<std::uint8_t>(one);
        });
        TRY(const auto opened, vault::unseal(key_, sealed_as, rows.text_at(1)));
        TRY(const Json text, parse_canonical(opened.text));
        view.name = text["name"].as_string();
        view.view = text["view"];
        view.changed = UtcMs{Millis{rows.integer_at(2)}};
        views.push_back(std::move(view));
        TRY(has_row, rows.next());
    }
    std::ranges::sort(views, [](const SavedView& one, const SavedView& other) {
        return std::tie(one.name, one.id) < std::tie(other.name, other.id);
    });
    return views;
}

Result<PersonId> SavedViews::owner_of(const Uuid& id) {
    TRY(auto row, database_->prepare("SELECT person FROM view WHERE id = ?"));
    TRY(const bool is_there, row.bytes(bytes_of(id)).next());
    return PersonId{is_there ? row.integer_at(0) : 0};
}

Result<void> SavedViews::put(PersonId person, const SavedView& view) {
    TRY_VOID(check(view));
    const std::lock_guard lock(mutex_);
    TRY(const PersonId owner, owner_of(view.id));
    if (owner && owner != person) {
        return fail(Errc::not_found, "there is no such view");
    }
    TRY(const auto others, read(person));
    for (const SavedView& other : others) {
        if (other.name == view.name && other.id != view.id) {
            return fail(Errc::name_taken, "another view has this name", "/name");
        }
    }
    if (!owner && static_cast<std::int64_t>(others.size()) >= saved_views_max) {
        return fail(
            Errc::too_large, "at most " + std::to_string(saved_views_max) + " views are kept"
        );
    }
    const std::string text =
        to_canonical(Json::object().set("name", view.name).set("view", view.view));
    const auto sealed = vault::seal(key_, sealed_as, text, vault::SealingChance(random_));
    TRY(auto write, database_->prepare("INSERT OR REPLACE INTO view VALUES(?, ?, ?, ?)"));
    return write.bytes(bytes_of(view.id))
        .integer(person.value)
        .bytes(std::string_view(sealed.bytes))
        .integer(view.changed.time_since_epoch().count())
        .run();
}

Result<void> SavedViews::remove(PersonId person, const Uuid& id) {
    const std::lock_guard lock(mutex_);
    TRY(auto write, database_->prepare("DELETE FROM view WHERE id = ? AND person = ?"));
    return write.bytes(bytes_of(id)).integer(person.value).run();
}

Result<void> copy_saved_views(const std::string& from, const std::string& to) {
    auto source = impl::Database::open(from, impl::DatabaseAccess::read);
    if (!source && source.error().code == Errc::not_found) {
        return {};
    }
    TRY(const auto original, std::move(source));
    TRY(auto copy_out, original->prepare("VACUUM INTO ?"));
    TRY_VOID(copy_out.text(to).run());
    TRY(const auto copy, impl::Database::open(to, impl::DatabaseAccess::write));
    // A write of its own syncs all that lies in the file.
    const std::string rewrite = "PRAGMA user_version=" + std::to_string(views_schema);
    TRY_VOID(copy->run(rewrite.c_str()));
    return copy->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace zt::service
