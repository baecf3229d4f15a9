// What the writer keeps of a follow-up code: it alone knows the number that the code is made for.

#include "domain/apply.hpp"
#include "service/follow_up.hpp"
#include "service/impl/workspace.hpp"
#include "vault/follow_code.hpp"

namespace zt::service {

Result<void> Workspace::give_code(Decision& decision) const {
    if (!decision.gives_code) {
        return {};
    }
    Json check, phone;
    if (follow_ != nullptr) {
        const vault::MasterKey* master = ledger_.parts_.key;
        if (master == nullptr) {
            return fail(
                Errc::key_missing, "a follow-up code needs the master key; name it with --key FILE"
            );
        }
        const std::string& number = decision.after.number;
        const auto code = vault::follow_code(master->lookup(), number, follow_->raw);
        check = Json(vault::follow_check(master->lookup(), number, code));
        phone = follow_->phone_hash.empty() ? Json() : Json(follow_->phone_hash);
    }
    // Without a key to make one from, the old code dies and nobody has a new one yet.
    for (auto& [name, value] : {std::pair{follow_field, check}, std::pair{phone_field, phone}}) {
        if (decision.after.field(name) != value) {
            Change change = FieldSet{std::string(name), value};
            apply_change(decision.after, change, decision.event.at);
            decision.event.changes.push_back(std::move(change));
        }
    }
    return {};
}

}  // namespace zt::service
