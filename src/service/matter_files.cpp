#include "service/matter_files.hpp"

#include "service/codec.hpp"
#include "service/impl/file_calls.hpp"

#include <array>

namespace zt::service {

namespace {

constexpr std::size_t part_digits = 2, hash_digits = 64;
/// A sealed file of the largest size, with room to spare.
constexpr std::int64_t sealed_bytes_max = attachment_bytes_max + (std::int64_t{1} << 20U);

}  // namespace

Result<vault::MatterKey>
key_of_matter(store::Reader& reader, const vault::MasterKey& master, MatterId matter) {
    TRY(const auto wrapped, reader.seal_key(matter));
    if (!wrapped) {
        return fail(Errc::missing_key, "nothing of this matter is sealed yet");
    }
    if (vault::is_erased(*wrapped)) {
        return fail(Errc::not_found, "the sealed parts of this matter were erased");
    }
    return vault::unwrap(master, matter, *wrapped);
}

Result<bool>
is_file_used(store::Reader& reader, const vault::MasterKey& master, const std::string& hash) {
    TRY(const auto matter, reader.claim(master.claim_hash(file_claim, file_claim, hash)));
    if (!matter || !*matter) {
        return false;
    }
    TRY(const auto wrapped, reader.seal_key(*matter));
    return wrapped && !vault::is_erased(*wrapped);
}

AttachedFile attached_file(const StoredFile& stored) {
    AttachedFile file;
    file.hash = stored.hash;
    file.thumbnail = stored.thumbnail;
    file.type = stored.facts.type;
    file.name = stored.facts.name;
    file.bytes = stored.facts.bytes;
    file.width = stored.facts.width;
    file.height = stored.facts.height;
    file.may_carry_metadata = stored.facts.may_carry_metadata;
    file.extension_differs = stored.facts.extension_differs;
    return file;
}

Result<std::int64_t> verify_files(
    store::Reader& reader,
    const std::string& folder,
    const std::function<void(const FileFault&)>& found
) {
    // Each event that adds files sets the list anew, so the newest list of a matter is whole.
    std::map<MatterId, Json> lists;
    TRY(const auto head, reader.head());
    Result<void> read;
    TRY_VOID(reader.scan(1, head.seq, [&](const store::EventRow& row) {
        auto event = event_of_row(row);
        if (!event) {
            read = std::unexpected(std::move(event).error());
            return false;
        }
        for (const auto& change : event->changes) {
            const auto* set = std::get_if<FieldSet>(&change);
            if (set != nullptr && set->name == files_field) {
                lists[event->matter] = set->value;
            } else if (std::holds_alternative<Erased>(change)) {
                lists.erase(event->matter);
            }
        }
        return true;
    }));
    TRY_VOID(read);
    std::int64_t count = 0;
    for (const auto& [matter, list] : lists) {
        for (const Json& file : list.as_array()) {
            for (const auto* part : {&file["hash"], &file["thumbnail"]}) {
                if (part->as_string().empty()) {
                    continue;
                }
                ++count;
                if (const auto whole = Files::verify_in(folder, part->as_string()); !whole) {
                    found({matter, part->as_string(), whole.error().code});
                }
            }
        }
    }
    return count;
}

Result<std::int64_t> copy_files(const std::string& from, const std::string& to) {
    std::int64_t count = 0;
    TRY_VOID(impl::make_folder(to));
    if (!impl::is_there(from)) {
        return count;
    }
    TRY(const auto folders, impl::names_in(from));
    for (const std::string& part : folders) {
        if (part.size() != part_digits) {
            continue;
        }
        TRY_VOID(impl::make_folder(to + "/" + part));
        TRY(const auto names, impl::names_in(from + "/" + part));
        for (const std::string& name : names) {
            const std::string path = part + "/" + name;
            if (name.size() != hash_digits) {
                continue;
            }
            TRY(const auto at, impl::changed_at(from + "/" + path));
            TRY(const auto bytes, impl::read_path(from + "/" + path, sealed_bytes_max));
            const std::string beside = to + "/" + path + ".new";
            TRY_VOID(impl::write_durably(to + "/" + path, beside, bytes, at));
            ++count;
        }
    }
    return count;
}

}  // namespace zt::service
