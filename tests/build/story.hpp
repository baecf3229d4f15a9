#pragma once
// Story: a place, its people and matters brought to a stage by verbs, so that no test puts events
// together by hand. The real kinds, pack and calendar, a place of kinds/places, a store in
// memory, keys from a seed.

#include "base/seeded_random.hpp"
#include "kindfile/kind_file.hpp"
#include "kindfile/place_file.hpp"
#include "service/ledger.hpp"
#include "service/tenant.hpp"
#include "store/memory.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace zt::build {

using Fields = std::initializer_list<std::pair<const char*, const char*>>;

/// The shipped definition texts, from the source tree.
[[nodiscard]] const service::Definitions& shipped_definitions();
/// kinds/places/small.yaml.
[[nodiscard]] const kindfile::Place& small_place();

class Story {
  public:
    /// Starts on Monday 2022-08-01 09:00, as office.clerk, in a place of kinds/places.
    explicit Story(
        std::unique_ptr<store::Store> store = store::open_memory(),
        const std::string& place = "small"
    );
    ~Story();

    Story& at(std::string_view office_time);
    /// "office.clerk": org code and post key.
    Story& as(std::string_view org_and_post);
    Story& as_requester();
    Story& as_system();

    /// One verb on a matter; a refusal is the value.
    Result<service::AnswerRow> tries(Verb verb, MatterId matter, Fields fields = {});
    /// The same, and it must be taken: a refusal fails loudly with its code.
    service::AnswerRow does(Verb verb, MatterId matter, Fields fields = {});
    /// A new matter of a kind.
    MatterId begins(const char* kind, Fields fields);
    /// An appeal of a named requester about a power cut, in registered, accepted or handling (lead
    /// 供电公司).
    MatterId appeal_in(std::string_view stage);
    /// Replies by the lead with all that the kind asks for, verifies and closes an appeal in
    /// handling.
    void answer_and_close(MatterId appeal);

    [[nodiscard]] const State& state(MatterId matter);
    [[nodiscard]] Submit submit(Verb verb, MatterId matter, Fields fields = {}) const;
    [[nodiscard]] service::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] views::Figures& figures() { return figures_; }
    [[nodiscard]] views::OpenSet& open_set() { return open_set_; }
    [[nodiscard]] UtcMs now() const { return now_; }
    [[nodiscard]] OrgId org(std::string_view code) const;
    [[nodiscard]] PostId post(std::string_view org_and_post) const;

  private:
    SeededRandom random_;
    std::unique_ptr<store::Store> store_;
    std::optional<vault::MasterKey> key_;
    views::Figures figures_;
    views::OpenSet open_set_;
    std::unique_ptr<service::Ledger> ledger_;
    std::vector<std::shared_ptr<const State>> held_;
    UtcMs now_;
    Actor actor_;
};

}  // namespace zt::build
