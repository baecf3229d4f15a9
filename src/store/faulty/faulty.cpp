#include "store/faulty.hpp"

#include <utility>

namespace zt::store {
namespace {

using Calls = Fault::Calls;

/// Runs the work unless it is this call's turn to fail, before or after.
template <class Work>
auto run(FaultPlan& plan, Calls kind, const Work& work) -> decltype(work()) {
    const std::optional<Fault> fault = plan.next(kind);
    if (fault && fault->moment == Fault::Moment::before) {
        return fail(fault->code, "a fault that was planned, before the work");
    }
    auto result = work();
    if (fault && result) {
        return fail(fault->code, "a fault that was planned, after the work");
    }
    return result;
}

class FaultyReader final : public Reader {
  public:
    FaultyReader(Reader& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
    FaultyReader(std::unique_ptr<Reader> inner, FaultPlan& plan)
        : owned_(std::move(inner)), inner_(*owned_), plan_(plan) {}

    Result<Head> head() override {
        return read([&] { return inner_.head(); });
    }
    Result<std::optional<MatterRow>> matter(MatterId id) override {
        return read([&] { return inner_.matter(id); });
    }
    Result<std::optional<MatterRow>> matter_by_number(std::string_view number) override {
        return read([&] { return inner_.matter_by_number(number); });
    }
    Result<std::vector<EventRow>> events_of(const MatterRow& row) override {
        return read([&] { return inner_.events_of(row); });
    }
    Result<std::optional<EventRow>> event(Seq seq) override {
        return read([&] { return inner_.event(seq); });
    }
    Result<void> scan(Seq from, Seq until, const EventVisitor& visit) override {
        return read([&] { return inner_.scan(from, until, visit); });
    }
    Result<void> scan_matters(const MatterVisitor& visit) override {
        return read([&] { return inner_.scan_matters(visit); });
    }
    Result<std::optional<KeyRow>> key(const std::array<std::uint8_t, 16>& key) override {
        return read([&] { return inner_.key(key); });
    }
    Result<std::optional<MatterId>> claim(const Hash& hash) override {
        return read([&] { return inner_.claim(hash); });
    }
    Result<std::int64_t> sequence(std::string_view name) override {
        return read([&] { return inner_.sequence(name); });
    }
    Result<std::optional<std::string>> seal_key(MatterId matter) override {
        return read([&] { return inner_.seal_key(matter); });
    }
    Result<std::vector<AuditRow>> audit(std::int64_t from, std::int64_t limit) override {
        return read([&] { return inner_.audit(from, limit); });
    }
    Result<std::optional<std::string>> setting(std::string_view name) override {
        return read([&] { return inner_.setting(name); });
    }
    Result<std::vector<DefinitionRow>> definitions() override {
        return read([&] { return inner_.definitions(); });
    }
    Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override {
        return read([&] { return inner_.last_key(); });
    }
    Result<void> scan_sides(const SideVisitors& visit) override {
        return read([&] { return inner_.scan_sides(visit); });
    }
    Result<void> check_structure() override {
        return read([&] { return inner_.check_structure(); });
    }

  private:
    template <class Work>
    auto read(const Work& work) -> decltype(work()) {
        return run(plan_, Calls::all, work);
    }

    std::unique_ptr<Reader> owned_;
    Reader& inner_;
    FaultPlan& plan_;
};

class FaultyStore final : public Store {
  public:
    FaultyStore(std::unique_ptr<Store> inner, FaultPlan& plan)
        : inner_(std::move(inner)), plan_(plan), reads_(*inner_, plan) {}

    Result<Head> head() override { return reads_.head(); }
    Result<std::optional<MatterRow>> matter(MatterId id) override { return reads_.matter(id); }
    Result<std::optional<MatterRow>> matter_by_number(std::string_view number) override {
        return reads_.matter_by_number(number);
    }
    Result<std::vector<EventRow>> events_of(const MatterRow& row) override {
        return reads_.events_of(row);
    }
    Result<std::optional<EventRow>> event(Seq seq) override { return reads_.event(seq); }
    Result<void> scan(Seq from, Seq until, const EventVisitor& visit) override {
        return reads_.scan(from, until, visit);
    }
    Result<void> scan_matters(const MatterVisitor& visit) override {
        return reads_.scan_matters(visit);
    }
    Result<std::optional<KeyRow>> key(const std::array<std::uint8_t, 16>& key) override {
        return reads_.key(key);
    }
    Result<std::optional<MatterId>> claim(const Hash& hash) override { return reads_.claim(hash); }
    Result<std::int64_t> sequence(std::string_view name) override { return reads_.sequence(name); }
    Result<std::optional<std::string>> seal_key(MatterId matter) override {
        return reads_.seal_key(matter);
    }
    Result<std::vector<AuditRow>> audit(std::int64_t from, std::int64_t limit) override {
        return reads_.audit(from, limit);
    }
    Result<std::optional<std::string>> setting(std::string_view name) override {
        return reads_.setting(name);
    }
    Result<std::vector<DefinitionRow>> definitions() override { return reads_.definitions(); }
    Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override {
        return reads_.last_key();
    }
    Result<void> scan_sides(const SideVisitors& visit) override { return reads_.scan_sides(visit); }
    Result<void> check_structure() override { return reads_.check_structure(); }

    Result<void> append(const Batch& batch) override {
        return write([&] { return inner_->append(batch); });
    }
    Result<void> tend() override { return inner_->tend(); }
    Result<void> set_setting(std::string_view name, std::string_view value) override {
        return write([&] { return inner_->set_setting(name, value); });
    }
    Result<void> add_definition(const DefinitionRow& row) override {
        return write([&] { return inner_->add_definition(row); });
    }
    Result<void> replace_matters(const std::vector<MatterRow>& rows) override {
        return write([&] { return inner_->replace_matters(rows); });
    }
    Result<std::unique_ptr<Reader>> reader() override {
        TRY(std::unique_ptr<Reader> inner,
            run(plan_, Calls::all, [&] { return inner_->reader(); }));
        return std::make_unique<FaultyReader>(std::move(inner), plan_);
    }
    Result<void> copy_to(const std::string& path) override {
        return run(plan_, Calls::all, [&] { return inner_->copy_to(path); });
    }
    Result<void> scrub() override {
        return write([&] { return inner_->scrub(); });
    }

  private:
    Result<void> write(const std::function<Result<void>()>& work) {
        return run(plan_, Calls::writes, work);
    }

    std::unique_ptr<Store> inner_;
    FaultPlan& plan_;
    FaultyReader reads_;
};

}  // namespace

void FaultPlan::arm(Fault fault) {
    const std::scoped_lock lock(mutex_);
    fault_ = fault;
    calls_ = 0;
    has_fired_ = false;
}

void FaultPlan::disarm() {
    const std::scoped_lock lock(mutex_);
    fault_.reset();
}

std::int64_t FaultPlan::calls() const {
    const std::scoped_lock lock(mutex_);
    return calls_;
}

bool FaultPlan::has_fired() const {
    const std::scoped_lock lock(mutex_);
    return has_fired_;
}

std::optional<Fault> FaultPlan::next(Fault::Calls kind) {
    const std::scoped_lock lock(mutex_);
    if (fault_ && fault_->calls == Calls::writes && kind != Calls::writes) {
        return std::nullopt;
    }
    const std::int64_t call = calls_++;
    if (!fault_) {
        return std::nullopt;
    }
    const bool is_due =
        fault_->repeat == Fault::Repeat::once ? call == fault_->call : call >= fault_->call;
    if (!is_due) {
        return std::nullopt;
    }
    has_fired_ = true;
    return fault_;
}

std::unique_ptr<Store> open_faulty(std::unique_ptr<Store> inner, FaultPlan& plan) {
    return std::make_unique<FaultyStore>(std::move(inner), plan);
}

}  // namespace zt::store
