#include "service/sealed_texts.hpp"

#include "vault/seal.hpp"

namespace zt::service {

Result<std::vector<Personal>>
open_texts(store::Reader& reader, const vault::MasterKey* key, const Event& event) {
    std::vector<Personal> out;
    if (event.sealed.empty()) {
        return out;
    }
    if (key == nullptr) {
        return fail(Errc::key_missing, "sealed texts are opened only with the master key");
    }
    TRY(const auto wrapped, reader.seal_key(event.matter));
    if (!wrapped || vault::is_erased(*wrapped)) {
        return fail(Errc::not_found, "the sealed parts of this matter were erased");
    }
    TRY(const auto matter_key, vault::unwrap(*key, event.matter, *wrapped));
    for (const auto& part : event.sealed) {
        TRY(auto opened, vault::unseal(matter_key, part.name, part.bytes));
        out.push_back({part.name, std::move(opened.text)});
    }
    return out;
}

}  // namespace zt::service
