#include "service/receipts.hpp"

#include "service/codec.hpp"
#include "vault/seal.hpp"

namespace zt::service {

namespace {

std::string hex_of(const vault::Salt& salt) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t byte : salt) {
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

Result<std::map<std::string, std::string>>
salts_of(store::Reader& reader, const vault::MasterKey* key, const Event& event) {
    std::map<std::string, std::string> out;
    if (event.sealed.empty() || key == nullptr) {
        return out;
    }
    TRY(const auto wrapped, reader.seal_key(event.matter));
    if (!wrapped || vault::is_erased(*wrapped)) {
        return out;
    }
    TRY(const auto matter_key, vault::unwrap(*key, event.matter, *wrapped));
    for (const auto& part : event.sealed) {
        TRY(const auto opened, vault::unseal(matter_key, part.name, part.bytes));
        out[part.name] = hex_of(opened.salt);
    }
    return out;
}

}  // namespace

Result<Receipt> receipt_of(store::Reader& reader, const vault::MasterKey* key, MatterId matter) {
    TRY(const auto head, reader.head());
    TRY(const auto row, reader.matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, reader.events_of(*row));
    TRY(const Event event, event_of_row(rows.front()));
    const store::EventRow& first = rows.front();
    Receipt out;
    out.algorithm = head.algorithm;
    out.number = row->number;
    out.seq = first.seq;
    if (first.seq > 1) {
        TRY(const auto before, reader.event(first.seq - 1));
        if (!before) {
            return fail(Errc::damaged, "event " + std::to_string(first.seq - 1) + " is missing");
        }
        out.previous = before->hash;
    }
    out.envelope = first.envelope;
    if (event.actor.kind == ActorKind::party) {
        out.payload = first.payload;
    }
    out.payload_hash = hash_of(head.algorithm, first.payload);
    out.sealed_hash = hash_of(head.algorithm, first.sealed);
    out.event = first.hash;
    if (out.payload) {
        TRY(out.salts, salts_of(reader, key, event));
    }
    return out;
}

}  // namespace zt::service
