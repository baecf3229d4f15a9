#include "faults/judge.hpp"

#include <algorithm>
#include <optional>

namespace zt::faults {

namespace {

constexpr std::size_t examples_max = 20;

/// All that happened to one key of one credential.
struct Request {
    enum class Last : std::uint8_t { unknown, fail };
    std::vector<Line> oks;
    Last last = Last::unknown;
    bool is_open = false;      ///< asked and not answered yet
    bool may_be_done = false;  ///< asked once without an answer, and nothing has told since
};
using Requests = std::map<std::string, Request>;  // by credential

std::map<Uuid, Requests> requests_of(const std::vector<std::vector<Line>>& histories) {
    std::map<Uuid, Requests> all;
    for (const auto& history : histories) {
        for (const Line& line : history) {
            Request& request = all[line.key][line.credential];
            switch (line.word) {
            case Line::Word::invoke:
                request.may_be_done = request.may_be_done || request.is_open;
                request.is_open = true;
                request.last = Request::Last::unknown;
                break;
            case Line::Word::fail:
                // Turned away before its key was looked at: that tells nothing of an earlier try.
                request.may_be_done = request.may_be_done && line.text == name_of(Errc::overloaded);
                request.is_open = false;
                request.last = request.may_be_done ? Request::Last::unknown : Request::Last::fail;
                break;
            case Line::Word::ok:
                request.is_open = false;
                request.oks.push_back(line);
                break;
            }
        }
    }
    return all;
}

/// What is found about one key.
class KeyJudge {
  public:
    KeyJudge(Verdict& verdict, const Uuid& key, std::vector<Doing> left)
        : verdict_(verdict), key_(to_string(key)), left_(std::move(left)) {}

    void judge(const Requests& requests) {
        std::int64_t unknown = 0;
        for (const auto& [credential, request] : requests) {
            if (!request.oks.empty()) {
                ++verdict_.ok;
                judge_ok(request.oks);
            } else if (request.last == Request::Last::fail) {
                ++verdict_.failed;
                has_failed_ = true;
            } else {
                ++unknown;
            }
        }
        judge_rest(unknown);
    }

  private:
    void judge_ok(const std::vector<Line>& oks) {
        const Line& first = oks.front();
        for (const Line& other : oks) {
            if (other.seq != first.seq || other.text != first.text) {
                note(verdict_.differing, "was answered " + text_of(first) + ", " + text_of(other));
            }
        }
        const auto found = std::ranges::find_if(left_, [&](const Doing& one) {
            return one.last_seq == first.seq && one.number == first.text;
        });
        if (found == left_.end()) {
            note(verdict_.lost, "was acknowledged and is not there: " + text_of(first));
            return;
        }
        if (!found->is_whole) {
            note(verdict_.torn, "was done in part: " + text_of(first));
        }
        left_.erase(found);
    }

    void judge_rest(std::int64_t unknown) {
        const auto left = static_cast<std::int64_t>(left_.size());
        const std::int64_t done = std::min(left, unknown);
        verdict_.unknown_done += done;
        verdict_.unknown_not_done += unknown - done;
        for (const Doing& one : left_) {
            if (!one.is_whole) {
                note(verdict_.torn, "was done in part, " + place_of(one));
            }
        }
        for (std::int64_t i = done; i < left; ++i) {
            const std::string place = place_of(left_[static_cast<std::size_t>(i)]);
            if (has_failed_) {
                note(verdict_.refused, "was refused and is there, " + place);
            } else {
                note(verdict_.twice, "is there once more than asked for, " + place);
            }
        }
    }

    static std::string place_of(const Doing& one) {
        return "event " + std::to_string(one.last_seq) + " of " + one.number;
    }
    void note(std::int64_t& count, const std::string& what) {
        ++count;
        if (verdict_.examples.size() < examples_max) {
            verdict_.examples.push_back(key_ + " " + what);
        }
    }

    Verdict& verdict_;
    std::string key_;
    std::vector<Doing> left_;
    bool has_failed_ = false;
};

}  // namespace

void DoingsReader::add(const Row& row) {
    if (!row.key) {
        last_key_ = Uuid{};
        return;
    }
    auto& list = doings_[row.key];
    const bool begins_again = row.is_command && row.part <= last_part_;
    if (row.key != last_key_ || begins_again) {
        list.emplace_back();
        last_part_ = -1;
    }
    last_key_ = row.key;
    Doing& doing = list.back();
    doing.last_seq = row.seq;
    if (!row.is_command) {
        return;
    }
    doing.is_whole = doing.is_whole && row.part == last_part_ + 1;
    last_part_ = row.part;
    if (row.part == 0) {
        doing.number = row.number;
    }
}

Verdict judge(const std::vector<std::vector<Line>>& histories, const Doings& doings) {
    Verdict verdict;
    const auto requests = requests_of(histories);
    for (const auto& [key, asked] : requests) {
        const auto done = doings.find(key);
        KeyJudge(verdict, key, done == doings.end() ? std::vector<Doing>() : done->second)
            .judge(asked);
    }
    for (const auto& [key, done] : doings) {
        if (!requests.contains(key)) {
            KeyJudge(verdict, key, done).judge({});
        }
    }
    return verdict;
}

}  // namespace zt::faults
