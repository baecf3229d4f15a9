// Which machines the program may speak to, and how a contact is read.

#include "connect/address.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <cstring>

namespace zt::connect {
namespace {

bool is_public_text(const char* text) {
    AddressV4 v4{};
    AddressV6 v6{};
    if (inet_pton(AF_INET, text, v4.data()) == 1) {
        return is_public(v4);
    }
    EXPECT_EQ(inet_pton(AF_INET6, text, v6.data()), 1) << text;
    return is_public(v6);
}

TEST(address, of_this_house_or_of_nobody_is_refused) {
    for (const char* const text :
         {"0.0.0.0",
          "10.0.0.1",
          "10.255.255.255",
          "100.64.0.1",
          "127.0.0.1",
          "127.255.255.254",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.8",
          "192.0.2.1",
          "192.168.1.1",
          "198.18.0.1",
          "198.51.100.7",
          "203.0.113.9",
          "224.0.0.1",
          "240.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::127.0.0.1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "::ffff:169.254.169.254",
          "64:ff9b::10.0.0.1",
          "64:ff9b:1::1",
          "2002:7f00:1::",
          "2002:a00:1::1",
          "2001::1",
          "2001:db8::1",
          "fc00::1",
          "fd00:ec2::254",
          "fe80::1",
          "ff02::1"}) {
        EXPECT_FALSE(is_public_text(text)) << text;
    }
}

TEST(address, beside_the_closed_blocks_is_public) {
    for (const char* const text :
         {"1.1.1.1",        "9.255.255.255",    "11.0.0.0",        "100.63.255.255",
          "100.128.0.0",    "126.1.1.1",        "128.0.0.1",       "169.253.1.1",
          "172.15.255.255", "172.32.0.0",       "192.167.1.1",     "192.169.0.1",
          "198.17.1.1",     "198.20.0.1",       "223.255.255.254", "2400:3200::1",
          "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1", "2001:200::1"}) {
        EXPECT_TRUE(is_public_text(text)) << text;
    }
}

TEST(contact, of_a_mobile_takes_sms_of_an_at_mail_and_all_else_a_call) {
    using views::Way;
    EXPECT_EQ(reach_of("13900000001"), (Reach{Way::sms, "13900000001"}));
    EXPECT_EQ(reach_of(" +86 139-0000-0001 "), (Reach{Way::sms, "13900000001"}));
    EXPECT_EQ(reach_of("wang@example.cn"), (Reach{Way::mail, "wang@example.cn"}));
    for (const char* const text :
         {"",
          "0734-8221234",
          "12345",
          "12300000000",
          "村口小卖部",
          "wang@",
          "@example.cn",
          "a@b",
          "a@@b.cn",
          "13900000001\r\nBcc: x@y.cn",
          "a@b.cn\r\nRCPT TO:<x@y.cn>",
          "a@b.cn>,<x@y.cn",
          "139000000011"}) {
        EXPECT_EQ(reach_of(text), Reach{}) << text;
    }
}

}  // namespace
}  // namespace zt::connect
