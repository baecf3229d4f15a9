#include "views/impl/search_rank.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace zt::views::impl {
namespace {

/// Of bm25: how soon a term that comes again counts no more, and how much length tells.
constexpr double k1 = 1.2, b = 0.75;
/// A phrase in more than half of all texts still weighs something.
constexpr double weight_min = 1e-6;

/// What is the same for all hits of one question in one table.
struct Weighing {
    double terms_on_average = 1;
    std::vector<double> weight_of_phrase;
    std::vector<double> found;  ///< scratch: how often each phrase is in a row, by column's weight
};

int count_row(const Fts5ExtensionApi* api, Fts5Context* context, void* counted);
int begin_weighing(const Fts5ExtensionApi* api, Fts5Context* context, Weighing& out);
/// Kept with the cursor between rows. out: SQLite's code, `weighing` set when it is SQLITE_OK.
int weighing_of(const Fts5ExtensionApi* api, Fts5Context* context, Weighing*& weighing);
int score_row(
    const Fts5ExtensionApi* api,
    Fts5Context* context,
    const std::vector<double>& column_weights,
    double& score
);
void answer(
    const Fts5ExtensionApi* api,
    Fts5Context* context,
    sqlite3_context* out,
    int count,
    sqlite3_value** values
);

}  // namespace

int add_nearness(sqlite3* handle) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr);
    fts5_api* fts5 = nullptr;
    if (code == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void*>(&fts5), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
        code = sqlite3_finalize(statement);
    }
    if (code != SQLITE_OK || fts5 == nullptr) {
        return code == SQLITE_OK ? SQLITE_ERROR : code;
    }
    return fts5->xCreateFunction(fts5, nearness, nullptr, answer, nullptr);
}

namespace {

int count_row(const Fts5ExtensionApi* /*api*/, Fts5Context* /*context*/, void* counted) {
    ++*static_cast<std::int64_t*>(counted);
    return SQLITE_OK;
}

int begin_weighing(const Fts5ExtensionApi* api, Fts5Context* context, Weighing& out) {
    sqlite3_int64 rows = 0, terms = 0;
    if (int code = api->xRowCount(context, &rows); code != SQLITE_OK) {
        return code;
    }
    if (int code = api->xColumnTotalSize(context, -1, &terms); code != SQLITE_OK) {
        return code;
    }
    if (rows > 0 && terms > 0) {
        out.terms_on_average = static_cast<double>(terms) / static_cast<double>(rows);
    }
    const int phrases = api->xPhraseCount(context);
    out.weight_of_phrase.assign(static_cast<std::size_t>(phrases), 1.0);
    out.found.resize(static_cast<std::size_t>(phrases));
    for (int phrase = 0; phrases > 1 && phrase < phrases; ++phrase) {
        std::int64_t with = 0;
        if (int code = api->xQueryPhrase(context, phrase, &with, count_row); code != SQLITE_OK) {
            return code;
        }
        const double weight =
            std::log((static_cast<double>(rows - with) + 0.5) / (static_cast<double>(with) + 0.5));
        out.weight_of_phrase[static_cast<std::size_t>(phrase)] = std::max(weight, weight_min);
    }
    return SQLITE_OK;
}

int weighing_of(const Fts5ExtensionApi* api, Fts5Context* context, Weighing*& weighing) {
    weighing = static_cast<Weighing*>(api->xGetAuxdata(context, 0));
    if (weighing != nullptr) {
        return SQLITE_OK;
    }
    auto made = std::make_unique<Weighing>();
    if (int code = begin_weighing(api, context, *made); code != SQLITE_OK) {
        return code;
    }
    weighing = made.get();
    return api->xSetAuxdata(context, made.release(), [](void* kept) {
        std::unique_ptr<Weighing>(static_cast<Weighing*>(kept)).reset();
    });
}

int score_row(
    const Fts5ExtensionApi* api,
    Fts5Context* context,
    const std::vector<double>& column_weights,
    double& score
) {
    Weighing* weighing = nullptr;
    if (int code = weighing_of(api, context, weighing); code != SQLITE_OK) {
        return code;
    }
    int places = 0;
    if (int code = api->xInstCount(context, &places); code != SQLITE_OK) {
        return code;
    }
    std::ranges::fill(weighing->found, 0.0);
    for (int place = 0; place < places; ++place) {
        int phrase = 0, column = 0, offset = 0;
        if (int code = api->xInst(context, place, &phrase, &column, &offset); code != SQLITE_OK) {
            return code;
        }
        weighing->found[static_cast<std::size_t>(phrase)] +=
            column_weights[static_cast<std::size_t>(column)];
    }
    int terms = 0;
    if (int code = api->xColumnSize(context, -1, &terms); code != SQLITE_OK) {
        return code;
    }
    const double length =
        k1 * (1 - b + b * static_cast<double>(terms) / weighing->terms_on_average);
    for (std::size_t phrase = 0; phrase < weighing->found.size(); ++phrase) {
        const double found = weighing->found[phrase];
        score += weighing->weight_of_phrase[phrase] * found * (k1 + 1) / (found + length);
    }
    return SQLITE_OK;
}

void answer(
    const Fts5ExtensionApi* api,
    Fts5Context* context,
    sqlite3_context* out,
    int count,
    sqlite3_value** values
) {
    std::vector<double> weights(static_cast<std::size_t>(api->xColumnCount(context)), 1.0);
    for (std::size_t column = 0;
         column < weights.size() && column < static_cast<std::size_t>(count);
         ++column) {
        weights[column] = sqlite3_value_double(values[column]);
    }
    double score = 0;
    if (const int code = score_row(api, context, weights, score); code != SQLITE_OK) {
        sqlite3_result_error_code(out, code);
        return;
    }
    sqlite3_result_double(out, score);
}

}  // namespace
}  // namespace zt::views::impl
