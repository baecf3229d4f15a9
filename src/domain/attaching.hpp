#pragma once
// Files of a matter: which were put to it, by whom, for whose eyes. Pure. The bytes lie sealed
// under the key of the matter (service/files.hpp); here is what the ledger knows of them.
//
// Putting files to a matter is no step of its life: it moves no stage, stops no clock, counts
// nothing. So no kind has a row for it, and it is open to whoever has a part in the matter while it
// is not over: the requester and the author, the office, the units at hand. In the ledger it is a
// note that carries files; whom they are for is fixed with them, as with every note.

#include "domain/permission.hpp"

namespace zt {

/// What the files belong to, which says who sees them.
enum class FilePurpose : std::uint8_t {
    hand_in,  ///< of the requester: seen by whoever may learn who that is, until disclosed
    work,     ///< evidence between units: never seen by the requester
    reply     ///< part of the answer: seen by whoever reads the replies
};
[[nodiscard]] std::string_view name_of(FilePurpose purpose);
[[nodiscard]] std::optional<FilePurpose> parse_file_purpose(std::string_view name);
/// Files of a matter in all: what its row and every event that adds one has to carry.
inline constexpr std::size_t attached_files_max = 100;
/// Files that one command puts to a matter.
inline constexpr std::size_t files_at_once_max = 9;

struct AttachedFile {
    std::int64_t no = 0;          ///< within the matter, from 1
    std::string hash, thumbnail;  ///< SHA-256 of sealed bytes, hex; no thumbnail: empty
    std::string type;             ///< "image/jpeg"
    std::string name;             ///< personal: sealed as file_name_part(no), never in the state
    std::int64_t bytes = 0, width = 0, height = 0;
    bool may_carry_metadata = false, extension_differs = false;
    FilePurpose purpose = FilePurpose::hand_in;
    PostId post;  ///< that put it there; 0: a party
    UtcMs at;
    /// The office found that it does not tell who handed in: seen by whoever reads the text.
    bool is_disclosed = false;
    bool operator==(const AttachedFile&) const = default;
};

/// Name of the field of the command, and of the public field of the state, that holds them.
inline constexpr std::string_view files_field = "files";
inline constexpr std::string_view files_for_field = "files_for";
/// Name of the field of the command that discloses a file: its number.
inline constexpr std::string_view disclosed_field = "file_disclosed";
/// Kind and name under which each hash is claimed for its matter, so that a file names its matter.
inline constexpr std::string_view file_claim = "file";

/// The sealed part that holds the name of a file.
[[nodiscard]] std::string file_name_part(std::int64_t no);

/// in: number, purpose, post and instant are given by decide and left out. An empty list announces
/// files: a matter without any sealed part gets its key by it, under which they can be stored then.
[[nodiscard]] Json files_to_json(const std::vector<AttachedFile>& files);
/// The command that puts files to a matter. in: actor, a post or a party of the matter.
struct Attaching {
    MatterId matter;
    Actor actor;
    FilePurpose purpose = FilePurpose::hand_in;
    std::vector<AttachedFile> files;
};
[[nodiscard]] Command attaching_command(const Attaching& attaching);

[[nodiscard]] bool is_attaching(const Command& command);
[[nodiscard]] bool is_attaching(const Event& event);

/// The command by which the office opens one file of the hand-in to units that may not learn who
/// handed in (SYSTEMS.md, Protection: the unit complained about sees no identity). Like attaching a
/// note in the ledger, and no step of the matter's life. There is no way back: what was seen cannot
/// be taken away. errors, when decided: wrong_role (not of the office), wrong_stage (it is over, or
/// was erased), not_found (no such file of the hand-in), duplicate_claim (it was before).
[[nodiscard]] Command disclosing_command(MatterId matter, const Actor& actor, std::int64_t file);
[[nodiscard]] bool is_disclosing(const Command& command);
[[nodiscard]] bool is_disclosing(const Event& event);
/// In order of number; empty when there are none.
[[nodiscard]] std::vector<AttachedFile> attached_files(const State& state);
[[nodiscard]] bool sees_file(
    const AttachedFile& file, const State& state, const Viewer& viewer, const Context& context
);
/// in: an attaching or disclosing event. out: whether its viewer sees any file that it names.
[[nodiscard]] bool
sees_files_of(const Event& event, const State& state, const Viewer& viewer, const Context& context);
/// errors: wrong_stage (it is over, or was erased), wrong_role (no part in it, or this purpose is
/// not theirs).
[[nodiscard]] Result<void>
may_attach(const State& state, FilePurpose purpose, const Actor& actor, const Context& context);
/// errors: those of disclosing_command.
[[nodiscard]] Result<void>
may_disclose(const State& state, std::int64_t file, const Actor& actor, const Context& context);

}  // namespace zt
