#include "service/tenant.hpp"

#include "kindfile/calendar_file.hpp"
#include "kindfile/pack_file.hpp"
#include "service/codec.hpp"
#include "service/rotation.hpp"
#include "store/sqlite.hpp"
#include "vault/seal.hpp"

#include <deque>
#include <filesystem>
#include <mutex>

namespace zt::service {

namespace {

/// Of a list of findings the first; the command `kinds check` prints them all.
template <class Value>
Result<Value> first_error(kindfile::Checked<Value>&& checked) {
    if (checked) {
        return *std::move(checked);
    }
    return std::unexpected(checked.error().front());
}

std::string names_of(const auto& map) {
    std::string names;
    for (const auto& [name, value] : map) {
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

Result<void> keep_definitions(store::Store& store, const Definitions& definitions) {
    const auto keep = [&](const char* type, const kindfile::NamedTexts& texts) -> Result<void> {
        for (const auto& [file, text] : texts) {
            TRY_VOID(store.add_definition({type, file, 1, text}));
        }
        return {};
    };
    TRY_VOID(keep("kind", definitions.kinds));
    TRY_VOID(keep("pack", definitions.packs));
    return keep("calendar", definitions.calendars);
}

Result<Definitions> kept_definitions(store::Store& store) {
    TRY(const auto rows, store.definitions());
    Definitions definitions;
    for (const auto& row : rows) {
        if (row.type == "kind") {
            definitions.kinds.emplace_back(row.name, row.text);
        } else if (row.type == "pack") {
            definitions.packs.emplace_back(row.name, row.text);
        } else if (row.type == "calendar") {
            definitions.calendars.emplace_back(row.name, row.text);
        }
    }
    return definitions;
}

Result<std::string> need_setting(store::Store& store, std::string_view name) {
    TRY(const auto value, store.setting(name));
    if (!value) {
        return fail(
            Errc::damaged, "the setting '" + std::string(name) + "' is missing from the ledger"
        );
    }
    return *value;
}

std::string key_file_of(const std::string& path, const std::string& named) {
    return named.empty() ? path + ".key" : named;
}

/// Rules without the name of a place.
Result<SharedRules>
read_rules(const Definitions& definitions, const std::string& pack, const std::string& calendar) {
    TRY(auto kinds, first_error(kindfile::load_kinds(definitions.kinds)));
    TRY(auto packs, first_error(kindfile::load_packs(definitions.packs)));
    std::vector<kindfile::CalendarSource> sources;
    for (const auto& [file, text] : definitions.calendars) {
        sources.push_back({file, text});
    }
    TRY(auto calendars, kindfile::read_calendars(sources));
    auto rules = std::make_shared<Rules>();
    const auto used_pack = packs.packs.find(pack);
    if (used_pack == packs.packs.end()) {
        return fail(
            Errc::not_found, "no pack is called '" + pack + "'; there are " + names_of(packs.packs)
        );
    }
    const auto used_calendar = calendars.find(calendar);
    if (used_calendar == calendars.end()) {
        return fail(
            Errc::not_found,
            "no calendar is called '" + calendar + "'; there are " + names_of(calendars)
        );
    }
    rules->pack = used_pack->second;
    rules->calendar = used_calendar->second;
    for (const auto& file : kinds.files) {
        rules->kinds.add(with_pack(file.kind, rules->pack));
    }
    return rules;
}

Hash hash_of_texts(
    const Definitions& definitions, const std::string& pack, const std::string& calendar
) {
    std::string all = std::to_string(pack.size()) + "," + pack + calendar;
    for (const auto* texts : {&definitions.kinds, &definitions.packs, &definitions.calendars}) {
        for (const auto& [name, text] : *texts) {
            all += "\n" + std::to_string(name.size()) + "," + std::to_string(text.size()) + "," +
                   name + text;
        }
        all += '\n';
    }
    return hash_of(HashAlgorithm::sha256, all);
}

/// Definitions take longer to read and prove than all else that opening a place does. A process
/// that opens places that use the same ones, or one after making it, reads them once.
class RulesReadLast {
  public:
    SharedRules find(const Hash& texts) {
        const std::lock_guard lock(mutex_);
        for (const auto& [its_texts, rules] : kept_) {
            if (its_texts == texts) {
                return rules;
            }
        }
        return nullptr;
    }
    void keep(const Hash& texts, SharedRules rules) {
        constexpr std::size_t kept_max = 2;
        const std::lock_guard lock(mutex_);
        kept_.emplace_front(texts, std::move(rules));
        if (kept_.size() > kept_max) {
            kept_.pop_back();
        }
    }

  private:
    std::mutex mutex_;
    std::deque<std::pair<Hash, SharedRules>> kept_;  // guarded by mutex_
};

}  // namespace

Result<SharedRules> build_rules(
    const Definitions& definitions,
    const std::string& pack,
    const std::string& calendar,
    std::string tenant
) {
    static RulesReadLast last;
    const Hash texts = hash_of_texts(definitions, pack, calendar);
    auto rules = last.find(texts);
    if (rules == nullptr) {
        TRY(rules, read_rules(definitions, pack, calendar));
        last.keep(texts, rules);
    }
    if (rules->tenant == tenant) {
        return rules;
    }
    auto own = std::make_shared<Rules>(*rules);
    own->tenant = std::move(tenant);
    return own;
}

void declare_indicators(views::Figures& figures, const Kinds& kinds) {
    for (const Kind* kind : kinds.all_newest()) {
        for (const auto& rule : kind->indicators) {
            const bool is_stock = rule.on.starts_with("stage ");
            figures.declare(
                rule.name,
                is_stock           ? IndicatorForm::stock
                : rule.is_distinct ? IndicatorForm::distinct
                                   : IndicatorForm::flow
            );
        }
    }
}

Tenant::~Tenant() = default;

Result<std::unique_ptr<Tenant>> Tenant::create(const Creation& creation) {
    TRY(auto rules,
        build_rules(creation.definitions, creation.pack, creation.calendar, creation.tenant));
    const std::string key_file = key_file_of(creation.path, creation.key_file);
    if (std::filesystem::exists(key_file)) {
        return fail(
            Errc::already_initialised,
            "a key stands there already; move it away or name another by --key",
            key_file
        );
    }
    TRY(auto directory, store::DataDirectory::create(creation.path));
    std::unique_ptr<Tenant> tenant(new Tenant(std::move(directory)));
    TRY(auto key, vault::create_key_file(key_file, *creation.random));
    const std::string check = key.check_value();
    tenant->key_ = std::move(key);
    TRY(tenant->store_, store::create_sqlite(tenant->directory_.ledger_file(), creation.algorithm));
    auto& store = *tenant->store_;
    TRY_VOID(store.set_setting("tenant", creation.tenant));
    TRY_VOID(store.set_setting("pack", creation.pack));
    TRY_VOID(store.set_setting("calendar", creation.calendar));
    TRY_VOID(store.set_setting("key_check", check));
    TRY_VOID(keep_definitions(store, creation.definitions));
    tenant->is_open_set_filled_ = true;
    Opening made;
    made.access = store::Access::write;
    made.random = creation.random;
    return start(std::move(tenant), made, std::move(rules));
}

Result<std::unique_ptr<Tenant>> Tenant::open(const Opening& opening) {
    TRY(auto directory, store::DataDirectory::open(opening.path, opening.access));
    std::unique_ptr<Tenant> tenant(new Tenant(std::move(directory)));
    TRY(tenant->store_, store::open_sqlite(tenant->directory_.ledger_file(), opening.access));
    auto& store = *tenant->store_;
    TRY(const auto tag, need_setting(store, "tenant"));
    TRY(const auto pack, need_setting(store, "pack"));
    TRY(const auto calendar, need_setting(store, "calendar"));
    TRY(const auto check, need_setting(store, "key_check"));
    if (opening.access == store::Access::write || !opening.key_file.empty()) {
        TRY_VOID(check_no_rotation(store));
        TRY(auto key, vault::load_key_file(key_file_of(opening.path, opening.key_file), check));
        TRY_VOID(take_lookup_keys(store, key));
        tenant->key_ = std::move(key);
    }
    TRY(const auto definitions, kept_definitions(store));
    TRY(auto rules, build_rules(definitions, pack, calendar, tag));
    return start(std::move(tenant), opening, std::move(rules));
}

Result<std::unique_ptr<Tenant>>
Tenant::start(std::unique_ptr<Tenant> tenant, const Opening& opening, SharedRules rules) {
    LedgerParts parts;
    parts.store = tenant->store_.get();
    parts.key = tenant->key();
    parts.random = opening.random;
    if (!opening.fills_later) {
        parts.figures = &tenant->figures_;
        parts.open_set = &tenant->open_set_;
    }
    TRY(tenant->ledger_, Ledger::open(parts, std::move(rules)));
    if (tenant->directory_.access() == store::Access::write) {
        TRY_VOID(tenant->ledger_->finish_erase());
    }
    if (opening.fills_later) {
        TRY(auto reader, tenant->store_->reader());
        auto fill_both = [raw = tenant.get(),
                          reader = std::shared_ptr(std::move(reader))]() -> Result<Filled> {
            Filled filled;
            TRY(filled.figures, raw->load_figures(*reader));
            TRY(filled.open_set, raw->load_open_set(*reader));
            return filled;
        };
        tenant->filling_ = std::async(std::launch::async, std::move(fill_both));
        return tenant;
    }
    TRY(tenant->figures_, tenant->load_figures(*tenant->store_));
    if (tenant->directory_.access() == store::Access::write) {
        TRY(const auto* open_set, tenant->open_set());
        ignore(open_set, "filled before the first command, so that clocks lapse");
    }
    return tenant;
}

Result<void> Tenant::await_views(Writer* writer) {
    if (!filling_.valid()) {
        return {};
    }
    TRY(auto filled, filling_.get());
    figures_ = std::move(filled.figures);
    open_set_ = std::move(filled.open_set);
    is_open_set_filled_ = true;
    const auto attach = [this] { ledger_->attach(figures_, open_set_); };
    if (writer == nullptr) {
        attach();
    } else {
        writer->perform(attach);
    }
    return {};
}

Result<Definitions> Tenant::definitions() const { return kept_definitions(*store_); }

Result<views::Figures> Tenant::load_figures(store::Reader& reader) const {
    auto loaded = views::Figures::load(directory_.figures_folder());
    // Not saved, damaged or of another schema: the facts are all in the ledger.
    auto figures = loaded ? *std::move(loaded) : views::Figures();
    const auto head = reader.head();
    if (head && figures.position() > head->seq) {
        figures = views::Figures();
    }
    declare_indicators(figures, rules().kinds);
    TRY_VOID(catch_up(figures, reader, rules().calendar.offset));
    return figures;
}

Result<views::OpenSet> Tenant::load_open_set(store::Reader& reader) const {
    constexpr Seq behind_max = 50'000;  // the next start shall not have to fold more than that
    auto loaded = views::OpenSet::load(directory_.open_set_file());
    TRY(const auto head, reader.head());
    // Not saved, damaged or of another schema: what is open is in the ledger.
    auto open_set =
        loaded && loaded->position() <= head.seq ? *std::move(loaded) : views::OpenSet();
    const Seq before = open_set.position();
    TRY_VOID(fill(open_set, reader));
    if (directory_.access() == store::Access::write && open_set.position() - before > behind_max) {
        ignore(open_set.save(directory_.open_set_file()), "it is filled again at the next start");
    }
    return open_set;
}

Result<views::OpenSet*> Tenant::open_set() {
    if (!is_open_set_filled_) {
        TRY(open_set_, load_open_set(*store_));
        is_open_set_filled_ = true;
    }
    return &open_set_;
}

Result<views::Lists*> Tenant::lists() {
    const bool writes = directory_.access() == store::Access::write;
    if (!lists_) {
        auto opened = views::Lists::open(
            directory_.lists_file(), writes ? views::ListAccess::write : views::ListAccess::read
        );
        if (!opened && !writes) {
            // A reader may not mend the file; it folds one of its own in memory.
            opened = views::Lists::open(":memory:", views::ListAccess::write);
        }
        if (!opened) {
            return std::unexpected(std::move(opened).error());
        }
        lists_ = *std::move(opened);
    }
    TRY(const auto head, store_->head());
    if (lists_->position() >= head.seq) {
        return &*lists_;
    }
    if (!writes && lists_->position() > 0) {
        TRY(auto own, views::Lists::open(":memory:", views::ListAccess::write));
        lists_ = std::move(own);
    }
    LastStates last([&](auto states, Seq seq) { return lists_->put(states, seq); });
    Replayer replayer(*store_);
    TRY_VOID(replayer.run(lists_->position() + 1, head.seq, [&](const Replayed& one) {
        return last.add(one);
    }));
    TRY_VOID(last.flush());
    return &*lists_;
}

Result<void> Tenant::save_views() {
    TRY_VOID(figures_.save(directory_.figures_folder()));
    TRY(const auto* open_set, this->open_set());
    TRY_VOID(open_set->save(directory_.open_set_file()));
    TRY(const auto* lists, this->lists());
    ignore(lists, "brought up to the head");
    return {};
}

Result<Proof> Tenant::replay() {
    TRY(const auto head, store_->head());
    std::map<MatterId, store::MatterRow> rows;
    views::Figures figures;
    lists_.reset();
    std::error_code gone;
    std::filesystem::remove(directory_.lists_file(), gone);
    for (const char* const suffix : {"", "-wal", "-shm"}) {  // the server makes it anew
        std::filesystem::remove(directory_.tree_file() + suffix, gone);
    }
    TRY(lists_, views::Lists::open(directory_.lists_file(), views::ListAccess::write));
    views::OpenSet open_set;
    LastStates last([&](auto states, Seq seq) {
        for (const State* state : states) {
            rows[state->id] = row_of_state(*state);
            open_set.put(*state);
        }
        open_set.arrive_at(seq);
        return lists_->put(states, seq);
    });
    Replayer replayer(*store_);
    const auto offset = rules().calendar.offset;
    TRY_VOID(replayer.run(1, head.seq, [&](const Replayed& one) -> Result<void> {
        const auto facts = facts_of(one.before, one.event, *one.after, offset);
        figures.fold({one.before, &one.event, one.after.get(), facts});
        return last.add(one);
    }));
    TRY_VOID(last.flush());
    declare_indicators(figures, rules().kinds);
    std::vector<store::MatterRow> list;
    for (auto& [id, row] : rows) {
        list.push_back(std::move(row));
    }
    TRY_VOID(store_->replace_matters(list));
    figures_ = std::move(figures);
    open_set_ = std::move(open_set);
    is_open_set_filled_ = true;
    TRY_VOID(save_views());
    return Proof{head.seq, static_cast<std::int64_t>(list.size()), head.audit_seq, head.hash};
}

Result<Proof> Tenant::verify() {
    TRY(auto* lists, this->lists());
    TRY(const auto* open_set, this->open_set());
    TRY(const auto beside, store_->reader());
    // The server keeps it; where none has served yet there is nothing to compare.
    std::optional<views::ProofTree> tree;
    if (std::error_code problem; std::filesystem::exists(directory_.tree_file(), problem)) {
        TRY(const auto head, store_->head());
        TRY(tree,
            views::ProofTree::open(directory_.tree_file(), head.algorithm, views::ListAccess::read)
        );
    }
    return verify_all(
        *store_,
        {&figures_, lists, open_set, tree ? &*tree : nullptr},
        rules().calendar.offset,
        beside.get()
    );
}

Result<std::vector<Personal>> Tenant::open_texts(const Event& event) {
    std::vector<Personal> texts;
    if (event.sealed.empty()) {
        return texts;
    }
    if (!key_) {
        return fail(Errc::key_missing, "sealed texts are opened only with --key FILE");
    }
    TRY(const auto wrapped, store_->seal_key(event.matter));
    if (!wrapped || vault::is_erased(*wrapped)) {
        return fail(Errc::not_found, "the sealed parts of this matter were erased");
    }
    TRY(const auto key, vault::unwrap(*key_, event.matter, *wrapped));
    for (const auto& part : event.sealed) {
        TRY(auto opened, vault::unseal(key, part.name, part.bytes));
        texts.push_back({part.name, std::move(opened.text)});
    }
    return texts;
}

Result<std::string> Tenant::reveal(MatterId matter, std::string_view name) {
    TRY(const auto row, store_->matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, store_->events_of(*row));
    for (auto at = rows.rbegin(); at != rows.rend(); ++at) {
        TRY(const Event event, event_of_row(*at));
        for (const auto& part : event.sealed) {
            if (part.name == name) {
                TRY(const auto texts, open_texts(event));
                for (const auto& text : texts) {
                    if (text.name == name) {
                        return text.text;
                    }
                }
            }
        }
    }
    return fail(Errc::not_found, "no sealed part is called '" + std::string(name) + "'");
}

}  // namespace zt::service
