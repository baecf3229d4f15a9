// `access explain`: who sees what of a matter, and by which rule.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "domain/permission.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct AccessOptions {
    DataOptions data;
    std::string as, on_behalf, number, field;
};

Result<PostId> find_post(const Directory& directory, const std::string& name, Date day) {
    const auto dot = name.rfind('.');
    const Org* org =
        dot == std::string::npos ? nullptr : directory.find_org(name.substr(0, dot), day);
    const Post* post =
        org == nullptr ? nullptr : directory.find_post(org->id, name.substr(dot + 1), day);
    if (post == nullptr) {
        return fail(Errc::unknown_post, "no post '" + name + "'; right would be office.clerk");
    }
    return post->id;
}

/// "requester", "public", or the holder of ORG.POST.
Result<Viewer> viewer_named(const AccessOptions& options, const State& state, Context context) {
    Viewer viewer;
    if (options.as == "public") {
        return viewer;
    }
    if (options.as == "requester") {
        const Party* requester = state.requester();
        viewer.kind = ViewerKind::party;
        viewer.matter = state.id;
        viewer.party = requester == nullptr ? 0 : requester->no;
        return viewer;
    }
    const Date day = office_date(context.now, context.calendar->offset);
    viewer.kind = ViewerKind::post;
    TRY(viewer.post, find_post(*context.directory, options.as, day));
    if (!options.on_behalf.empty()) {
        TRY(viewer.on_behalf, find_post(*context.directory, options.on_behalf, day));
    }
    return viewer;
}

class Explanation {
  public:
    Explanation(const Request& request, const State& state, const Viewer& viewer, Context context)
        : request_(request),
          state_(state),
          context_(context),
          access_(access_of(state, viewer, context)),
          fields_(visible_fields(state, viewer, context)),
          persons_(may_reveal(state, viewer, context)) {}

    /// Only what is asked for. errors: unknown_field.
    Result<void> keep(const std::string& field) {
        std::erase_if(fields_, [&](const VisibleField& one) {
            return one.name != field && name_of(one.group) != field;
        });
        return fields_.empty() ? fail(Errc::unknown_field, "nothing here is called '" + field + "'")
                               : Result<void>{};
    }

    void print() const {
        request_.out() << request_.text(
                              "cli.access.explain.head",
                              {{"number", state_.number},
                               {"sight", words("access.sight.", name_of(access_.sight))}}
                          )
                       << '\n';
        for (const Reason& reason : access_.reasons) {
            request_.out() << "  " << line_of(reason) << '\n';
        }
        request_.out() << request_.text(
                              "cli.access.explain.reveal",
                              {{"persons", words("access.persons.", name_of(persons_))}}
                          )
                       << '\n';
        for (const VisibleField& one : fields_) {
            const std::string group = words("access.group.", name_of(one.group));
            const bool is_group = one.name == name_of(one.group);
            request_.out() << "  " << words("access.shown.", name_of(one.shown)) << "  "
                           << (is_group ? group : one.name + " (" + group + ")") << "  ["
                           << source_of(one.group) << "]\n";
        }
    }

    [[nodiscard]] Json json() const {
        Json reasons = Json::array();
        for (const Reason& reason : access_.reasons) {
            Json one = Json::object();
            one.set("key", std::string(reason.key));
            one.set("takes_away", reason.takes_away);
            if (reason.sight) {
                one.set("sight", std::string(name_of(*reason.sight)));
            }
            one.set("post", post_name(reason.post));
            one.set("source", std::string(reason.source));
            one.set("text", line_of(reason));
            reasons.push(std::move(one));
        }
        Json fields = Json::array();
        for (const VisibleField& field : fields_) {
            Json one = Json::object();
            one.set("name", field.name);
            one.set("group", std::string(name_of(field.group)));
            one.set("shown", std::string(name_of(field.shown)));
            one.set("source", std::string(source_of(field.group)));
            fields.push(std::move(one));
        }
        Json out = Json::object();
        out.set("number", state_.number);
        out.set("sight", std::string(name_of(access_.sight)));
        out.set("persons_to_reveal", std::string(name_of(persons_)));
        out.set("reasons", std::move(reasons));
        out.set("fields", std::move(fields));
        return out;
    }

  private:
    [[nodiscard]] std::string words(std::string_view prefix, std::string_view name) const {
        return request_.text(std::string(prefix) + std::string(name));
    }

    [[nodiscard]] std::string post_name(PostId id) const {
        Actor actor;
        actor.kind = ActorKind::post;
        actor.post = id;
        return context_.directory->post(id) == nullptr
                   ? std::string()
                   : actor_name(actor, *context_.directory, request_);
    }

    [[nodiscard]] std::string line_of(const Reason& reason) const {
        const std::string what = request_.text(
            "access.reason." + std::string(reason.key), {{"post", post_name(reason.post)}}
        );
        const std::string gives = reason.takes_away ? words("access.", "takes")
                                  : reason.sight    ? words("access.sight.", name_of(*reason.sight))
                                                    : std::string();
        return what + (gives.empty() ? "" : " → " + gives) + "  [" + std::string(reason.source) +
               "]";
    }

    [[nodiscard]] static std::string_view source_of(FieldGroup group) {
        return std::ranges::find(field_rows(), group, &FieldRow::group)->source;
    }

    const Request& request_;
    const State& state_;
    Context context_;
    Access access_;
    std::vector<VisibleField> fields_;
    Persons persons_;
};

Result<int> run_explain(const Request& request, const AccessOptions& options) {
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const MatterId matter, tenant->ledger().find_number(options.number));
    TRY(const auto state, tenant->ledger().state(matter));
    const Context context = tenant->ledger().context(request.world.clock->now());
    TRY(const Viewer viewer, viewer_named(options, *state, context));
    Explanation explanation(request, *state, viewer, context);
    if (!options.field.empty()) {
        TRY_VOID(explanation.keep(options.field));
    }
    if (request.is_json) {
        print_json(request, explanation.json());
    } else {
        explanation.print();
    }
    return exit_fine;
}

}  // namespace

void add_access_explain(const Registration& here) {
    const auto options = std::make_shared<AccessOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--as", options->as, here.help("as"))->required();
    here.app.add_option("--on-behalf", options->on_behalf, here.help("on_behalf"));
    here.app.add_option("--matter", options->number, here.help("matter"))->required();
    here.app.add_option("--field", options->field, here.help("field"));
    here.run = [options](const Request& request) { return run_explain(request, *options); };
}

}  // namespace zt::app
