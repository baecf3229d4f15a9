// Files over HTTP: sent in pieces, put to a matter, fetched by those who may.

#include "app/program.hpp"
#include "service/matter_files.hpp"
#include "tests/http/papers_place.hpp"

#include <filesystem>

namespace zt::http::test {
namespace {

/// Four pixels.
constexpr std::string_view small_png =
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a730000001249444154789c63f8cf"
    "0004ff41e8ffffff001fee05fb6ddccead0000000049454e44ae426082";
/// A header that claims 60,000 by 60,000.
constexpr std::string_view huge_png =
    "89504e470d0a1a0a0000000d494844520000ea600000ea6008020000000fb0e2150000000c49444154789c6360a0"
    "3d00000064000186643c350000000049454e44ae426082";

std::string from_hex(std::string_view digits) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
        bytes += static_cast<char>(std::stoi(std::string(digits.substr(at, 2)), nullptr, 16));
    }
    return bytes;
}

std::string letter(std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        text += "a line of a long letter " + std::to_string(text.size()) + "\n";
    }
    text.resize(bytes);
    return text;
}

class Attachments : public PapersPlace {
  protected:
    Attachments() : PapersPlace("attachments") {}

    static constexpr std::string_view portal = "/api/v1/portal/uploads";
    static constexpr std::string_view desk = "/api/v1/uploads";

    Heard begin(
        std::string_view at, const std::string& fields, const std::string& name, std::size_t bytes
    ) {
        return post(
            std::string(at),
            fields,
            to_canonical(Json::object().set("name", name).set("bytes", static_cast<int>(bytes)))
        );
    }
    Heard piece(
        std::string_view at, const std::string& id, std::size_t offset, const std::string& bytes
    ) {
        return put(
            std::string(at) + "/" + id + "?offset=" + std::to_string(offset),
            fields_,
            bytes,
            "application/octet-stream"
        );
    }
    Heard finish(std::string_view at, const std::string& id) {
        return post(std::string(at) + "/" + id + "/finish", fields_, "");
    }
    /// The id of an upload that has all its bytes.
    std::string sent(std::string_view at, const std::string& name, const std::string& bytes) {
        const Heard begun = begin(at, fields_, name, bytes.size());
        EXPECT_EQ(begun.status, 201) << begun.body;
        const std::string id = body_of(begun)["id"].as_string();
        EXPECT_EQ(piece(at, id, 0, bytes).status, 200);
        return id;
    }
    std::string finished(std::string_view at, const std::string& name, const std::string& bytes) {
        const std::string id = sent(at, name, bytes);
        const Heard heard = finish(at, id);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return id;
    }
    Heard put_to(
        const std::string& path,
        const std::string& fields,
        const std::string& id,
        int key_number,
        const std::string& more = ""
    ) {
        return post(
            path + "/files", fields + key(key_number), "{\"uploads\":[\"" + id + "\"]" + more + "}"
        );
    }

    std::string fields_;  ///< of whoever sends
};

TEST_F(Attachments, a_letter_goes_with_a_hand_in_and_comes_back_whole_or_in_part) {
    serve({});
    const Receipt receipt = hand_in(1);
    const std::string text = letter(700'000);
    const std::string id = finished(portal, "证明.txt", text);
    const Heard put = put_to(receipt.portal(), receipt.fields(), id, 2);
    ASSERT_EQ(put.status, 201) << put.body;
    const Json file = body_of(put)["files"].as_array().at(0);
    EXPECT_EQ(file["name"].as_string(), "证明.txt");
    EXPECT_EQ(file["purpose"].as_string(), "hand_in");
    const Heard again = put_to(receipt.portal(), receipt.fields(), id, 2);
    EXPECT_EQ(again.status, 200) << "a retry puts nothing twice: " << again.body;
    EXPECT_EQ(body_of(again)["files"].as_array().size(), 1U);

    const std::string path = receipt.portal() + "/files/1";
    const Heard whole = stream(path, receipt.fields());
    ASSERT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body, text);
    EXPECT_EQ(whole.field("content-type"), "text/plain");
    EXPECT_TRUE(whole.field("content-disposition").starts_with("attachment; "));
    EXPECT_EQ(whole.field("x-content-type-options"), "nosniff");
    EXPECT_NE(whole.field("content-security-policy").find("sandbox"), std::string::npos);
    EXPECT_EQ(whole.field("cache-control"), "private, no-store");

    const Heard part = stream(path, receipt.fields() + "Range: bytes=65530-65545\r\n");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.field("content-range"), "bytes 65530-65545/700000");
    EXPECT_EQ(part.body, text.substr(65'530, 16));
    const Heard last = stream(path, receipt.fields() + "Range: bytes=-5\r\n");
    EXPECT_EQ(last.body, text.substr(text.size() - 5));
    const Heard beyond = stream(path, receipt.fields() + "Range: bytes=700000-\r\n");
    EXPECT_EQ(beyond.status, 416);
    EXPECT_EQ(beyond.field("content-range"), "bytes */700000");

    const Json page = body_of(get(receipt.portal(), receipt.fields()));
    EXPECT_EQ(page["files"].as_array().size(), 1U);
    EXPECT_EQ(get(path, "Zhitong-Code: 0000-0000-0000-0000-0000-0000\r\n").status, 401);
}

TEST_F(Attachments, an_upload_goes_on_after_a_restart_and_a_wrong_offset_is_told_the_right_one) {
    serve({});
    const std::string text = letter(3'000);
    const Heard begun = begin(portal, "", "a.txt", text.size());
    const std::string id = body_of(begun)["id"].as_string();
    EXPECT_EQ(piece(portal, id, 0, text.substr(0, 1'000)).status, 200);
    restart();
    const Json state = body_of(get(std::string(portal) + "/" + id, ""));
    EXPECT_EQ(state["received"].as_int(), 1'000);
    const Heard wrong = piece(portal, id, 2'000, text.substr(2'000));
    EXPECT_EQ(wrong.status, 409);
    EXPECT_FALSE(body_of(wrong)["is_taken"].as_bool());
    EXPECT_EQ(body_of(wrong)["received"].as_int(), 1'000);
    EXPECT_EQ(finish(portal, id).status, 409) << "not whole yet";
    EXPECT_EQ(piece(portal, id, 1'000, text.substr(1'000)).status, 200);
    const Heard done = finish(portal, id);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(body_of(done)["type"].as_string(), "text/plain");
    restart();
    const Receipt receipt = hand_in(1);
    EXPECT_EQ(put_to(receipt.portal(), receipt.fields(), id, 2).status, 201);
    EXPECT_EQ(stream(receipt.portal() + "/files/1", receipt.fields()).body, text);
}

TEST_F(Attachments, what_may_do_harm_is_refused_and_gone) {
    serve({});
    const auto refused = [&](const std::string& name, const std::string& bytes) {
        const std::string id = sent(portal, name, bytes);
        const Heard heard = finish(portal, id);
        EXPECT_EQ(get(std::string(portal) + "/" + id, "").status, 404) << name;
        return body_of(heard)["code"].as_string() + std::to_string(heard.status);
    };
    EXPECT_EQ(refused("big.png", from_hex(huge_png)), "too_large413");
    EXPECT_EQ(
        refused(
            "run.txt",
            "\x7f"
            "ELF" +
                letter(200)
        ),
        "type_refused415"
    );
    EXPECT_EQ(refused("page.html", "<html><script>alert(1)</script></html>"), "type_refused415");
    EXPECT_EQ(refused("cut.png", from_hex(small_png.substr(0, 90))), "bad_file400");
    EXPECT_EQ(begin(portal, "", "a.txt", 100'000'000).status, 413);
    EXPECT_EQ(post(std::string(portal), "", R"({"name":"a","bytes":0})").status, 400);
    const std::string id = sent(portal, "a.txt", letter(100));
    EXPECT_EQ(piece(portal, id, 100, "one more").status, 413) << "more than was declared";
    EXPECT_EQ(put(std::string(portal) + "/" + id + "?offset=0", "", "{}").status, 415)
        << "JSON is no piece";
    EXPECT_EQ(remove(std::string(portal) + "/" + id, "").status, 204);
    EXPECT_EQ(remove(std::string(portal) + "/" + id, "").status, 204) << "gone is gone";
}

TEST_F(Attachments, each_sees_the_files_that_are_for_their_eyes) {
    serve(
        {{"clerk", "office", "clerk"},
         {"power", "供电公司", "handler"},
         {"land", "自然资源局", "handler"}}
    );
    const Receipt receipt = hand_in(1);
    const SessionFields clerk = sign_in("clerk"), power = sign_in("power"), land = sign_in("land");
    assign(clerk, receipt, 2);

    fields_ = power.fields();
    const std::string photo = finished(desk, "现场.png", from_hex(small_png));
    EXPECT_EQ(put_to(receipt.desk(), clerk.fields(), photo, 3, R"(,"purpose":"work")").status, 404)
        << "another's upload";
    EXPECT_EQ(put_to(receipt.desk(), power.fields(), photo, 3).status, 400)
        << "for whom it is must be said";
    EXPECT_EQ(
        put_to(receipt.desk(), power.fields(), photo, 3, R"(,"purpose":"hand_in")").status, 403
    );
    EXPECT_EQ(put_to(receipt.desk(), land.fields(), photo, 3, R"(,"purpose":"work")").status, 404)
        << "no part in it";
    const Heard put = put_to(
        receipt.desk(),
        power.fields(),
        photo,
        3,
        R"(,"purpose":"work","deeds":[{"verb":"sign_for","fields":{}}])"
    );
    ASSERT_EQ(put.status, 201) << put.body;
    const Json page = body_of(get(receipt.desk(), clerk.fields()));
    EXPECT_EQ(page["hands"].as_array().at(0)["state"].as_string(), "signed_for")
        << "files and step in one";
    ASSERT_EQ(page["files"].as_array().size(), 1U);
    EXPECT_EQ(page["files"].as_array().at(0)["unit"].as_string(), "县供电公司");
    EXPECT_TRUE(page["files"].as_array().at(0)["has_thumbnail"].as_bool());

    const Heard small = get(receipt.desk() + "/files/1/thumbnail", clerk.fields());
    EXPECT_EQ(small.status, 200);
    EXPECT_EQ(small.field("content-type"), "image/jpeg");
    EXPECT_FALSE(small.field("zhitong-watermark").empty());
    EXPECT_EQ(stream(receipt.desk() + "/files/1", clerk.fields()).status, 200);
    EXPECT_EQ(get(receipt.desk() + "/files/1", land.fields()).status, 404);
    EXPECT_EQ(get(receipt.portal() + "/files/1", receipt.fields()).status, 404)
        << "work between units is no business of the requester";
    EXPECT_TRUE(body_of(get(receipt.portal(), receipt.fields()))["files"].as_array().empty());

    const std::string answer = finished(desk, "答复.txt", letter(300));
    EXPECT_EQ(
        put_to(receipt.desk(), power.fields(), answer, 4, R"(,"purpose":"reply")").status, 201
    );
    EXPECT_EQ(stream(receipt.portal() + "/files/2", receipt.fields()).body, letter(300));
}

TEST_F(Attachments, the_unit_complained_about_sees_a_photo_only_when_the_office_disclosed_it) {
    serve({{"clerk", "office", "clerk"}, {"power", "供电公司", "handler"}});
    const Receipt receipt = hand_in(1, R"("purpose":"complaint",)");
    const SessionFields clerk = sign_in("clerk"), power = sign_in("power");
    const std::string photo = finished(portal, "我家门口.png", from_hex(small_png));
    ASSERT_EQ(put_to(receipt.portal(), receipt.fields(), photo, 2).status, 201);
    assign(clerk, receipt, 3);

    const std::string file = receipt.desk() + "/files/1";
    const auto told = [&](const SessionFields& who) {
        return get(receipt.desk(), who.fields()).body +
               get(receipt.desk() + "/files", who.fields()).body +
               get(receipt.desk() + "/timeline", who.fields()).body;
    };
    EXPECT_NE(told(clerk).find("我家门口"), std::string::npos);
    EXPECT_EQ(stream(file, clerk.fields()).status, 200);
    EXPECT_EQ(told(power).find("我家门口"), std::string::npos) << told(power);
    EXPECT_EQ(told(power).find("附件"), std::string::npos) << "not even that there is one";
    EXPECT_EQ(stream(file, power.fields()).status, 404);
    EXPECT_EQ(get(file + "/thumbnail", power.fields()).status, 404);

    EXPECT_EQ(post(file + "/disclose", power.fields() + key(4), "").status, 403);
    EXPECT_EQ(
        verb(clerk, receipt, R"({"verb":"note","fields":{"file_disclosed":1}})", 5).status, 400
    ) << "at its own address alone";
    Json line = body_of(get(receipt.desk(), clerk.fields()))["files"].as_array().at(0);
    EXPECT_TRUE(line["may_disclose"].as_bool());
    const Heard done = post(file + "/disclose", clerk.fields() + key(6), "");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(post(file + "/disclose", clerk.fields() + key(6), "").body, done.body) << "a retry";
    EXPECT_EQ(post(file + "/disclose", clerk.fields() + key(7), "").status, 409);
    line = body_of(get(receipt.desk(), clerk.fields()))["files"].as_array().at(0);
    EXPECT_TRUE(line["is_disclosed"].as_bool());
    EXPECT_FALSE(line["may_disclose"].as_bool());
    EXPECT_EQ(stream(file, power.fields()).status, 200);
    EXPECT_NE(told(power).find("附件放行"), std::string::npos);
    EXPECT_NE(
        get(receipt.desk() + "/timeline", clerk.fields()).body.find("附件放行"), std::string::npos
    );
}

TEST_F(Attachments, nobody_names_a_file_by_hand) {
    serve({{"clerk", "office", "clerk"}});
    const Receipt receipt = hand_in(1);
    const SessionFields clerk = sign_in("clerk");
    const std::string deed =
        R"({"verb":"note","fields":{"files":[{"hash":")" + std::string(64, 'a') +
        R"(","type":"text/plain","bytes":5,"name":"x.txt"}],"files_for":"work"}})";
    EXPECT_EQ(verb(clerk, receipt, deed, 2).status, 400);
    EXPECT_EQ(
        post(receipt.portal() + "/verbs", receipt.fields() + key(3), "{\"deeds\":[" + deed + "]}")
            .status,
        400
    );
}

TEST_F(Attachments, a_hand_in_has_so_many_files_and_no_more) {
    settings_.files.files_max = 2;
    serve({});
    const Receipt receipt = hand_in(1);
    for (int number = 0; number < 2; ++number) {
        const std::string id = finished(portal, "a.txt", letter(100));
        EXPECT_EQ(put_to(receipt.portal(), receipt.fields(), id, 10 + number).status, 201);
    }
    const std::string id = finished(portal, "a.txt", letter(100));
    const Heard third = put_to(receipt.portal(), receipt.fields(), id, 20);
    EXPECT_EQ(body_of(third)["code"].as_string(), "too_many_files") << third.body;
}

TEST_F(Attachments, of_an_erased_matter_no_file_opens_any_more) {
    serve({});
    const Receipt receipt = hand_in(1);
    const std::string id = finished(portal, "a.txt", letter(100));
    ASSERT_EQ(put_to(receipt.portal(), receipt.fields(), id, 2).status, 201);
    serving_.reset();
    {
        const auto tenant = place_.open();
        const auto matter = tenant->ledger().find_number(receipt.number);
        ASSERT_TRUE(matter.has_value());
        ASSERT_TRUE(tenant->ledger().erase(*matter, app::OsClock{}.now()).has_value());
    }
    start();
    const Heard gone = get(receipt.portal() + "/files/1", receipt.fields());
    EXPECT_EQ(gone.status, 410);
    EXPECT_EQ(body_of(gone)["code"].as_string(), "erased");
    EXPECT_EQ(get(receipt.portal() + "/files/2", receipt.fields()).status, 404) << "there is none";
    EXPECT_EQ(get(receipt.desk() + "/files/1", "").status, 401);
    const Json list = body_of(get(receipt.portal() + "/files", receipt.fields()));
    for (const Json& file : list["files"].as_array()) {
        EXPECT_EQ(file["name"].as_string(), "");
    }
}

/// Such a matter has no key to seal a file under; an announcement gives it one.
TEST_F(Attachments, a_matter_without_any_sealed_text_takes_files_too) {
    serve({{"clerk", "office", "clerk"}});
    const SessionFields clerk = sign_in("clerk");
    fields_ = clerk.fields();
    const Heard opened = post(
        "/api/v1/matters",
        clerk.fields() + key(1),
        R"({"deeds":[{"verb":"register","kind":"task","fields":{"task_type":"office_meeting",)"
        R"("title":"会议清单","due_date":"2099-12-31"}}]})"
    );
    ASSERT_EQ(opened.status / 100, 2) << opened.body;
    const Json row = body_of(opened)["rows"].as_array().front();
    const Receipt task{row["number"].as_string(), ""};
    const std::string id = finished(desk, "清单.txt", letter(400));
    const Heard put = put_to(task.desk(), clerk.fields(), id, 2, R"(,"purpose":"work")");
    ASSERT_EQ(put.status, 201) << put.body;
    EXPECT_EQ(body_of(put)["version"].as_int(), row["version"].as_int() + 2)
        << "announced, then put";
    EXPECT_EQ(stream(task.desk() + "/files/1", clerk.fields()).body, letter(400));
    const std::string more = finished(desk, "附表.txt", letter(300));
    const Heard second = put_to(task.desk(), clerk.fields(), more, 3, R"(,"purpose":"work")");
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(body_of(second)["version"].as_int(), row["version"].as_int() + 3);
}

TEST_F(Attachments, verify_backup_and_restore_take_files_along_end_to_end) {
    serve({});
    const Receipt receipt = hand_in(1);
    const std::string id = finished(portal, "a.txt", letter(70'000));
    ASSERT_EQ(put_to(receipt.portal(), receipt.fields(), id, 2).status, 201);
    serving_.reset();
    const zt::test::Folder folder;
    const std::string data = place_.path();
    const auto run = [](const std::string& words) {
        return zt::test::run_program(words + " --lang en");
    };
    const auto verified = run("verify --data " + data);
    EXPECT_EQ(verified.code, 0) << verified.text;
    const std::string copy = folder / "copy", back = folder / "back";
    const auto copied = run("backup --data " + data + " --to " + copy);
    ASSERT_EQ(copied.code, 0) << copied.text;
    const std::string key = " --key " + data + ".key";
    const auto restored = run("restore --from " + copy + " --data " + back + key);
    ASSERT_EQ(restored.code, 0) << restored.text;
    const auto whole = run("verify --data " + back + key);
    EXPECT_EQ(whole.code, 0) << whole.text;

    // One bit of the copy's only file: found, with its name, and the exit code says so.
    std::string stored;
    for (const auto& one :
         std::filesystem::recursive_directory_iterator(service::files_folder(back))) {
        stored = one.is_regular_file() ? one.path().string() : stored;
    }
    ASSERT_FALSE(stored.empty()) << "the file came along";
    std::string bytes = zt::test::read_file(stored);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    zt::test::write_file(stored, bytes);
    const auto altered = run("verify --data " + back + key);
    EXPECT_EQ(altered.code, 1) << altered.text;
    const std::string name = std::filesystem::path(stored).filename().string();
    EXPECT_NE(altered.text.find(name.substr(name.size() - 20)), std::string::npos) << altered.text;
    std::filesystem::remove(stored);
    const auto lost = run("verify --data " + back + key);
    EXPECT_EQ(lost.code, 1) << lost.text;
    EXPECT_NE(lost.text, altered.text) << "lost is not altered";
    EXPECT_EQ(run("verify --data " + data).code, 0) << "the first place is untouched";
}

TEST_F(Attachments, the_ledger_stays_sound_and_verify_finds_what_is_lost) {
    serve({});
    const Receipt receipt = hand_in(1);
    const std::string id = finished(portal, "a.txt", letter(100));
    ASSERT_EQ(put_to(receipt.portal(), receipt.fields(), id, 2).status, 201);
    serving_.reset();
    const auto tenant = place_.open();
    const auto proof = tenant->verify();
    EXPECT_TRUE(proof.has_value()) << to_string(proof.error());
    const std::string folder = service::files_folder(place_.path());
    int faults = 0;
    const auto count = [&](const service::FileFault&) { ++faults; };
    EXPECT_EQ(service::verify_files(tenant->store(), folder, count).value_or(0), 1);
    EXPECT_EQ(faults, 0);
    const std::string copy = folder + "_copy";
    EXPECT_EQ(service::copy_files(folder, copy).value_or(0), 1) << "uploads stay behind";
    EXPECT_FALSE(std::filesystem::exists(copy + "/uploads"));
    for (const auto& part : std::filesystem::directory_iterator(folder)) {
        if (part.path().filename() != "uploads") {
            std::filesystem::remove_all(part.path());
        }
    }
    EXPECT_TRUE(service::verify_files(tenant->store(), folder, count).has_value());
    EXPECT_EQ(faults, 1);
}

}  // namespace
}  // namespace zt::http::test
