#include "service/served.hpp"

#include "service/codec.hpp"
#include "service/submit_key.hpp"
#include "vault/seal.hpp"

#include <algorithm>

namespace zt::service {

Desk::Desk(Tenant& tenant, std::unique_ptr<store::Reader> reader)
    : tenant_(tenant), reader_(std::move(reader)) {}

Result<store::MatterRow> Desk::row_of(MatterId matter) {
    TRY(auto row, reader_->matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    return *std::move(row);
}

Result<State> Desk::state(MatterId matter) {
    TRY(const auto row, row_of(matter));
    TRY(const auto rows, reader_->events_of(row));
    return fold(rows);
}

Result<std::vector<Event>> Desk::events(MatterId matter) {
    TRY(const auto row, row_of(matter));
    TRY(const auto rows, reader_->events_of(row));
    std::vector<Event> events;
    events.reserve(rows.size());
    for (const auto& one : rows) {
        TRY(auto event, event_of_row(one));
        events.push_back(std::move(event));
    }
    return events;
}

Result<MatterId> Desk::find_number(std::string_view number) {
    TRY(const auto row, reader_->matter_by_number(number));
    if (!row) {
        return fail(Errc::unknown_matter, "no matter has the number '" + std::string(number) + "'");
    }
    return row->id;
}

Result<MatterId> Desk::find_submit(std::string_view credential, const Uuid& key) {
    TRY(const auto row, reader_->key(submit_key(credential, key)));
    if (!row) {
        return fail(Errc::not_found, "no submit came with this key");
    }
    TRY(const auto event, reader_->event(row->first_seq));
    if (!event) {
        return fail(Errc::damaged, "the event of a key is missing", "key");
    }
    return event->matter;
}

Result<std::vector<Personal>> Desk::open_texts(const Event& event) {
    std::vector<Personal> texts;
    if (event.sealed.empty()) {
        return texts;
    }
    TRY(const auto wrapped, reader_->seal_key(event.matter));
    if (!wrapped || vault::is_erased(*wrapped)) {
        return fail(Errc::not_found, "the sealed parts of this matter were erased");
    }
    if (!key_ || key_->first != event.matter || key_->second.wrapped != *wrapped) {
        TRY(auto key, vault::unwrap(*tenant_.key(), event.matter, *wrapped));
        key_.emplace(event.matter, OpenKey{*wrapped, std::move(key)});
    }
    for (const auto& part : event.sealed) {
        TRY(auto opened, vault::unseal(key_->second.key, part.name, part.bytes));
        texts.push_back({part.name, std::move(opened.text)});
    }
    return texts;
}

Served::Served(std::unique_ptr<Tenant> tenant, const WallClock& clock, ServedLimits limits)
    : tenant_(std::move(tenant)), clock_(clock), limits_(limits) {}

Result<std::unique_ptr<Served>>
Served::start(std::unique_ptr<Tenant> tenant, const WallClock& clock, ServedLimits limits) {
    std::unique_ptr<Served> served(new Served(std::move(tenant), clock, limits));
    TRY(auto first, served->tenant_->store().reader());
    served->desks_.push_back(std::make_unique<Desk>(*served->tenant_, std::move(first)));
    served->desks_made_ = 1;
    Ledger& ledger = served->tenant_->ledger();
    served->seq_ = ledger.seq();
    ignore(
        ledger.on_commit([raw = served.get()](const Committed& one) { raw->tell(one); }),
        "a tenant that is served has no other listener"
    );
    served->writer_ = std::make_unique<Writer>(ledger, clock, limits.writer);
    served->filling_ = std::thread([raw = served.get()] {
        const auto filled = raw->tenant_->await_views(raw->writer_.get());
        (filled ? raw->has_views_ : raw->has_failed_) = true;
    });
    return served;
}

Served::~Served() { stop(); }

void Served::stop() {
    if (filling_.joinable()) {
        filling_.join();
    }
    const bool was_at_work = writer_ != nullptr;
    writer_.reset();
    {
        const std::lock_guard lock(desks_guard_);
        desks_.clear();
    }
    if (was_at_work && has_views_) {
        ignore(tenant_->save_views(), "they are folded again at the next start");
    }
}

void Served::tell(const Committed& one) {
    seq_ = one.event.seq;
    for (const auto& listener : listeners_) {
        listener(one);
    }
}

void Served::on_commit(Ledger::Listener listener) { listeners_.push_back(std::move(listener)); }

std::shared_ptr<const Directory> Served::directory() const {
    const Ledger& ledger = tenant_->ledger();
    const std::shared_lock reading(ledger.views_guard());
    return ledger.shared_directory();
}

Result<Served::Lent> Served::desk() {
    std::unique_lock lock(desks_guard_);
    if (desks_.empty() && desks_made_ < limits_.readers_max) {
        ++desks_made_;
        lock.unlock();
        auto reader = tenant_->store().reader();
        if (!reader) {
            lock.lock();
            --desks_made_;
            return std::unexpected(std::move(reader).error());
        }
        return Lent(*this, std::make_unique<Desk>(*tenant_, *std::move(reader)));
    }
    desk_came_back_.wait(lock, [this] { return !desks_.empty(); });
    auto desk = std::move(desks_.back());
    desks_.pop_back();
    return Lent(*this, std::move(desk));
}

void Served::give_back(std::unique_ptr<Desk> desk) {
    {
        const std::lock_guard lock(desks_guard_);
        desks_.push_back(std::move(desk));
    }
    desk_came_back_.notify_one();
}

Result<void>
Served::with_open_set(const std::function<void(const views::OpenSet&, const views::Reading&)>& read
) const {
    if (!has_views_) {
        return fail(Errc::overloaded, "the list of open matters is still being read; try again");
    }
    const Ledger& ledger = tenant_->ledger();
    const std::shared_lock reading(ledger.views_guard());
    TRY(const auto* open_set, tenant_->open_set());
    const auto directory = ledger.shared_directory();
    read(*open_set, {&rules().kinds, &rules().calendar, directory.get(), now()});
    return {};
}

Result<void> Served::with_figures(const std::function<void(const views::Figures&)>& read) const {
    if (!has_views_) {
        return fail(Errc::overloaded, "the figures are still being read; try again");
    }
    const std::lock_guard one_at_a_time(figures_guard_);
    const std::shared_lock reading(tenant_->ledger().views_guard());
    read(tenant_->figures());
    return {};
}

}  // namespace zt::service
