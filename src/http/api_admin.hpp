#pragma once
// Bodies and answers of administration: accounts, sessions, keys of programs, changes of the
// directory that wait for approval; as described structs (api.hpp).

#include "http/api.hpp"

namespace zt::http::api {

/// Names of people stand sealed in their records; here they are numbers and codes.
struct AccountLine {
    std::int64_t account = 0;
    std::string name;
    Reference person;   ///< name: the code in the directory
    std::string state;  ///< active, must_change, locked, disabled
    bool has_second_factor = false;
    std::int64_t recovery_codes_left = 0, sessions = 0;
    UtcMs made{}, changed{};
};
BOOST_DESCRIBE_STRUCT(
    AccountLine,
    (),
    (account, name, person, state, has_second_factor, recovery_codes_left, sessions, made, changed)
)

struct AccountList {
    std::vector<AccountLine> accounts;
    std::optional<std::int64_t> next;  ///< pass it as `after`
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (accounts, next))

struct MakeAccount {
    std::string name;
    std::string person;  ///< code in the directory
};
BOOST_DESCRIBE_STRUCT(MakeAccount, (), (name, person))

/// Shown once.
struct OneTime {
    std::int64_t account = 0;
    std::string name, password;
    UtcMs until{};
};
BOOST_DESCRIBE_STRUCT(OneTime, (), (account, name, password, until))

struct ResetAccount {
    std::optional<bool> drops_second_factor;  ///< for who lost phone and codes
};
BOOST_DESCRIBE_STRUCT(ResetAccount, (), (drops_second_factor))

struct EndedSessions {
    std::int64_t ended = 0;
};
BOOST_DESCRIBE_STRUCT(EndedSessions, (), (ended))

struct KeyLine {
    std::int64_t key = 0;
    std::string label;
    std::vector<std::string> scopes;
    Reference post;
    UtcMs made{}, until{};
    std::optional<UtcMs> last_used;
    bool is_over = false;
};
BOOST_DESCRIBE_STRUCT(KeyLine, (), (key, label, scopes, post, made, until, last_used, is_over))

struct KeyList {
    std::vector<KeyLine> keys;
    std::vector<Word> scopes;  ///< that a key may have
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (keys, scopes))

struct MakeKey {
    std::string label;
    std::vector<std::string> scopes;
    std::int64_t post = 0;
    UtcMs until{};
};
BOOST_DESCRIBE_STRUCT(MakeKey, (), (label, scopes, post, until))

/// Shown once.
struct MadeKey {
    std::int64_t key = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(MadeKey, (), (key, text))

/// How the duties of the three administrators are filled.
struct Administrators {
    std::string mode;  ///< three, small_place, unsound
    std::vector<Reference> system, security, audit;
};
BOOST_DESCRIBE_STRUCT(Administrators, (), (mode, system, security, audit))

/// Verbs on records of orgs, posts, people and areas, that happen together once approved.
struct PrepareChange {
    std::vector<Deed> deeds;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(PrepareChange, (), (deeds, why))

struct ChangeLine {
    std::int64_t change = 0;
    std::string state, why;
    std::vector<Deed> deeds;
    std::vector<std::string> about;  ///< what each deed changes, as it is called; empty: it is new
    Reference prepared_in;
    std::int64_t prepared_by = 0, closed_by = 0, seq = 0;
    UtcMs prepared{};
    std::optional<UtcMs> closed;
};
BOOST_DESCRIBE_STRUCT(
    ChangeLine,
    (),
    (change, state, why, deeds, about, prepared_in, prepared_by, closed_by, seq, prepared, closed)
)

struct ChangeList {
    std::vector<ChangeLine> changes;
};
BOOST_DESCRIBE_STRUCT(ChangeList, (), (changes))

struct PersonLine {
    std::int64_t id = 0;
    std::string code;
    std::vector<Reference> posts;        ///< that the person acts in today
    std::optional<std::string> account;  ///< sign-in name, for the security administrator
};
BOOST_DESCRIBE_STRUCT(PersonLine, (), (id, code, posts, account))

struct PersonList {
    std::vector<PersonLine> people;
};
BOOST_DESCRIBE_STRUCT(PersonList, (), (people))

/// A post with who acts in it, for who prepares changes.
struct PostRecord {
    std::int64_t id = 0;
    std::string number, org, key, title;
    std::vector<std::string> words;
    std::vector<Reference> leads;
    std::optional<Reference> holder, deputy, secretary;  ///< name: the code
};
BOOST_DESCRIBE_STRUCT(
    PostRecord, (), (id, number, org, key, title, words, leads, holder, deputy, secretary)
)

struct PostRecords {
    std::vector<PostRecord> posts;
    std::optional<std::int64_t> next;
};
BOOST_DESCRIBE_STRUCT(PostRecords, (), (posts, next))

}  // namespace zt::http::api
