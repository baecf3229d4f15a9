// Firms and associations: the office confirms one with its first administrator, who binds people
// to it, dated; they hand in for it and see what it handed in, as long as they are bound. The
// matter itself is followed at the portal's addresses (pages/following.hpp).
//
// Nothing here, and no route that people of a firm may call, reads anything but what was handed in
// by an account of the firm: what its employees hand in at the portal is in none of it.

#include "http/codec.hpp"
#include "http/handing_in.hpp"
#include "http/pages/binding.hpp"
#include "http/pages/deeds.hpp"
#include "http/pages/forms.hpp"
#include "http/pages/rows.hpp"
#include "http/route_lists.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t rows_max = 200;

Date today_of(const World& world, const Call& call) {
    return office_date(call.now, world.served->rules().calendar.offset);
}

bool is_firm_administrator(const Post& post) {
    return std::ranges::find(post.words, firm_administrator_word) != post.words.end();
}

// ---- the office ---------------------------------------------------------------------------------

Result<pages::Binding> binding_of_firm(const World& world, const Call& call) {
    TRY(auto body, read_body<api::NewFirm>(call));
    const bool is_association = body.is_association.value_or(false);
    pages::Binding binding;
    binding.credit_code = body.credit_code;
    binding.at = "/administrator";
    binding.who = std::move(body.administrator);
    binding.who.is_administrator = true;
    const Date today = today_of(world, call);
    // One that is known is confirmed a further administrator: the former may be gone.
    const auto directory = world.served->directory();
    const Org* known = directory->find_org(body.credit_code, today);
    if (known != nullptr && is_firm(*known)) {
        if (known->name != body.name || zt::is_association(*known) != is_association) {
            return fail(Errc::duplicate_claim, "it is registered by another name", "/name");
        }
        return binding;
    }
    Command begins;
    begins.verb = Verb::register_;
    begins.kind = "org";
    begins.actor = actor_of(call.caller);
    begins.fields.set("code", body.credit_code).set("name", body.name);
    begins.fields.set(
        "functions",
        Json::array().push(std::string(is_association ? association_function : firm_function))
    );
    begins.fields.set("from", to_string(today));
    binding.begins.push_back(std::move(begins));
    return binding;
}

void post_firm(World& world, const Call& call, Deliver deliver) {
    auto binding = binding_of_firm(world, call);
    if (!binding) {
        deliver(std::unexpected(std::move(binding).error()));
        return;
    }
    pages::bind_person(world, call, *std::move(binding), std::move(deliver));
}

Result<Reply> get_firms(World& world, const Call& call) {
    const auto directory = world.served->directory();
    const Date today = today_of(world, call);
    api::FirmList list;
    for (const Org* org : directory->orgs()) {
        if (!is_firm(*org) || !org->span.holds(today)) {
            continue;
        }
        api::FirmLine line{org->code, org->name, is_association(*org), org->span.from, 0, 0};
        for (const Post* post : directory->posts_of(org->id, today)) {
            ++(is_firm_administrator(*post) ? line.administrators : line.agents);
        }
        list.firms.push_back(std::move(line));
    }
    return json_reply(to_json(list));
}

// ---- the firm -----------------------------------------------------------------------------------

/// Where the caller acts. The directory is held as long as what points into it.
struct Own {
    std::shared_ptr<const Directory> directory;
    const Post* post = nullptr;
    const Org* firm = nullptr;
};

Result<Own> own_of(const World& world, const Call& call) {
    Own own{world.served->directory(), nullptr, nullptr};
    own.post = own.directory->post(call.caller.post);
    own.firm = own.directory->firm_of(call.caller.post);
    return own.firm == nullptr ? fail(Errc::forbidden, "the post stands at no firm")
                               : Result<Own>(std::move(own));
}

/// The sealed name of somebody of the own firm.
Result<std::string> name_of_person(service::Desk& desk, PersonId person) {
    TRY(const auto events, desk.events(MatterId{person.value}));
    std::string name;
    for (const auto& event : events) {
        const auto texts = desk.open_texts(event);
        if (!texts) {
            return std::string();  // erased
        }
        const auto found = std::ranges::find(*texts, "name", &Personal::name);
        name = found == texts->end() ? name : found->text;
    }
    return name;
}

Result<std::vector<api::FirmPerson>> people_of(World& world, const Call& call, const Own& own) {
    TRY(auto desk, world.served->desk());
    std::vector<api::FirmPerson> people;
    for (const Post* post : own.directory->posts_at(own.firm->id)) {
        const Person* person = own.directory->person(post->holder);
        if (person == nullptr || (post->span.until && *post->span.until <= today_of(world, call))) {
            continue;
        }
        api::FirmPerson line;
        line.post = post->id.value;
        TRY(line.name, name_of_person(*desk, person->id));
        line.account = pages::account_in(person->code, own.firm->code);
        line.is_administrator = is_firm_administrator(*post);
        line.is_self = post->id == call.caller.post;
        line.from = post->span.from;
        line.until = post->span.until;
        people.push_back(std::move(line));
    }
    return people;
}

Result<Reply> get_firm(World& world, const Call& call) {
    TRY(const auto own, own_of(world, call));
    api::FirmPage page;
    page.credit_code = own.firm->code;
    page.name = own.firm->name;
    page.is_association = is_association(*own.firm);
    page.is_administrator = is_firm_administrator(*own.post);
    if (page.is_administrator) {
        TRY(page.people, people_of(world, call, own));
    }
    return json_reply(to_json(page));
}

void post_person(World& world, const Call& call, Deliver deliver) {
    auto body = read_body<api::BindPerson>(call);
    const auto own = own_of(world, call);
    if (!body || !own) {
        deliver(std::unexpected(!body ? std::move(body).error() : own.error()));
        return;
    }
    if (!is_firm_administrator(*own->post)) {
        deliver(fail(Errc::wrong_role, "the administrator of the firm binds"));
        return;
    }
    pages::bind_person(
        world, call, {own->firm->code, {}, *std::move(body), {}}, std::move(deliver)
    );
}

/// The post of the address, when it stands at the caller's own firm.
Result<const Post*> post_of(const Call& call, const Own& own) {
    const PostId id{parse_int(call.path_value("post")).value_or(0)};
    const Post* post = own.directory->post(id);
    if (post == nullptr || post->org != own.firm->id) {
        return fail(Errc::not_found, "nobody of the firm is bound by this number");
    }
    return post;
}

Result<Pending> post_end(World& world, const Call& call) {
    TRY(const auto body, read_body<api::EndBinding>(call));
    TRY(const auto own, own_of(world, call));
    TRY(const Post* const post, post_of(call, own));
    const Date today = today_of(world, call);
    if (body.until && *body.until < today) {
        return fail(Errc::bad_date, "what was handed in till today stands", "/until");
    }
    const Date until = body.until.value_or(today);
    Command command;
    command.verb = until > today ? Verb::amend : Verb::retire;
    command.matter = MatterId{post->id.value};
    command.actor = actor_of(call.caller);
    command.fields.set("until", to_string(until));
    Pending pending;
    pending.submit.key = call.key.value_or(Uuid{});
    pending.submit.credential = credential_of(call.caller);
    pending.submit.commands.push_back(std::move(command));
    pending.answer = [until](const service::Answer& /*answer*/, service::Ledger& /*ledger*/) {
        return json_reply(to_json(api::EndBinding{until}));
    };
    return pending;
}

struct Reset {
    service::AccountView account;
    service::AccountId by;
};

/// Who forgot the password asks the administrator of the firm; the administrator, the office's.
Result<Reset> reset_of(const World& world, const Call& call) {
    TRY(const auto own, own_of(world, call));
    if (!is_firm_administrator(*own.post)) {
        return fail(Errc::wrong_role, "the administrator of the firm gives passwords");
    }
    TRY(const Post* const post, post_of(call, own));
    const Person* person = own.directory->person(post->holder);
    const std::string name =
        person == nullptr ? std::string() : pages::account_in(person->code, own.firm->code);
    TRY(auto account, world.accounts->find_account(name, call.now));
    TRY(const auto session, world.accounts->find_session(call.session_token, call.now));
    return Reset{std::move(account), session.account};
}

void post_password(World& world, const Call& call, Deliver deliver) {
    const auto reset = reset_of(world, call);
    if (!reset) {
        deliver(std::unexpected(reset.error()));
        return;
    }
    world.accounts->reset_password(
        reset->account.id,
        reset->by,
        call.now,
        [name = reset->account.name, deliver](Result<service::OneTimePassword> once) {
            if (!once) {
                deliver(std::unexpected(std::move(once).error()));
                return;
            }
            Reply reply = json_reply(to_json(api::Bound{name, once->password, once->until}));
            reply.holds_secret = true;
            deliver(std::move(reply));
        }
    );
}

Result<Pending> post_matter(World& world, const Call& call) {
    TRY(auto body, read_body<api::HandIn>(call));
    return hand_in_for_firm(
        world,
        call,
        std::move(body),
        [](const api::Receipt& receipt, const service::Answer& answer) {
            return json_reply(to_json(receipt), answer.is_repeated ? 200 : 201);
        }
    );
}

Result<Reply> get_matters(World& world, const Call& call) {
    TRY_VOID(await_asked(world, call));
    TRY(const auto own, own_of(world, call));
    TRY(auto looking, look(world, call));
    TRY(const std::size_t limit, limit_in(call, rows_max));
    TRY(const auto after, key_in(call));
    RowSight sight(viewer_of(call.caller), looking.context);
    views::ListFilter filter;
    filter.is_record = false;
    filter.involved = {own.firm->id};
    filter.is_visible = [&sight](const views::ListRow& row) { return sight.sees(row); };
    views::ListPage page;
    views::ListCount count;
    TRY(const auto standing,
        world.readers->with_lists([&](const views::Lists& lists) -> Result<void> {
            TRY(page, lists.page(filter, after, limit, views::ListOrder::newest));
            TRY(count, lists.count(filter));
            return {};
        }));
    api::MatterRows out;
    TRY(out.rows, Showing(world, looking, sight, call.language).lines(page.rows));
    for (auto& row : out.rows) {
        // As the requester reads it, not as the desk does.
        const Kind* kind = looking.context.kinds->newest(row.line.kind);
        row.line.stage_title = pages::public_stage_title(kind, row.line.stage, call.language);
    }
    if (page.next) {
        out.next = text_of_key(*page.next);
    }
    out.count = count.count;
    out.is_more = count.is_more;
    out.seq = standing.seq;
    out.is_being_made = standing.is_being_made;
    return tagged(to_json(out));
}

std::vector<Route> binding_rows() {
    return {
        {.method = Method::post,
         .path = "/api/v1/firms",
         .role = For(Role::in_post),
         .summary = "The office confirms a firm or association and its first administrator",
         .body = schema_of<api::NewFirm>(),
         .answer = schema_of<api::Bound>(),
         .handler = Deferring(post_firm),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::required},
        {.method = Method::get,
         .path = "/api/v1/firms",
         .role = For(Role::in_post),
         .summary = "Firms and associations that are confirmed, with how many are bound",
         .body = none(),
         .answer = schema_of<api::FirmList>(),
         .handler = Answering(get_firms)},
        {.method = Method::post,
         .path = "/api/v1/firm/people",
         .role = For(Role::firm),
         .summary = "The administrator binds somebody to the firm, from a day, perhaps to a day",
         .body = schema_of<api::BindPerson>(),
         .answer = schema_of<api::Bound>(),
         .handler = Deferring(post_person),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::required},
        {.method = Method::post,
         .path = "/api/v1/firm/people/{post}/end",
         .role = For(Role::firm),
         .summary = "The administrator ends a binding, today or on a later day",
         .body = schema_of<api::EndBinding>(),
         .answer = schema_of<api::EndBinding>(),
         .handler = ReadingFirst{post_end}},
        {.method = Method::post,
         .path = "/api/v1/firm/people/{post}/password",
         .role = For(Role::firm),
         .summary = "Another one-time password for somebody of the firm",
         .body = none(),
         .answer = schema_of<api::Bound>(),
         .handler = Deferring(post_password),
         .limits = {.body_bytes = 4096, .seconds = 20},
         .key = KeyRule::repeatable},
    };
}

}  // namespace

std::vector<Route> firm_routes() {
    auto rows = binding_rows();
    rows.push_back(
        {.method = Method::get,
         .path = "/api/v1/firm",
         .role = For(Role::firm),
         .summary = "The caller's firm or association; its people for its administrators",
         .body = none(),
         .answer = schema_of<api::FirmPage>(),
         .handler = Answering(get_firm)}
    );
    rows.push_back(
        {.method = Method::get,
         .path = "/api/v1/firm/matters",
         .role = For(Role::firm),
         .summary = "What was handed in for the firm or by the association, newest first",
         .body = none(),
         .answer = schema_of<api::MatterRows>(),
         .handler = Answering(get_matters),
         .query =
             {{"limit", "rows, 50 if left out, at most 200"},
              {"after", "`next` of the page before"},
              {"after_seq", "`seq` of an answer: waits up to 1 s until it shows"}}}
    );
    rows.push_back(
        {.method = Method::post,
         .path = "/api/v1/firm/matters",
         .role = For(Role::firm),
         .summary = "Hand in for the firm, or as an association for a member",
         .body = schema_of<api::HandIn>(),
         .answer = schema_of<api::Receipt>(),
         .handler = Submitting(post_matter)}
    );
    return rows;
}

}  // namespace zt::http
