#include "base/hash.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

namespace zt {
namespace {

TEST(hash, sha256_gives_the_published_vectors) {  // source: FIPS 180-4, NIST examples
    const auto of = [](std::string_view bytes) {
        return to_hex(hash_of(HashAlgorithm::sha256, bytes));
    };
    EXPECT_EQ(of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
    EXPECT_EQ(
        of(std::string(1'000'000, 'a')),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

TEST(hash, sm3_gives_the_published_vectors) {  // source: GB/T 32905-2016, appendix A
    const auto of = [](std::string_view bytes) {
        return to_hex(hash_of(HashAlgorithm::sm3, bytes));
    };
    EXPECT_EQ(of("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int turn = 0; turn < 16; ++turn) {
        sixteen_times += "abcd";
    }
    EXPECT_EQ(
        of(sixteen_times), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    );
}

TEST(hash, keyed_hash_gives_the_published_vectors) {  // source: RFC 4231, test cases 1, 2, 6
    EXPECT_EQ(
        to_hex(keyed_hash(std::string(20, '\x0b'), "Hi There")),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    EXPECT_EQ(
        to_hex(keyed_hash("Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    EXPECT_EQ(
        to_hex(keyed_hash(
            std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"
        )),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

RC_GTEST_PROP(hash, parts_hash_as_if_they_stood_together, (const std::vector<std::string>& parts)) {
    std::string whole;
    std::vector<std::string_view> views;
    for (const std::string& part : parts) {
        whole += part;
        views.emplace_back(part);
    }
    for (const HashAlgorithm algorithm : {HashAlgorithm::sha256, HashAlgorithm::sm3}) {
        RC_ASSERT(hash_of(algorithm, views) == hash_of(algorithm, whole));
    }
}

TEST(hash, threads_do_not_disturb_each_other) {
    const std::string text(10'000, 'x');
    const Hash expected = hash_of(HashAlgorithm::sha256, text);
    std::array<bool, 4> agrees{};
    {
        std::vector<std::jthread> threads;
        for (bool& result : agrees) {
            threads.emplace_back([&] {
                result = true;
                for (int turn = 0; turn < 20; ++turn) {
                    result = result && hash_of(HashAlgorithm::sha256, text) == expected;
                }
            });
        }
    }
    EXPECT_EQ(agrees, (std::array{true, true, true, true}));
}

}  // namespace
}  // namespace zt
