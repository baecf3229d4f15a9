#include "base/seeded_random.hpp"
#include "service/files.hpp"
#include "tests/unit/service/file_samples.hpp"
#include "tests/unit/service/files_world.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

namespace zt::service {
namespace {

using test::noon;
using test::text_of;
using test::World;

TEST(files, a_picture_goes_in_and_comes_out_clean) {
    World world;
    const std::string bytes = test::picture_with_metadata("image/jpeg", 640, 480, 1);
    const StoredFile stored = world.stored(bytes);
    EXPECT_EQ(stored.facts.type, "image/jpeg");
    EXPECT_EQ(stored.facts.name, "门口.jpg");
    const FileReader file = world.files->read(stored.hash, world.key).value();
    EXPECT_EQ(file.facts(), stored.facts);
    EXPECT_EQ(file.thumbnail(), stored.thumbnail);
    const std::string read = file.read(0, file.facts().bytes).value();
    EXPECT_EQ(read.find("CANARY"), std::string::npos);
    EXPECT_EQ(look_at(read, "", all_file_groups()).value().width, 640);
    const FileReader small = world.files->read(stored.thumbnail, world.key).value();
    EXPECT_EQ(small.facts().type, "image/jpeg");
    EXPECT_TRUE(world.files->verify(stored.hash).has_value());
    EXPECT_TRUE(world.files->verify(stored.thumbnail).has_value());
}

TEST(files, nothing_lies_in_the_clear_at_any_time) {
    World world;
    const std::string text = text_of(200'000) + std::string(test::canary);
    const auto holds_any = [&] {
        return world.holds("CANARY") || world.holds("a long letter") || world.holds("王某");
    };
    const UploadId id = world.upload(text, "王某.txt");
    EXPECT_FALSE(holds_any()) << "received";
    ASSERT_TRUE(world.files->finish(id));
    EXPECT_FALSE(holds_any()) << "finished";
    ASSERT_TRUE(world.files->store(id, world.holder(), noon));
    EXPECT_FALSE(holds_any()) << "stored";
    for (const auto& [path, bytes] : world.all()) {
        EXPECT_FALSE(path.ends_with(".key")) << "the upload's key outlived it";
    }
    const UploadId picture = world.upload(test::picture_with_metadata("image/png", 32, 32, 1));
    EXPECT_FALSE(holds_any());
    ASSERT_TRUE(world.files->finish(picture));
    EXPECT_FALSE(holds_any());
}

TEST(files, two_matters_share_no_file_and_no_other_key_opens_one) {
    World world;
    const StoredFile first = world.stored("the same words\n", "a.txt");
    const StoredFile second = world.stored("the same words\n", "a.txt");
    EXPECT_NE(first.hash, second.hash);
    const vault::MatterKey other = vault::MatterKey::make(world.random);
    const Result<FileReader> opened = world.files->read(first.hash, other);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::key_wrong);
    EXPECT_EQ(world.files->read(std::string(64, '0'), world.key).error().code, Errc::not_found);
    EXPECT_EQ(world.files->read("../../ledger.db", world.key).error().code, Errc::bad_value);
}

RC_GTEST_PROP(files, any_split_gives_the_same_file, ()) {
    World world;
    const std::string text = text_of(*rc::gen::inRange<std::size_t>(20, 300'000));
    const auto size = static_cast<std::int64_t>(text.size());
    const UploadId id = world.begin(size, "a.txt").value();
    std::int64_t at = 0;
    for (int piece = 0; at < size; ++piece) {
        const auto wanted = *rc::gen::inRange<std::int64_t>(1, 100'000);
        const std::int64_t count = piece > 20 ? size - at : std::min(wanted, size - at);
        const std::int64_t wrong = at + *rc::gen::element<std::int64_t>(-1, 1, 1'000);
        const UploadProgress refused = world.files->append(id, wrong, "x").value();
        RC_ASSERT(!refused.is_taken);
        RC_ASSERT(refused.received == at);
        const UploadProgress taken =
            world.files
                ->append(
                    id,
                    at,
                    text.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(count))
                )
                .value();
        RC_ASSERT(taken.is_taken);
        at += count;
        RC_ASSERT(taken.received == at);
        if (*rc::gen::inRange(0, 4) == 0) {
            world.reopen();
            RC_ASSERT(world.files->progress(id).value().received == at);
        }
    }
    RC_ASSERT(world.files->finish(id).value().bytes == size);
    world.reopen();
    const StoredFile stored = world.files->store(id, world.holder(), noon).value();
    const FileReader file = world.files->read(stored.hash, world.key).value();
    RC_ASSERT(file.read(0, size).value() == text);
    const auto from = *rc::gen::inRange<std::int64_t>(0, size);
    const auto count = *rc::gen::inRange<std::int64_t>(0, 70'000);
    RC_ASSERT(
        file.read(from, count).value() ==
        text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count))
    );
    RC_ASSERT(file.read(size + 5, 10).value().empty());
}

TEST(files, each_step_may_be_asked_for_again) {
    World world;
    const UploadId id = world.upload(test::picture("image/png", 20, 10));
    const FileFacts facts = world.files->finish(id).value();
    EXPECT_EQ(world.files->finish(id).value(), facts);
    const StoredFile stored = world.files->store(id, world.holder(), noon).value();
    EXPECT_EQ(world.files->store(id, world.holder(), noon).value().hash, stored.hash);
    world.reopen();
    const StoredFile again = world.files->store(id, world.holder(), noon).value();
    EXPECT_EQ(again.hash, stored.hash);
    EXPECT_EQ(again.facts, stored.facts);
    EXPECT_EQ(again.thumbnail, stored.thumbnail);
    EXPECT_EQ(world.files->store(id, world.holder(8), noon).error().code, Errc::bad_value);
    EXPECT_TRUE(world.files->drop(id).has_value());
    EXPECT_TRUE(world.files->drop(id).has_value());
    EXPECT_EQ(world.files->store(id, world.holder(), noon).error().code, Errc::not_found);
}

TEST(files, an_unfinished_upload_is_not_stored) {
    World world;
    const UploadId id = world.begin(10).value();
    EXPECT_EQ(world.files->finish(id).error().code, Errc::incomplete);
    ASSERT_TRUE(world.files->append(id, 0, "0123456789"));
    EXPECT_EQ(world.files->store(id, world.holder(), noon).error().code, Errc::incomplete);
    EXPECT_EQ(world.files->append(id, 10, "x").error().code, Errc::too_large);
}

TEST(files, what_is_refused_leaves_nothing_behind) {
    World world;
    const UploadId id = world.upload("MZ" + std::string(500, '\0'), "a.pdf");
    EXPECT_EQ(world.files->finish(id).error().code, Errc::type_refused);
    EXPECT_EQ(world.files->progress(id).error().code, Errc::not_found);
    EXPECT_TRUE(world.all().empty());
}

TEST(files, limits_of_an_owner_and_of_all_hold) {
    World world;
    UploadRequest request;
    request.owner = "somebody";
    request.limits.bytes_max = 1'000;
    request.limits.files_max = 3;
    request.limits.owner_bytes_max = 2'000;
    const auto begin = [&](std::int64_t bytes) {
        request.bytes = bytes;
        return world.files->begin(request, noon);
    };
    const auto code_of = [&](std::int64_t bytes) { return begin(bytes).error().code; };
    EXPECT_EQ(code_of(0), Errc::bad_value);
    EXPECT_EQ(code_of(1'001), Errc::too_large);
    ASSERT_TRUE(begin(1'000));
    ASSERT_TRUE(begin(900));
    EXPECT_EQ(code_of(101), Errc::too_large) << "together";
    ASSERT_TRUE(begin(100));
    request.limits.owner_bytes_max = 10'000;
    EXPECT_EQ(code_of(1), Errc::too_many_files);
    request.owner = "another";
    request.files_held = 3;
    EXPECT_EQ(code_of(1), Errc::too_many_files) << "held already";
    request.files_held = 0;
    world.quota.uploads_max = 3;
    world.reopen();
    EXPECT_EQ(code_of(1), Errc::overloaded);
}

TEST(files, a_flood_of_tiny_pieces_is_refused) {
    World world;
    const UploadId id = world.begin(1'000'000).value();
    std::int64_t at = 0;
    Result<UploadProgress> progress = UploadProgress{};
    while (progress && at <= pieces_max) {
        progress = world.files->append(id, at++, "x");
    }
    ASSERT_FALSE(progress);
    EXPECT_EQ(progress.error().code, Errc::too_large);
    EXPECT_EQ(world.files->progress(id).value().received, pieces_max);
}

TEST(files, every_changed_or_missing_byte_is_noticed) {
    World world;
    const StoredFile stored = world.stored(text_of(70'000), "a.txt");
    const std::string path = world.path_of(stored.hash);
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
    const auto is_whole = [&] {
        Result<FileReader> file = world.files->read(stored.hash, world.key);
        return file && file->read(0, file->facts().bytes).has_value();
    };
    SeededRandom random(5);
    for (int round = 0; round < 300; ++round) {
        const auto at = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(size)));
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(at);
        const char before = static_cast<char>(file.get());
        file.seekp(at);
        file.put(static_cast<char>(before ^ (1 << random.below(8))));
        file.flush();
        EXPECT_FALSE(is_whole()) << at;
        EXPECT_EQ(world.files->verify(stored.hash).error().code, Errc::damaged) << at;
        file.seekp(at);
        file.put(before);
    }
    EXPECT_TRUE(is_whole());
    std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size - 1));
    EXPECT_FALSE(is_whole());
    std::filesystem::remove(path);
    EXPECT_EQ(world.files->verify(stored.hash).error().code, Errc::not_found);
}

TEST(files, the_sweep_takes_what_is_old_and_unused) {
    World world;
    const StoredFile used = world.stored("used\n", "a.txt");
    const StoredFile unused = world.stored("unused\n", "a.txt");
    const UploadId id = world.upload("on its way\n", "a.txt");
    const auto is_used = [&](const std::string& hash) { return hash == used.hash; };
    const auto after = [&](int hours) {
        return world.files->sweep(noon + std::chrono::hours(hours), is_used).value();
    };
    EXPECT_EQ(after(23).uploads, 0);
    EXPECT_EQ(after(23).files, 0);
    EXPECT_TRUE(world.files->progress(id).has_value());
    const Files::Swept swept = after(25);
    EXPECT_EQ(swept.files, 1);
    EXPECT_GE(swept.uploads, 1);
    EXPECT_EQ(world.files->progress(id).error().code, Errc::not_found);
    EXPECT_TRUE(world.files->verify(used.hash).has_value());
    EXPECT_EQ(world.files->verify(unused.hash).error().code, Errc::not_found);
    EXPECT_EQ(world.all().size(), 1U) << "nothing of the uploads is left";
}

TEST(files, a_torn_piece_is_sent_again) {
    World world;
    const std::string text = text_of(50'000);
    const UploadId id = world.begin(50'000, "a.txt").value();
    ASSERT_TRUE(world.files->append(id, 0, text.substr(0, 20'000)));
    ASSERT_TRUE(world.files->append(id, 20'000, text.substr(20'000, 20'000)));
    const std::string path = world.folder + "/uploads/" + to_string(id) + ".bytes";
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 7);
    world.reopen();
    ASSERT_EQ(world.files->progress(id).value().received, 20'000);
    ASSERT_TRUE(world.files->append(id, 20'000, text.substr(20'000)).value().is_taken);
    ASSERT_TRUE(world.files->finish(id));
    const StoredFile stored = world.files->store(id, world.holder(), noon).value();
    const FileReader file = world.files->read(stored.hash, world.key).value();
    EXPECT_EQ(file.read(0, 50'000).value(), text);
}

TEST(files, uploads_under_another_master_key_are_nobodys) {
    World world;
    const UploadId id = world.upload("words\n", "a.txt");
    world.master = vault::MasterKey::make(world.random);
    world.reopen();
    EXPECT_EQ(world.files->progress(id).error().code, Errc::not_found);
    EXPECT_TRUE(world.files->drop(id).has_value());
    EXPECT_TRUE(world.all().empty());
}

TEST(files, many_threads_at_a_time) {
    World world;
    std::vector<std::thread> threads;
    std::vector<std::string> hashes(4);
    for (std::size_t number = 0; number < hashes.size(); ++number) {
        threads.emplace_back([&world, &hashes, number] {
            UploadRequest request;
            request.owner = std::to_string(number);
            request.name = "a.txt";
            const std::string text = text_of(50'000 + number);
            request.bytes = static_cast<std::int64_t>(text.size());
            const UploadId id = world.files->begin(request, noon).value();
            EXPECT_TRUE(world.files->append(id, 0, text).value().is_taken);
            EXPECT_TRUE(world.files->finish(id).has_value());
            hashes[number] = world.files->store(id, world.holder(), noon).value().hash;
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const std::string& hash : hashes) {
        EXPECT_TRUE(world.files->verify(hash).has_value());
    }
}

TEST(upload_id, is_read_as_it_is_written) {
    const UploadId id{{1, 2, 0xAB}};
    EXPECT_EQ(parse_upload_id(to_string(id)).value(), id);
    EXPECT_FALSE(parse_upload_id("../x"));
    EXPECT_FALSE(parse_upload_id(std::string(31, '0')));
    EXPECT_FALSE(parse_upload_id(std::string(32, 'G')));
}

}  // namespace
}  // namespace zt::service
