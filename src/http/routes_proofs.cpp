// Proofs for everybody: roots of the days, that one continues another, and the receipt of whoever
// handed in.

#include "http/api_proofs.hpp"
#include "http/codec.hpp"
#include "http/pages/following.hpp"
#include "http/route_lists.hpp"
#include "service/receipts.hpp"
#include "service/view_readers.hpp"

namespace zt::http {

namespace {

constexpr std::size_t roots_usual = 31, roots_max = 400;

api::PublishedRoot told(const views::DayRoot& root) {
    return {root.day, root.tree.size, to_hex(root.tree.root)};
}

Result<std::optional<Date>> day_of(const Call& call, const char* name) {
    const std::string* text = call.query_value(name);
    if (text == nullptr) {
        return std::optional<Date>{};
    }
    const auto day = parse_date(*text);
    if (!day) {
        return fail(Errc::bad_value, "a day as 2022-08-01", std::string("/") + name);
    }
    return std::optional(*day);
}

Result<HashAlgorithm> algorithm_of(World& world) {
    TRY(auto desk, world.served->desk());
    TRY(const auto head, desk->reader().head());
    return head.algorithm;
}

Result<Reply> get_roots(World& world, const Call& call) {
    TRY(const auto before, day_of(call, "before"));
    std::size_t limit = roots_usual;
    if (const std::string* text = call.query_value("limit")) {
        const auto number = parse_int(*text);
        if (!number || *number < 1 || *number > std::int64_t{roots_max}) {
            return fail(
                Errc::bad_value, "a number from 1 to " + std::to_string(roots_max), "/limit"
            );
        }
        limit = static_cast<std::size_t>(*number);
    }
    api::RootList list;
    TRY(const auto algorithm, algorithm_of(world));
    list.algorithm = service::name_of_algorithm(algorithm);
    list.place = world.served->rules().tenant;
    TRY_VOID(world.readers->with_proof_tree([&](const views::ProofTree& tree) -> Result<void> {
        TRY(const auto days, tree.days(limit, before));
        for (const auto& root : days) {
            list.rows.push_back(told(root));
        }
        return {};
    }));
    return json_reply(to_json(list));
}

Result<Reply> get_consistency(World& world, const Call& call) {
    TRY(const auto first, day_of(call, "first"));
    TRY(const auto second, day_of(call, "second"));
    if (!first || !second || *second < *first) {
        return fail(Errc::bad_value, "two days, the earlier as first", "/first");
    }
    api::ConsistencyProof proof;
    TRY(const auto algorithm, algorithm_of(world));
    proof.algorithm = service::name_of_algorithm(algorithm);
    bool has_both = false;
    TRY_VOID(world.readers->with_proof_tree([&](const views::ProofTree& tree) -> Result<void> {
        TRY(const auto older, tree.day(*first));
        TRY(const auto newer, tree.day(*second));
        has_both = older && newer;
        if (has_both) {
            proof.first = told(*older);
            proof.second = told(*newer);
            TRY(const auto path, tree.consistency(older->tree, newer->tree));
            for (const Hash& hash : path) {
                proof.path.push_back(to_hex(hash));
            }
        }
        return {};
    }));
    if (!has_both) {
        return fail(Errc::not_found, "one of the days has no published root");
    }
    return json_reply(to_json(proof));
}

Result<Reply> get_receipt(World& world, const Call& call) {
    TRY(auto desk, world.served->desk());
    TRY(const MatterId matter, followed(world, call, *desk));
    TRY(auto receipt, service::receipt_of(desk->reader(), world.served->key(), matter));
    TRY_VOID(world.readers->with_proof_tree([&](const views::ProofTree& tree) -> Result<void> {
        TRY(const auto root, tree.first_with(receipt.seq));
        if (root) {
            TRY(auto path, tree.inclusion(receipt.seq, root->tree));
            receipt.inclusion = service::Inclusion{*root, std::move(path)};
        }
        return {};
    }));
    Reply reply = json_reply(service::to_json(receipt));
    reply.holds_secret = true;
    return reply;
}

}  // namespace

std::vector<Route> proof_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/roots",
         .role = For(Role::anybody),
         .summary = "Roots of the ledger by day that is over, newest first",
         .body = none(),
         .answer = schema_of<api::RootList>(),
         .handler = Answering(get_roots),
         .query = {{"before", "only days before this one"}, {"limit", "rows, 31 if left out"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/consistency",
         .role = For(Role::anybody),
         .summary = "Proof that the root of a day continues that of an earlier one",
         .body = none(),
         .answer = schema_of<api::ConsistencyProof>(),
         .handler = Answering(get_consistency),
         .query = {{"first", "the earlier day"}, {"second", "the later day"}}},
        {.method = Method::get,
         .path = "/api/v1/portal/matters/{number}/receipt",
         .role = For(Role::follower),
         .summary =
             "The receipt that proves that the hand-in is in the ledger, to be kept as it is",
         .body = none(),
         .answer = any_json(),
         .handler = Answering(get_receipt)},
    };
}

}  // namespace zt::http
