#pragma once

#include "domain/impl/frame.hpp"

namespace zt {

/// What an attaching command does: files into the state, hashes claimed, something sealed so that
/// the matter has a key. errors: those of may_attach, bad_field (no file that our store names),
/// too_many_files, duplicate_claim (the matter has the file; by the writer: another one has it).
[[nodiscard]] Result<void> attach_files(Frame& frame);

/// What a disclosing command does: the file stands open in the state. errors: those of
/// may_disclose.
[[nodiscard]] Result<void> disclose_file(Frame& frame);

}  // namespace zt
