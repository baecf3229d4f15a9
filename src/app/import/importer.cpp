#include "app/import/importer.hpp"

#include "app/import/side_file.hpp"

#include <algorithm>
#include <set>

namespace zt::app {

namespace {

void alone(const ImportOptions& options, const std::function<void()>& work) {
    if (options.alone) {
        options.alone(work);
    } else {
        work();
    }
}

/// The work of one import_rows.
class Run {
  public:
    Run(service::Ledger& ledger,
        const kindfile::ImportMap& map,
        const ImportOptions& options,
        const RowSubmitter& submitter)
        : ledger_(ledger),
          map_(map),
          options_(options),
          submitter_(submitter),
          side_file_(options.input, options.rejects) {}

    [[nodiscard]] Result<void> take(Row row);
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<ImportSummary> finish();
    [[nodiscard]] const ImportSummary& summary() const { return summary_; }

  private:
    struct Waiting {
        Row row;
        std::string id;
        UtcMs newest;
    };
    [[nodiscard]] Result<void> reject(const Row& row, const Error& why);
    [[nodiscard]] Result<std::vector<Result<service::Answer>>> decide();
    /// Decides the group, lapses what must lapse at once, sees the place anew.
    [[nodiscard]] Result<std::vector<Result<service::Answer>>> decide_alone();
    [[nodiscard]] Result<void> lapse_until(UtcMs until);
    /// Runs `work` with every committed event counted; whoever listens to the ledger goes on
    /// hearing them.
    template <class Work>
    [[nodiscard]] auto counted(const Work& work) {
        service::Ledger::Listener before = ledger_.on_commit({});
        ledger_.on_commit([&](const service::Committed& one) {
            see(one);
            if (before) {
                before(one);
            }
        });
        auto result = work();
        ledger_.on_commit(std::move(before));
        return result;
    }
    void see(const service::Committed& one);
    void see_time(UtcMs newest);

    service::Ledger& ledger_;
    const kindfile::ImportMap& map_;
    const ImportOptions& options_;
    RowSubmitter submitter_;
    SideFile side_file_;
    ImportSummary summary_;
    std::vector<Submit> group_;
    std::vector<Waiting> waiting_;  ///< one a submit of the group
    std::set<Uuid> keys_;           ///< of the group
};

Result<void> Run::take(Row row) {
    ++summary_.rows;
    auto plan = plan_row(map_, row);
    if (!plan) {
        return reject(row, plan.error());
    }
    auto submit = submitter_.submit_of(*plan);
    if (!submit) {
        return reject(row, submit.error());
    }
    // A key that is still being worked on is no answer; a row that stands twice in the file waits
    // for the first.
    if (keys_.contains(submit->key)) {
        TRY_VOID(flush());
    }
    keys_.insert(submit->key);
    UtcMs newest = plan->steps.front().at;
    for (const auto& step : plan->steps) {
        newest = std::max(newest, step.at);
    }
    waiting_.push_back({std::move(row), std::move(plan->id), newest});
    group_.push_back(*std::move(submit));
    return group_.size() < options_.group_rows ? Result<void>{} : flush();
}

Result<void> Run::reject(const Row& row, const Error& why) {
    ++summary_.rejected;
    ++summary_.rejected_by_code[std::string(name_of(why.code))];
    const auto id = row.refusal ? Result<std::string>("") : row_id(map_, row);
    return side_file_.add(row, id.value_or(""), why);
}

Result<std::vector<Result<service::Answer>>> Run::decide() {
    if (options_.mode == ImportMode::rehearse) {
        return ledger_.rehearse_group(group_, options_.now, [this](const service::Committed& one) {
            see(one);
        });
    }
    return counted([&] { return ledger_.submit_group(group_, options_.now); });
}

Result<void> Run::lapse_until(UtcMs until) {
    TRY(const std::int64_t lapsed,
        counted([&] { return ledger_.tick_import(until, options_.now); }));
    ignore(lapsed, "counted with the other events");
    return {};
}

Result<std::vector<Result<service::Answer>>> Run::decide_alone() {
    Result<std::vector<Result<service::Answer>>> answers;
    alone(options_, [&] {
        answers = decide();
        if (answers && options_.alone) {
            if (auto lapsed = lapse_until(options_.now); !lapsed) {
                answers = std::unexpected(std::move(lapsed).error());
            }
        }
        submitter_.look_again(ledger_);
    });
    return answers;
}

Result<void> Run::flush() {
    if (group_.empty()) {
        return {};
    }
    TRY(const auto answers, decide_alone());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto& answer = answers[i];
        if (!answer) {
            TRY_VOID(reject(waiting_[i].row, answer.error()));
            continue;
        }
        ++(answer->is_repeated ? summary_.repeated : summary_.imported);
        see_time(waiting_[i].newest);
    }
    group_.clear();
    waiting_.clear();
    keys_.clear();
    return {};
}

void Run::see(const service::Committed& one) {
    ++summary_.events;
    summary_.lapsed += one.event.verb == Verb::lapse ? 1 : 0;
    summary_.estimated += one.event.marks.is_estimated ? 1 : 0;
    summary_.irregular += one.event.marks.irregular.empty() ? 0 : 1;
    for (const auto& code : one.event.marks.irregular) {
        ++summary_.irregular_by_code[code];
    }
}

void Run::see_time(UtcMs newest) {
    summary_.newest = summary_.newest ? std::max(*summary_.newest, newest) : newest;
}

Result<ImportSummary> Run::finish() {
    TRY_VOID(flush());
    TRY_VOID(side_file_.finish());
    summary_.rejects = side_file_.written_to();
    summary_.unknown_orgs = submitter_.unknown_orgs();
    const auto until = options_.until ? options_.until : summary_.newest;
    if (options_.mode == ImportMode::commit && until) {
        Result<void> lapsed;
        alone(options_, [&] { lapsed = lapse_until(*until); });
        TRY_VOID(lapsed);
        summary_.until = *until;
    }
    return summary_;
}

}  // namespace

Result<ImportSummary> import_rows(
    service::Ledger& ledger,
    const kindfile::ImportMap& map,
    const ImportOptions& options,
    const std::function<void(const ImportProgress&)>& progress
) {
    const RowFile file{options.input, map.format, map.separator};
    TRY(const auto columns, probe_columns(file));
    if (const auto errors = kindfile::check_columns(map, columns);
        !errors.empty() && !columns.empty()) {
        return std::unexpected(errors.front());
    }
    Result<RowSubmitter> made = fail(Errc::overloaded);
    alone(options, [&] { made = RowSubmitter::make(map, ledger); });
    TRY(auto submitter, std::move(made));
    TRY(const auto rows, open_rows(file));
    Run run(ledger, map, options, submitter);
    for (;;) {
        TRY(auto row, rows->next());
        if (!row) {
            return run.finish();
        }
        TRY_VOID(run.take(*std::move(row)));
        const auto& summary = run.summary();
        if (summary.rows % static_cast<std::int64_t>(options.group_rows) != 0) {
            continue;
        }
        if (progress) {
            progress(
                {summary.rows,
                 summary.rejected,
                 summary.repeated,
                 rows->source().position(),
                 rows->source().size()}
            );
        }
        if (options.is_cancelled && options.is_cancelled()) {
            return run.finish();
        }
    }
}

}  // namespace zt::app
