#pragma once
// Bodies and answers of firms and associations: who is bound, and what they handed in; as described
// structs (api.hpp).

#include "http/api_admin.hpp"
#include "http/codec.hpp"

namespace zt::http::api {

/// Somebody to be bound. `account` is the name to sign in by; who has it already is bound again.
struct BindPerson {
    std::string name, account;
    std::optional<std::string> contact;
    std::optional<bool> is_administrator;
    std::optional<Date> from, until;  ///< until: the day on which it holds no more
};
BOOST_DESCRIBE_STRUCT(BindPerson, (), (name, account, contact, is_administrator, from, until))
constexpr auto field_rows(const BindPerson*) {
    return std::array{
        FieldRow{.name = "name", .min = 1, .max = 40},
        // The code of the person is credit code, point and account, of 40 characters at most.
        FieldRow{.name = "account", .min = 3, .max = 21},
        FieldRow{.name = "contact", .max = 40},
    };
}

struct NewFirm {
    std::string credit_code, name;
    std::optional<bool> is_association;
    BindPerson administrator;
};
BOOST_DESCRIBE_STRUCT(NewFirm, (), (credit_code, name, is_association, administrator))
constexpr auto field_rows(const NewFirm*) {
    return std::array{
        FieldRow{.name = "credit_code", .min = 1, .max = 18},
        FieldRow{.name = "name", .min = 1, .max = 60},
    };
}

/// The password is shown once; empty where the account was in use before and stays as it is.
struct Bound {
    std::string account, password;
    std::optional<UtcMs> until;  ///< of the password
};
BOOST_DESCRIBE_STRUCT(Bound, (), (account, password, until))

struct EndBinding {
    std::optional<Date> until;  ///< the day on which it holds no more; left out: today
};
BOOST_DESCRIBE_STRUCT(EndBinding, (), (until))

struct FirmPerson {
    std::int64_t post = 0;
    std::string name, account;
    bool is_administrator = false, is_self = false;
    Date from{};
    std::optional<Date> until;
};
BOOST_DESCRIBE_STRUCT(FirmPerson, (), (post, name, account, is_administrator, is_self, from, until))

struct FirmPage {
    std::string credit_code, name;
    bool is_association = false, is_administrator = false;
    std::vector<FirmPerson> people;  ///< bound today or later; told to administrators
};
BOOST_DESCRIBE_STRUCT(FirmPage, (), (credit_code, name, is_association, is_administrator, people))

struct FirmLine {
    std::string credit_code, name;
    bool is_association = false;
    Date from{};
    std::int64_t administrators = 0, agents = 0;  ///< bound today
};
BOOST_DESCRIBE_STRUCT(
    FirmLine, (), (credit_code, name, is_association, from, administrators, agents)
)

struct FirmList {
    std::vector<FirmLine> firms;
};
BOOST_DESCRIBE_STRUCT(FirmList, (), (firms))

}  // namespace zt::http::api
