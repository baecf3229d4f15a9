#pragma once
// A script at the level of the store: two hundred transactions with everything that batches hold,
// a real chain, and after each step the digest of all that can be read. What a crash leaves is
// compared with these.

#include "store/store.hpp"

#include <map>
#include <string>
#include <vector>

namespace zt::faults {

struct Step {
    enum class What : std::uint8_t { append, scrub };
    What what = What::append;
    store::Batch batch;
    Seq seq = 0;  ///< of the head after it
};

/// Steps from 1; equal for equal numbers. Some are scrubs, which move the log into the file.
[[nodiscard]] std::vector<Step> make_script(int transactions, int scrub_every);
/// Everything that can be read, in a few bytes. errors: those of the reader, damaged when the chain
/// is not whole.
[[nodiscard]] Result<Hash> digest_of(store::Reader& reader);
/// Runs the steps on a store in memory. out: the digest for each head's seq.
[[nodiscard]] std::map<Seq, Hash> digests_of(const std::vector<Step>& script);

}  // namespace zt::faults
