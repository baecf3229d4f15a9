#pragma once
// Bodies and answers of signing in and of one's own account, as described structs (api.hpp).

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct SignIn {
    std::string name, password;
    std::optional<std::string> code;  ///< of the authenticator, or a recovery code
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (name, password, code))

/// A post that may be chosen; on_behalf: as deputy or secretary of it.
struct PostOption {
    std::int64_t post = 0, on_behalf = 0;
    std::string title, org;
};
BOOST_DESCRIBE_STRUCT(PostOption, (), (post, on_behalf, title, org))

struct SessionPage {
    std::int64_t session = 0, person = 0, post = 0, on_behalf = 0;
    std::string post_title, org;
    bool must_change_password = false, has_second_factor = false;
    bool is_of_firm = false;  ///< acts for a firm or association: the portal is its place
    std::string csrf;  ///< to be sent as Zhitong-CSRF with each change; told once, at sign-in
    std::vector<PostOption> posts;
};
BOOST_DESCRIBE_STRUCT(
    SessionPage,
    (),
    (session,
     person,
     post,
     on_behalf,
     post_title,
     org,
     must_change_password,
     has_second_factor,
     is_of_firm,
     csrf,
     posts)
)

struct SessionLine {
    std::int64_t session = 0;
    UtcMs made{}, last_used{};
    std::string device;
    bool is_this = false;
};
BOOST_DESCRIBE_STRUCT(SessionLine, (), (session, made, last_used, device, is_this))

struct SessionList {
    std::vector<SessionLine> sessions;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (sessions))

struct ChoosePost {
    std::int64_t post = 0;
    std::optional<std::int64_t> on_behalf;
};
BOOST_DESCRIBE_STRUCT(ChoosePost, (), (post, on_behalf))

struct ChangePassword {
    std::string present, next;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (present, next))

struct Confirm {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Confirm, (), (password))

struct FactorSetUp {
    std::string secret, uri, svg;
};
BOOST_DESCRIBE_STRUCT(FactorSetUp, (), (secret, uri, svg))

struct FactorCode {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(FactorCode, (), (code))

struct FactorSet {
    std::string csrf;
    std::vector<std::string> recovery_codes;
};
BOOST_DESCRIBE_STRUCT(FactorSet, (), (csrf, recovery_codes))

}  // namespace zt::http::api
