// Jobs over a served place: rows of a file come in behind, lists go out as files.

#include "service/jobs.hpp"
#include "tests/http/desk_place.hpp"

#include <zlib.h>

#include <filesystem>

namespace zt::http::test {
namespace {

std::string text_of_file(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t index = size; index-- > 0;) {
        number = number * 256 + static_cast<unsigned char>(bytes[at + index]);
    }
    return number;
}

/// A file of a zip archive, found by the list at its end.
std::string unzipped(std::string_view archive, std::string_view name) {
    std::size_t at = number_at(archive, archive.size() - 6, 4);
    for (std::uint32_t left = number_at(archive, archive.size() - 12, 2); left > 0; --left) {
        EXPECT_EQ(number_at(archive, at, 4), 0x02014b50U);
        const std::size_t name_size = number_at(archive, at + 28, 2);
        if (archive.substr(at + 46, name_size) != name) {
            at += 46 + name_size;
            continue;
        }
        const std::size_t packed = number_at(archive, at + 20, 4);
        std::string out(number_at(archive, at + 24, 4), '\0');
        const std::size_t from = number_at(archive, at + 42, 4) + 30 + name_size;
        std::string in(archive.substr(from, packed));
        z_stream stream{};
        EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
        stream.next_in = reinterpret_cast<Bytef*>(in.data());
        stream.avail_in = static_cast<uInt>(in.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
        inflateEnd(&stream);
        const auto crc =
            crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size()));
        EXPECT_EQ(crc, number_at(archive, at + 16, 4));
        return out;
    }
    return "";
}

class JobsOverHttp : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_desk = std::make_unique<DeskPlace>(
            "jobs", std::vector<std::string>{"office.clerk", "供电公司.handler", "街道办.handler"}
        );
        own_matter =
            desk().hand_in(R"("title":"=1+1 路灯","for":"王小明","contact":"13900000001")");
        desk().accept_and_assign(own_matter, "供电公司");
        accused_matter =
            desk().hand_in(R"("title":"违规收费","purpose":"report","accused":"街道办","for":"丁")"
            );
    }
    static void TearDownTestSuite() { shared_desk.reset(); }
    static DeskPlace& desk() { return *shared_desk; }

    static Heard import(const std::string& who, const std::string& rows, int key) {
        return desk()
            .client()
            .ask(
                "POST /api/v1/jobs/imports?map=messages",
                desk().fields_of(who) + DeskPlace::key(key) +
                    "Content-Type: application/x-ndjson\r\nContent-Length: " +
                    std::to_string(rows.size()) + "\r\n"
            )
            .send(rows)
            .hear();
    }
    static Heard
    order(const std::string& who, const std::string& format, const std::string& query = "") {
        const Json body =
            Json::object().set("format", format).set("reason", "月度会商").set("query", query);
        return desk().post(who, "/api/v1/jobs/exports", to_canonical(body), desk().next_key());
    }
    /// Asks until it is over; each question is a round trip, so it takes its time.
    static Json ended(const std::string& who, const std::string& id) {
        for (int turn = 0; turn < 20'000; ++turn) {
            const Json job = DeskPlace::body_of(desk().get(who, "/api/v1/jobs/" + id));
            if (!job["ended"].as_string().empty()) {
                return job;
            }
        }
        ADD_FAILURE() << "the job does not end";
        return {};
    }
    /// Lists follow: they are asked to have come so far, which on a busy machine takes longer than
    /// a request waits.
    static void see_everything(const std::string& who) {
        const std::string path = "/api/v1/matters?" + desk().seen();
        int status = 503;
        for (int tries = 0; status == 503 && tries < 60; ++tries) {
            status = desk().get(who, path).status;
        }
        EXPECT_EQ(status, 200);
    }
    static std::string file(const std::string& who, const Heard& ordered) {
        EXPECT_EQ(ordered.status, 202) << ordered.body;
        const std::string path = DeskPlace::body_of(ordered)["file"].as_string();
        see_everything(who);
        return desk().fetch(who, path);
    }

    static inline std::unique_ptr<DeskPlace> shared_desk;
    static inline std::string own_matter, accused_matter;
};

TEST_F(JobsOverHttp, rows_come_in_behind_and_those_refused_can_be_fetched) {
    const std::string rows =
        text_of_file(std::string(ZT_SOURCE_DIR) + "/tests/import/messages.jsonl");
    const int key = desk().next_key();
    const Heard asked = import("office.clerk", rows, key);
    ASSERT_EQ(asked.status, 202) << asked.body;
    const std::string id = DeskPlace::body_of(asked)["id"].as_string();
    const Json job = ended("office.clerk", id);
    EXPECT_EQ(job["state"].as_string(), "done") << to_canonical(job);
    EXPECT_EQ(job["rows"].as_int(), 9);
    EXPECT_EQ(job["rejected"].as_int(), 4);
    EXPECT_EQ(job["repeated"].as_int(), 1);
    EXPECT_EQ(job["bytes"].as_int(), static_cast<std::int64_t>(rows.size()));
    EXPECT_FALSE(job["rejected_by_code"].as_array().empty());
    const std::string rejects = desk().fetch("office.clerk", job["rejects"].as_string());
    EXPECT_EQ(std::ranges::count(rejects, '\n'), 4);
    EXPECT_NE(rejects.find("日期不存在"), std::string::npos);

    EXPECT_EQ(import("office.clerk", rows, key).status, 200) << "asked again: the same job";
    const Heard other = import("office.clerk", rows + "\n", key);
    EXPECT_EQ(DeskPlace::body_of(other)["code"].as_string(), "key_reused");
    const std::string second =
        DeskPlace::body_of(import("office.clerk", rows, desk().next_key()))["id"].as_string();
    EXPECT_EQ(ended("office.clerk", second)["repeated"].as_int(), 5) << "known rows come once";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(desk().place().path())) {
        if (entry.is_regular_file() && entry.path().filename() != "search.db" &&
            !entry.path().filename().string().starts_with("search.db")) {
            EXPECT_EQ(text_of_file(entry.path().string()).find("U0004"), std::string::npos)
                << entry.path();
        }
    }
}

TEST_F(JobsOverHttp, an_import_that_waits_is_cancelled_and_brings_nothing) {
    const auto rows = [](const std::string& from, int count) {
        std::string text;
        for (int number = 0; number < count; ++number) {
            text += R"({"留言编号":")" + from + std::to_string(number) +
                    R"(","留言用户":"U9","留言主题":"井盖","留言时间":"2019/4/25 9:32:09",)"
                    R"("留言详情":"井盖松动","答复意见":"","答复时间":""})" +
                    "\n";
        }
        return text;
    };
    const auto id_of = [](const Heard& heard) {
        EXPECT_EQ(heard.status, 202) << heard.body;
        return DeskPlace::body_of(heard)["id"].as_string();
    };
    const std::string first = id_of(import("office.clerk", rows("long", 8'000), desk().next_key()));
    const std::string second = id_of(import("office.clerk", rows("next", 5), desk().next_key()));
    const auto cancel = [](const std::string& who, const std::string& id) {
        return desk().client().ask("DELETE /api/v1/jobs/" + id, desk().fields_of(who)).hear();
    };
    EXPECT_EQ(cancel("供电公司.handler", second).status, 404) << "somebody else's job";
    EXPECT_EQ(cancel("", second).status, 401);
    const Heard cancelled = cancel("office.clerk", second);
    EXPECT_EQ(DeskPlace::body_of(cancelled)["state"].as_string(), "cancelled") << cancelled.body;
    EXPECT_EQ(cancel("office.clerk", first).status, 200);
    const Json one = ended("office.clerk", first);
    EXPECT_EQ(one["state"].as_string(), "cancelled") << to_canonical(one);
    EXPECT_LT(one["rows"].as_int(), 8'000) << "it ends where it was";
    const Json other = ended("office.clerk", second);
    EXPECT_EQ(other["rows"].as_int(), 0);
    EXPECT_EQ(cancel("office.clerk", second).status, 200) << "gone is gone";
    const std::string again = id_of(import("office.clerk", rows("next", 5), desk().next_key()));
    EXPECT_EQ(ended("office.clerk", again)["repeated"].as_int(), 0) << "none of them had come";
}

TEST_F(JobsOverHttp, only_an_office_that_takes_in_imports_and_only_what_a_map_knows) {
    EXPECT_EQ(import("供电公司.handler", "{}", desk().next_key()).status, 403);
    EXPECT_EQ(import("", "{}", desk().next_key()).status, 401);
    const auto at = [](const std::string& map, const std::string& rows) {
        const Heard heard =
            desk()
                .client()
                .ask(
                    "POST /api/v1/jobs/imports?map=" + map,
                    desk().fields_of("office.clerk") + DeskPlace::key(desk().next_key()) +
                        "Content-Length: " + std::to_string(rows.size()) + "\r\n"
                )
                .send(rows)
                .hear();
        EXPECT_EQ(heard.status / 100, 4) << heard.body;
        return DeskPlace::body_of(heard)["at"].as_string();
    };
    EXPECT_EQ(at("", "{}"), "/map");
    EXPECT_EQ(at("nowhere", "{}"), "/map");
    EXPECT_EQ(at("..%2F..%2Fetc%2Fpasswd", "{}"), "/map") << "a name, no path";
    const Heard empty = import("office.clerk", "", desk().next_key());
    EXPECT_EQ(empty.status / 100, 4) << empty.body;
}

TEST_F(JobsOverHttp, csv_holds_what_the_caller_may_export_and_no_formula) {
    const std::string csv = file("office.clerk", order("office.clerk", "csv"));
    EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF王芳 · 营商环境办 受理员 · 20")) << csv.substr(0, 99);
    EXPECT_NE(csv.find(own_matter + ","), std::string::npos);
    EXPECT_NE(csv.find("'=1+1 路灯"), std::string::npos) << csv;
    EXPECT_EQ(csv.find(accused_matter), std::string::npos)
        << "a report of wrong-doing never travels";
    EXPECT_EQ(csv.find("王小明"), std::string::npos);
    EXPECT_EQ(csv.find("13900000001"), std::string::npos);
    EXPECT_TRUE(csv.ends_with("行，完整\r\n")) << "whether it came whole can be told";

    const std::string unit = file("供电公司.handler", order("供电公司.handler", "csv"));
    EXPECT_NE(unit.find(own_matter), std::string::npos);
    EXPECT_NE(unit.find("共1行"), std::string::npos) << unit;
    const std::string stranger = file("街道办.handler", order("街道办.handler", "csv"));
    EXPECT_NE(stranger.find("共0行"), std::string::npos) << stranger;
}

TEST_F(JobsOverHttp, xlsx_is_a_sound_archive_of_text_cells) {
    const std::string archive =
        file("供电公司.handler", order("供电公司.handler", "xlsx", "kind=appeal"));
    ASSERT_TRUE(archive.starts_with("PK"));
    EXPECT_NE(unzipped(archive, "xl/workbook.xml").find("事项"), std::string::npos);
    EXPECT_NE(unzipped(archive, "[Content_Types].xml").find("sheet1.xml"), std::string::npos);
    const std::string sheet = unzipped(archive, "xl/worksheets/sheet1.xml");
    EXPECT_NE(
        sheet.find(R"(<c r="A3" t="inlineStr"><is><t xml:space="preserve">)" + own_matter + "</t>"),
        std::string::npos
    ) << sheet;
    EXPECT_NE(sheet.find("=1+1 路灯"), std::string::npos) << "as it is: a text cell is no formula";
    EXPECT_EQ(sheet.find("<f>"), std::string::npos);
    EXPECT_TRUE(sheet.ends_with("</sheetData></worksheet>"));
}

TEST_F(JobsOverHttp, an_export_is_fetched_once_by_who_asked_for_it) {
    const Heard ordered = order("供电公司.handler", "csv");
    const Json job = DeskPlace::body_of(ordered);
    EXPECT_EQ(job["state"].as_string(), "ready");
    const std::string path = "/api/v1/jobs/" + job["id"].as_string();
    EXPECT_EQ(desk().get("office.clerk", path).status, 404) << "somebody else's job";
    EXPECT_EQ(desk().get("office.clerk", path + "/file").status, 404);
    see_everything("供电公司.handler");
    ASSERT_FALSE(desk().fetch("供电公司.handler", path + "/file").empty());
    const Json done = ended("供电公司.handler", job["id"].as_string());
    EXPECT_EQ(done["state"].as_string(), "done");
    EXPECT_EQ(done["rows"].as_int(), 1);
    EXPECT_EQ(desk().get("供电公司.handler", path + "/file").status, 404);

    const Json other = DeskPlace::body_of(order("供电公司.handler", "csv"));
    const std::string second = "/api/v1/jobs/" + other["id"].as_string();
    const Heard cancelled =
        desk().client().ask("DELETE " + second, desk().fields_of("供电公司.handler")).hear();
    EXPECT_EQ(DeskPlace::body_of(cancelled)["state"].as_string(), "cancelled") << cancelled.body;
    EXPECT_EQ(desk().get("供电公司.handler", second + "/file").status, 404);
    const auto& list = DeskPlace::body_of(desk().get("供电公司.handler", "/api/v1/jobs"));
    EXPECT_GE(list["jobs"].as_array().size(), 2U);
    EXPECT_EQ(list["jobs"].as_array().front()["id"], other["id"]) << "newest first";
}

TEST_F(JobsOverHttp, an_export_needs_a_format_a_reason_and_sound_filters) {
    const auto at = [](const std::string& body) {
        const Heard heard =
            desk().post("office.clerk", "/api/v1/jobs/exports", body, desk().next_key());
        EXPECT_EQ(heard.status / 100, 4) << heard.body;
        return DeskPlace::body_of(heard)["at"].as_string();
    };
    EXPECT_EQ(at(R"({"format":"pdf","reason":"x"})"), "/format");
    EXPECT_EQ(at(R"({"format":"csv","reason":" "})"), "/reason");
    EXPECT_EQ(at(R"({"format":"csv","reason":"x","query":"state=odd"})"), "/state");
    EXPECT_EQ(at(R"({"format":"csv","reason":"x","query":"lamp=red"})"), "/query");
}

class StillClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override { return UtcMs{Millis{1'800'000'000'000}}; }
};

TEST(jobs, what_was_not_over_at_the_end_is_told_as_lost) {
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("zhitong-jobs-file-" + std::to_string(::getpid())))
                                 .string();
    std::filesystem::remove(path);
    const StillClock clock;
    service::Job ready, over;
    ready.id = uuid7_from_text(clock.now(), "ready");
    ready.what = service::JobWhat::export_rows;
    over.id = uuid7_from_text(clock.now(), "over");
    over.post = PostId{7};
    {
        const auto jobs = service::Jobs::open(path, clock);
        ASSERT_TRUE(jobs);
        ASSERT_TRUE((*jobs)->add_ready(ready));
        ASSERT_TRUE((*jobs)->add_ready(over));
        ASSERT_TRUE((*jobs)->run_ready(over.id, [](service::JobWatch& watch) {
            watch.progress({.rows = 3});
            return Result<void>{};
        }));
        EXPECT_EQ((*jobs)->run_ready(over.id, {}).error().code, Errc::in_use) << "a job runs once";
    }
    const auto jobs = service::Jobs::open(path, clock);
    ASSERT_TRUE(jobs);
    EXPECT_EQ((*jobs)->find(ready.id)->state, service::JobState::lost);
    const auto kept = (*jobs)->find(over.id);
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->state, service::JobState::done);
    EXPECT_EQ(kept->progress.rows, 3);
    EXPECT_EQ((*jobs)->of_post(PostId{7}).size(), 1U);
    std::filesystem::remove(path);
}

TEST(jobs, a_cancelled_job_ends_and_a_failed_one_says_why) {
    const std::string path = (std::filesystem::temp_directory_path() /
                              ("zhitong-jobs-end-" + std::to_string(::getpid())))
                                 .string();
    const StillClock clock;
    const auto jobs = service::Jobs::open(path, clock);
    ASSERT_TRUE(jobs);
    service::Job asked;
    asked.id = uuid7_from_text(clock.now(), "waits");
    std::promise<void> began;
    ASSERT_TRUE((*jobs)->add(asked, [&began](service::JobWatch& watch) {
        began.set_value();
        while (!watch.is_cancelled()) {
            std::this_thread::yield();
        }
        return Result<void>{};
    }));
    began.get_future().get();
    service::Job next;
    next.id = uuid7_from_text(clock.now(), "fails");
    ASSERT_TRUE((*jobs)->add(next, [](service::JobWatch&) -> Result<void> {
        return fail(Errc::bad_file, "cut short");
    }));
    EXPECT_EQ((*jobs)->find(next.id)->state, service::JobState::waiting) << "one after the other";
    (*jobs)->cancel(asked.id);
    while (!service::is_over((*jobs)->find(next.id)->state)) {
        std::this_thread::yield();
    }
    EXPECT_EQ((*jobs)->find(asked.id)->state, service::JobState::cancelled);
    EXPECT_EQ((*jobs)->find(next.id)->state, service::JobState::failed);
    EXPECT_EQ((*jobs)->find(next.id)->refusal, "bad_file");
    std::filesystem::remove(path);
}

}  // namespace
}  // namespace zt::http::test
