#pragma once
// The judge: what the producers were told against what lies in the ledger. Values in, values out,
// so that it is itself tested on histories made by hand.

#include "faults/history.hpp"

#include <map>
#include <string>
#include <vector>

namespace zt::faults {

/// One doing of a submit, as the ledger shows it: the events of one key, parts 0, 1, 2 … each once.
struct Doing {
    Seq last_seq = 0;
    std::string number;    ///< of the matter of part 0
    bool is_whole = true;  ///< its parts have no gap
};
using Doings = std::map<Uuid, std::vector<Doing>>;

/// Collects doings from events in order.
class DoingsReader {
  public:
    struct Row {
        Uuid key;
        std::int32_t part = 0;
        bool is_command = true;  ///< neither a lapse nor the follow-up of another event
        Seq seq = 0;
        std::string number;
    };
    void add(const Row& row);
    [[nodiscard]] const Doings& doings() const { return doings_; }

  private:
    Doings doings_;
    Uuid last_key_;
    std::int32_t last_part_ = -1;  ///< of the doing that is being read
};

struct Verdict {
    std::int64_t ok = 0, failed = 0;
    std::int64_t unknown_done = 0, unknown_not_done = 0;
    std::int64_t lost = 0;       ///< acknowledged and absent, or with another number or event
    std::int64_t twice = 0;      ///< done more often than it was asked for
    std::int64_t refused = 0;    ///< refused, and there all the same
    std::int64_t differing = 0;  ///< one key, two different answers
    std::int64_t torn = 0;       ///< done in part
    std::vector<std::string> examples;  ///< a line for each of the first findings
    [[nodiscard]] bool is_sound() const { return lost + twice + refused + differing + torn == 0; }
};

/// Each history by itself must be in the order in which its producer wrote.
[[nodiscard]] Verdict judge(const std::vector<std::vector<Line>>& histories, const Doings& doings);

}  // namespace zt::faults
