// Saved views over HTTP: a person's own, safe to ask twice, never another's.

#include "service/saved_views.hpp"
#include "tests/http/papers_place.hpp"

#include <fstream>

namespace zt::http::test {
namespace {

constexpr const char* path = "/api/v1/saved-views/";

class SavedViewsOverHttp : public PapersPlace {
  protected:
    SavedViewsOverHttp() : PapersPlace("saved_views") {
        serve({{"clerk", "office", "clerk"}, {"power", "供电公司", "handler"}});
        clerk_ = sign_in("clerk");
    }
    static std::string id(int number) {
        std::array<std::uint8_t, 10> rest{};
        rest[9] = static_cast<std::uint8_t>(number);
        return to_string(uuid7(UtcMs{Millis{1'800'000'000'000}}, rest));
    }
    static std::string view(const std::string& name, const std::string& place = "inbox") {
        return R"({"name":")" + name + R"(","view":{"place":")" + place +
               R"(","kinds":["appeal"],"stages":[],"categories":[],"lamps":["red"]}})";
    }
    Json list(const SessionFields& who) {
        return body_of(get("/api/v1/saved-views", who.fields()))["views"];
    }
    SessionFields clerk_;
};

TEST_F(SavedViewsOverHttp, one_is_saved_renamed_listed_and_removed_each_as_often_as_asked) {
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("红灯的")).status, 200);
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("红灯的")).status, 200) << "a retry";
    ASSERT_EQ(list(clerk_).as_array().size(), 1U);
    EXPECT_EQ(list(clerk_).as_array().front()["view"]["lamps"].as_array().size(), 1U);
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("逾期的")).status, 200);
    EXPECT_EQ(list(clerk_).as_array().front()["name"].as_string(), "逾期的");
    EXPECT_EQ(put(path + id(2), clerk_.fields(), view("逾期的")).status, 409) << "name taken";
    restart();
    EXPECT_EQ(list(clerk_).as_array().size(), 1U);
    EXPECT_EQ(remove(path + id(1), clerk_.fields()).status, 204);
    EXPECT_EQ(remove(path + id(1), clerk_.fields()).status, 204);
    EXPECT_TRUE(list(clerk_).as_array().empty());
}

TEST_F(SavedViewsOverHttp, nobody_sees_or_touches_anothers) {
    const SessionFields power = sign_in("power");
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("我的")).status, 200);
    EXPECT_TRUE(list(power).as_array().empty());
    EXPECT_EQ(put(path + id(1), power.fields(), view("我的")).status, 404);
    EXPECT_EQ(remove(path + id(1), power.fields()).status, 204);
    EXPECT_EQ(list(clerk_).as_array().size(), 1U);
    EXPECT_EQ(get("/api/v1/saved-views", "").status, 401);
}

TEST_F(SavedViewsOverHttp, what_is_wrong_or_too_much_is_refused) {
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("", "inbox")).status, 400);
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view(std::string(41, 'x'))).status, 400);
    const Heard place = put(path + id(1), clerk_.fields(), view("x", "elsewhere"));
    EXPECT_EQ(place.status, 400);
    EXPECT_EQ(body_of(place)["at"].as_string(), "/view/place");
    EXPECT_EQ(put(path + std::string("x"), clerk_.fields(), view("x")).status, 400);
    for (int number = 0; number < static_cast<int>(service::saved_views_max); ++number) {
        EXPECT_EQ(
            put(path + id(number), clerk_.fields(), view("v" + std::to_string(number))).status, 200
        );
    }
    EXPECT_EQ(put(path + id(200), clerk_.fields(), view("one more")).status, 413);
}

TEST_F(SavedViewsOverHttp, names_lie_sealed_and_go_along_with_a_backup) {
    EXPECT_EQ(put(path + id(1), clerk_.fields(), view("王小明的")).status, 200);
    serving_.reset();
    const std::string file = service::saved_views_file(place_.path());
    const std::string copy = file + ".copy";
    ASSERT_TRUE(service::copy_saved_views(file, copy).has_value());
    for (const auto& one : {file, copy}) {
        std::stringstream bytes;
        bytes << std::ifstream(one, std::ios::binary).rdbuf();
        EXPECT_GT(bytes.str().size(), 100U);
        EXPECT_EQ(bytes.str().find("王小明"), std::string::npos);
    }
    const auto tenant = place_.open();
    const auto views = service::SavedViews::open(copy, *tenant->key(), place_.random());
    ASSERT_TRUE(views.has_value());
    const auto post =
        tenant->ledger().directory().find_org("office", office_date(app::OsClock{}.now()));
    const auto holder = tenant->ledger()
                            .directory()
                            .find_post(post->id, "clerk", office_date(app::OsClock{}.now()))
                            ->holder;
    EXPECT_EQ((*views)->of(holder).value().front().name, "王小明的");
}

}  // namespace
}  // namespace zt::http::test
