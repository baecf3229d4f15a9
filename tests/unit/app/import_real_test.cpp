// The shipped maps on the real files, where they lie beside the project. The numbers expected were
// counted from the files by another program, in another language, with the holidays of
// shared/data/cn_calendar.

#include "app/import/importer.hpp"
#include "base/text.hpp"
#include "build/story.hpp"
#include "unit/app/scratch.hpp"

#include <gtest/gtest.h>

namespace zt::app {
namespace {

using test::Scratch;

const std::string data_folder = ZT_SOURCE_DIR "/../shared/data/";

kindfile::ImportMap shipped(const std::string& name) {
    const auto text =
        kindfile::read_text_file(std::string(ZT_SOURCE_DIR) + "/maps/" + name + ".yaml");
    return kindfile::read_map_file(text.value_or(""), name + ".yaml")
        .value_or(kindfile::ImportMap{});
}

class Imported {
  public:
    Imported(const Scratch& scratch, const std::string& map, const std::string& input) {
        ImportOptions options;
        options.input = input;
        options.rejects = scratch.file("rejected.jsonl");
        options.now = story_.now();
        auto summary = import_rows(story_.ledger(), shipped(map), options, {});
        EXPECT_TRUE(summary) << to_string(summary.error());
        summary_ = summary.value_or(ImportSummary{});
        table_ = story_.figures().table({}).value_or(views::FigureTable{});
    }
    /// "12", or "12/20" of a rate.
    [[nodiscard]] std::string figure(std::string_view name) const {
        for (const auto& [one, value] : table_.rows.at(0).values) {
            if (one == name) {
                return value.form == IndicatorForm::rate ? value.numerator + "/" + value.denominator
                                                         : value.count;
            }
        }
        return "no such figure";
    }
    [[nodiscard]] std::map<std::string, std::string> by_category(std::string_view name) {
        views::FigureQuery query;
        query.by = {"category"};
        std::map<std::string, std::string> counts;
        const auto table = story_.figures().table(query).value_or(views::FigureTable{});
        for (const auto& row : table.rows) {
            for (const auto& [one, value] : row.values) {
                if (one == name) {
                    counts[row.by.at(0).second] = value.count;
                }
            }
        }
        return counts;
    }
    [[nodiscard]] const ImportSummary& summary() const { return summary_; }

  private:
    build::Story story_;
    ImportSummary summary_;
    views::FigureTable table_;
};

TEST(import_real, all_2288_messages_are_answered_as_counted_by_hand) {
    const std::string file = data_folder + "teddycup2020c/dev/a4_replies.jsonl.gz";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not here";
    }
    const Scratch scratch;
    const Imported messages(scratch, "messages", file);
    EXPECT_EQ(messages.summary().imported, 2288);
    EXPECT_EQ(messages.summary().rejected, 0);
    EXPECT_EQ(messages.figure("accepted"), "2288");
    EXPECT_EQ(messages.figure("closed"), "2288");
    EXPECT_EQ(messages.figure("in_progress"), "0");
    EXPECT_EQ(messages.figure("answered_within_5wd"), "874/2288");
    EXPECT_EQ(messages.figure("answered_within_10wd"), "1406/2288");
    EXPECT_EQ(messages.figure("answered_within_15wd"), "1694/2288");
}

TEST(import_real, all_1150_orders_are_answered_as_counted_by_hand) {
    const std::string file = data_folder + "fuzhou12345/dev/orders.jsonl.gz";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not here";
    }
    const Scratch scratch;
    const Imported orders(scratch, "orders", file);
    EXPECT_EQ(orders.summary().imported, 1150);
    EXPECT_EQ(orders.summary().estimated, 4230) << "the sum of 转处理次数";
    EXPECT_EQ(orders.figure("answered_within_5wd"), "837/1150");
    EXPECT_EQ(orders.figure("answered_within_10wd"), "1074/1150");
    EXPECT_EQ(orders.figure("answered_within_15wd"), "1117/1150");
}

TEST(import_real, all_337_proposals_are_filed_in_the_14_classes_as_counted_by_hand) {
    const std::string file = data_folder + "jiangsu_cppcc2019/dev/proposals.jsonl.gz";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not here";
    }
    const Scratch scratch;
    Imported proposals(scratch, "proposals", file);
    EXPECT_EQ(proposals.summary().imported, 337);
    EXPECT_EQ(proposals.summary().rejected, 0);
    EXPECT_EQ(proposals.figure("acceptance_rate"), "337/337");
    EXPECT_EQ(proposals.figure("in_progress"), "337");
    const std::map<std::string, std::string> counted{
        {"politics", "14"},
        {"economy", "39"},
        {"finance", "10"},
        {"industry", "26"},
        {"farming", "3"},
        {"town", "18"},
        {"environment", "21"},
        {"science", "18"},
        {"education", "47"},
        {"culture", "27"},
        {"health", "39"},
        {"society", "58"},
        {"law", "14"},
        {"unity", "3"}
    };
    EXPECT_EQ(proposals.by_category("accepted"), counted);
}

TEST(import_real, the_first_1500_service_requests_meet_their_own_due_dates_as_counted_by_hand) {
    const std::string file = data_folder + "us311/baltimore_311_sample.csv.gz";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << file << " is not here";
    }
    // All 10,000 rows go through the map; 1,500 into a ledger, for time.
    const auto map = shipped("us311");
    const auto rows = open_rows({file, kindfile::RowFormat::csv});
    ASSERT_TRUE(rows);
    std::string first = "";
    int count = 0;
    for (auto row = (*rows)->next(); row && *row; row = (*rows)->next(), ++count) {
        EXPECT_TRUE(plan_row(map, **row)) << (*row)->line;
        if (count == 0) {
            first = join(*(*row)->columns, ",") + "\n";
        }
        first += count < 1500 ? (*row)->text + "\n" : "";
    }
    EXPECT_EQ(count, 10'000);
    const Scratch scratch;
    const Imported requests(scratch, "us311", scratch.write("first.csv", first));
    EXPECT_EQ(requests.summary().imported, 1500);
    EXPECT_EQ(requests.figure("closed"), "1428");
    EXPECT_EQ(requests.figure("closed_on_time"), "1153");
    EXPECT_EQ(requests.figure("ended"), "36");
}

}  // namespace
}  // namespace zt::app
