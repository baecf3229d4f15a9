#include "faults/requests.hpp"

#include "base/check.hpp"

#include <array>
#include <cstdio>
#include <sstream>
#include <utility>

namespace zt::faults {

namespace {

enum Post : std::size_t { clerk, handler, signer };
constexpr std::array<std::pair<const char*, const char*>, 3> post_names{
    {{"office", "clerk"}, {"供电公司", "handler"}, {"供电公司", "signer"}}
};

struct Step {
    Verb verb;
    Post post;
    std::vector<std::pair<const char*, const char*>> fields;
};

const std::array<Step, steps_max>& steps() {
    static const std::array<Step, steps_max> all{
        {{Verb::accept, clerk, {}},
         {Verb::assign, clerk, {{"lead", "供电公司"}}},
         {Verb::sign_for, handler, {}},
         {Verb::contact, handler, {{"text", "已电话联系"}}},
         {Verb::sign_off, signer, {}},
         {Verb::reply,
          handler,
          {{"text", "线路已修复，恢复供电"}, {"reply_class", "A"}, {"evidence", "现场照片"}}},
         {Verb::verify, clerk, {}},
         {Verb::close, clerk, {}}}
    };
    return all;
}

std::string credit_code(std::uint64_t number) {
    std::array<char, 24> text{};
    const auto low = static_cast<unsigned long long>(number % 1'000'000'000'000ULL);
    std::snprintf(text.data(), text.size(), "913100%012llu", low);
    return text.data();
}

}  // namespace

Requests::Requests(const service::Ledger& ledger) {
    const Date day = std::chrono::sys_days{std::chrono::year{2022} / 8 / 1};
    for (const auto& [org, post] : post_names) {
        const Org* found_org = ledger.directory().find_org(org, day);
        CHECK(found_org != nullptr);
        const zt::Post* found = ledger.directory().find_post(found_org->id, post, day);
        CHECK(found != nullptr);
        posts_.push_back(found->id);
    }
}

Actor Requests::actor(std::size_t post) const {
    Actor actor;
    actor.kind = ActorKind::post;
    actor.post = posts_[post];
    return actor;
}

Command Requests::command_of(std::size_t step, MatterId matter) const {
    const Step& row = steps().at(step);
    Command command;
    command.verb = row.verb;
    command.matter = matter;
    command.actor = actor(row.post);
    for (const auto& [name, value] : row.fields) {
        command.fields.set(name, value);
    }
    return command;
}

Command Requests::registration(std::uint64_t number) const {
    const std::string name = std::to_string(number);
    Command command;
    command.verb = Verb::register_;
    command.kind = "appeal";
    command.actor = actor(clerk);
    command.fields.set("channel", "hotline").set("purpose", number % 3 == 0 ? "inquiry" : "help");
    command.fields.set("title", "门口停电 " + name).set("for", "王小满" + name);
    command.fields.set("text", "小区门口停电，请尽快处理 " + std::string(number % 400, '.'));
    command.fields.set("contact", "0000-" + name);
    return command;
}

Command Requests::firm(std::uint64_t number) const {
    Command command;
    command.verb = Verb::register_;
    command.kind = "enterprise";
    command.actor = actor(clerk);
    command.fields.set("name", "某机械有限公司 " + std::to_string(number));
    command.fields.set("credit_code", credit_code(number));
    command.fields.set("industry", "manufacturing").set("size", "small");
    command.fields.set("contact_name", "厂长" + std::to_string(number));
    return command;
}

Result<Submit>
Requests::submit_of(const std::string& text, const Uuid& key, const std::string& credential) const {
    Submit submit;
    submit.key = key;
    submit.credential = credential;
    std::istringstream words(text);
    std::string word;
    std::size_t count = 0;
    std::uint64_t number = 0;
    words >> word;
    if (word == "register" && words >> count >> number && count > 0 && count <= steps_max) {
        submit.commands.push_back(registration(number));
        for (std::size_t step = 0; step + 1 < count; ++step) {
            submit.commands.push_back(command_of(step, MatterId{}));
        }
    } else if (word == "firm" && words >> number) {
        submit.commands.push_back(firm(number));
    } else if (word == "step" && words >> count >> number && count < steps_max) {
        submit.commands.push_back(command_of(count, MatterId{static_cast<std::int64_t>(number)}));
    } else {
        return fail(Errc::bad_file, "not a request: " + text);
    }
    return submit;
}

std::string Requests::to_register(std::size_t commands, std::uint64_t number) {
    return "register " + std::to_string(commands) + ' ' + std::to_string(number);
}

std::string Requests::to_step(std::size_t step, MatterId matter) {
    return "step " + std::to_string(step) + ' ' + std::to_string(matter.value);
}

std::string Requests::to_enroll_firm(std::uint64_t number) {
    return "firm " + std::to_string(number);
}

}  // namespace zt::faults
