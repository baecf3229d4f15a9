#pragma once
// What every benchmark needs: options, a stop watch, and its figures as one JSON object a line.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::bench {

struct Options {
    std::string dir;  ///< scratch folder on the disk to be measured
    std::int64_t count = 20'000;
    int producers = 64;
    int rounds = 7;
};

class Watch {
  public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

  private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// Figures in the order they were added; printed as one line.
class Figures {
  public:
    Figures& add(std::string_view name, double value);
    Figures& add(std::string_view name, const std::string& text);  ///< needs no escapes
    Figures& add(std::string_view name, const std::vector<double>& values);
    void print() const;

  private:
    std::string text_;
};

/// 0 … 1; the values need not be sorted.
[[nodiscard]] double quantile(std::vector<double> values, double share);
/// Resident memory of this process, bytes.
[[nodiscard]] std::int64_t resident_bytes();
/// Bytes of all files below a folder.
[[nodiscard]] std::int64_t disk_bytes(const std::string& folder);

void run_intake(const Options& options);       ///< hand-ins beside bare SQLite and a bare append
void run_latency(const Options& options);      ///< hand-ins at a given rate; count is the rate
void run_follow_ups(const Options& options);   ///< verbs on random matters of `count` open ones
void run_clocks(const Options& options);       ///< `count` running clocks spread over an hour
void run_burst(const Options& options);        ///< `count` clocks due at one instant
void run_lives(const Options& options);        ///< `count` whole lives of twelve events
void run_stats(const Options& options);        ///< tables over the facts of `count` lives
void run_scores(const Options& options);       ///< a year of scores over `count` matters
void run_topics(const Options& options);       ///< topics of `count` messages
void run_opinions(const Options& options);     ///< groups of `count` people, 500 statements
void run_search(const Options& options);       ///< words and likeness over `count` messages
void run_reading(const Options& options);      ///< replay, verify, hash of what lies there
void run_http(const Options& options);         ///< hand-ins over HTTP, Beast alone, idle ones
void run_overload(const Options& options);     ///< ten times what it takes, for `count` seconds
void run_pages(const Options& options);        ///< pages of the desk at `count` open matters
void run_restart(const Options& options);      ///< starting on what lies there
void run_large_place(const Options& options);  ///< desk pages at `count` orgs and areas ÷ at 60
void run_rounds_of_records(const Options& options);  ///< a month of rounds over `count` records

}  // namespace zt::bench
