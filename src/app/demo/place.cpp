#include "app/demo/place.hpp"

#include "app/demo/outlines.hpp"
#include "base/check.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

struct CountyRow {
    const char *prefix, *title;
    int weight;
};
constexpr std::array counties{
    CountyRow{"yl", "云麓区", 26},
    CountyRow{"wl", "望岚县", 19},
    CountyRow{"yc", "砚池县", 17},
    CountyRow{"qt", "青檀县", 14},
    CountyRow{"sp", "松陂县", 12},
};
constexpr int city_weight = 22;

constexpr std::array town_names{
    "白石渡镇", "枫桥铺镇", "石鼓塘镇", "三叠泉镇", "荷叶滩乡", "大樟树乡", "梅子坳镇",
    "龙须沟乡", "双槐镇",   "杜鹃岭乡", "瓦屋场镇", "芦花荡镇", "月亮湾镇", "金钩梁乡",
    "竹筒寨乡", "水碾坊镇", "红叶谷镇", "棋盘石乡", "银杏坡镇", "雁回镇",
};
constexpr std::array village_names{
    "上湾村", "下湾村",   "桥头村",   "柿子园村", "老井村",   "新塘村",   "板栗冲村", "茶亭村",
    "油坊村", "铁匠铺村", "乌桕村",   "石磨村",   "白果村",   "鱼鳞坝村", "牛角冲村", "桃林村",
    "高枧村", "栗树坪村", "官塘村",   "磨刀溪村", "枣子巷村", "窑湾村",   "狮子口村", "黄泥墩村",
    "麻石村", "云盘村",   "鹅卵滩村", "柳林村",   "木鱼村",   "箭竹村",
};

struct UnitRow {
    const char *key, *name, *head;
    bool is_outside = false;
};
constexpr std::array city_units{
    UnitRow{"fgw", "发展和改革委员会", "主任"},
    UnitRow{"gxj", "工业和信息化局", "局长"},
    UnitRow{"jtj", "交通运输局", "局长"},
    UnitRow{"sthj", "生态环境局", "局长"},
    UnitRow{"spj", "行政审批服务局", "局长"},
    UnitRow{"jrb", "金融工作办公室", "主任"},
    UnitRow{"sw", "税务局", "局长", true},
    UnitRow{"power", "供电公司", "经理", true},
    UnitRow{"water", "水务集团", "总经理", true},
    UnitRow{"bank", "映川银行总行营业部", "行长", true},
};
constexpr std::array county_units{
    UnitRow{"zrzy", "自然资源局", "局长"},
    UnitRow{"zjj", "住房和城乡建设局", "局长"},
    UnitRow{"scjg", "市场监督管理局", "局长"},
    UnitRow{"rsj", "人力资源和社会保障局", "局长"},
    UnitRow{"nyj", "农业农村局", "局长"},
};

class Builder {
  public:
    Builder(Chance& chance, Names& names) : chance_(chance), names_(names) {
        from_ = *parse_date(kindfile::place_from_default);
    }

    Scene build() {
        auto& place = scene_.place;
        place.name = "demo";
        place.title = {"映川市（虚构）", "Yingchuan, an invented city"};
        place.level = Level::city;
        place.pack = "county-default";
        place.calendar = "cn";
        place.intake = "city_office";
        area({"ych", "映川市", "", Level::city});
        add_city();
        for (const auto& row : counties) {
            add_county(row);
        }
        // Gets a matter when every level of the place is accused.
        org({"outside_body", "省级主管部门", "", Level::province, "", {"outside_body"}, true});
        add_leaving();
        add_watchers();
        add_legal_ways();
        add_duty_lists();
        CHECK(scene_.units == units_wanted);
        return std::move(scene_);
    }

  private:
    struct AreaRow {
        std::string code, name, parent;
        Level level;
    };
    struct OrgRow {
        std::string code, name, parent;
        Level level;
        std::string area;
        std::vector<std::string> functions{};
        bool is_outside = false;
    };

    void area(AreaRow row) {
        kindfile::PlaceArea one;
        one.code = std::move(row.code);
        one.name = std::move(row.name);
        one.parent = std::move(row.parent);
        one.level = row.level;
        scene_.place.areas.push_back(std::move(one));
    }

    void org(OrgRow row) {
        kindfile::PlaceOrg one;
        one.code = std::move(row.code);
        one.name = std::move(row.name);
        one.parent = std::move(row.parent);
        one.level = row.level;
        one.area = std::move(row.area);
        one.functions = std::move(row.functions);
        one.is_outside = row.is_outside;
        one.from = from_;
        if (row.level == Level::city || row.level == Level::county) {
            ++scene_.units;
        }
        scene_.place.orgs.push_back(std::move(one));
    }

    struct PostRow {
        std::string key, title;
        std::vector<std::string> words{};
        std::vector<std::string> leads{};
    };
    void post(const std::string& of, PostRow row) {
        kindfile::PlacePerson person;
        person.code = "p" + std::to_string(scene_.place.people.size() + 1);
        person.name = names_.person();
        person.contact = names_.phone();
        kindfile::PlacePost one;
        one.org = of;
        one.key = std::move(row.key);
        one.title = std::move(row.title);
        one.words = row.words.empty() ? std::vector{one.key} : std::move(row.words);
        one.leads = std::move(row.leads);
        one.person = person.code;
        one.from = from_;
        scene_.place.people.push_back(std::move(person));
        scene_.place.posts.push_back(std::move(one));
    }

    /// Government, office, call-back centre and supervision room: what every level has.
    Desk add_core(const std::string& prefix, const std::string& title, Level level) {
        const std::string area_code = level == Level::city ? "ych" : prefix;
        const std::string start = level == Level::city ? "city" : prefix;
        const std::string above = level == Level::city ? "" : "city_gov";
        Desk desk;
        desk.title = title;
        desk.prefix = level == Level::city ? "" : prefix;
        desk.government = start + "_gov";
        desk.office = start + "_office";
        desk.callback = start + "_callback";
        desk.supervision = start + "_supervision";
        org({desk.government, title + "人民政府", above, level, area_code, {"place"}});
        const bool is_city = level == Level::city;
        post(desk.government, {"head", is_city ? "市长" : title.ends_with("区") ? "区长" : "县长"});
        post(desk.government, {"reviewer", "审核员"});
        if (is_city) {
            post(desk.government, {"admin", "系统管理员"});
        }
        org(
            {desk.office,
             title + "优化营商环境办公室",
             desk.government,
             level,
             area_code,
             {"office", "intake", "digest"}}
        );
        post(desk.office, {"clerk", "受理员"});
        post(desk.office, {"dispatcher", "交办员", {"dispatcher", "clerk"}});
        post(desk.office, {"liaison", "联企干部"});
        post(desk.office, {"chief", "主任", {"chief", "signer"}, {desk.office}});
        org({desk.callback, title + "回访中心", desk.government, level, area_code, {"callback"}});
        post(desk.callback, {"callback", "回访员"});
        org(
            {desk.supervision,
             title + "人民政府督查室",
             desk.government,
             level,
             area_code,
             {"supervision"}}
        );
        post(desk.supervision, {"supervisor", "督办员"});
        // No unit of the government: it counts with none of them.
        const std::string cppcc = start + "_cppcc";
        org({cppcc, title + "政协提案委员会", desk.government, Level::none, area_code, {"cppcc"}});
        post(cppcc, {"clerk", "提案办经办员"});
        post(cppcc, {"chief", "提案委主任", {"chief", "signer"}, {cppcc}});
        post(cppcc, {"reviewer", "专委会审查员"});
        post(cppcc, {"member", "政协常委"});
        return desk;
    }

    void add_unit(
        const std::string& code, const std::string& title, const UnitRow& row, const Desk& desk
    ) {
        const Level level = desk.prefix.empty() ? Level::city : Level::county;
        org(
            {code,
             title + row.name,
             desk.government,
             level,
             desk.prefix.empty() ? "ych" : desk.prefix,
             // Paired with a community: it goes there twice a month.
             row.key == std::string_view("zjj") ? std::vector<std::string>{"paired"}
                                                : std::vector<std::string>{},
             row.is_outside}
        );
        post(code, {"handler", "承办员"});
        post(code, {"signer", row.head, {}, {code}});
    }

    void add_city() {
        Desk desk = add_core("", "映川市", Level::city);
        desk.weight = city_weight;
        // Reports against county units are looked into from above.
        post(desk.supervision, {"handler", "核查专员"});
        post(desk.supervision, {"signer", "督查室主任", {}, {desk.supervision}});
        for (const auto& row : city_units) {
            add_unit(
                row.key,
                row.is_outside && std::string_view(row.key) == "bank" ? "" : "映川市",
                row,
                desk
            );
        }
        org({"gsl", "映川市工商业联合会", desk.government, Level::city, "ych"});
        post("gsl", {"collector", "商会信息员"});
        scene_.desks.push_back(std::move(desk));
    }

    void add_county(const CountyRow& row) {
        area({row.prefix, row.title, "ych", Level::county});
        Desk desk = add_core(row.prefix, row.title, Level::county);
        desk.weight = row.weight;
        for (const auto& unit : county_units) {
            add_unit(std::string(row.prefix) + "_" + unit.key, row.title, unit, desk);
        }
        post(
            desk.government,
            {"deputy",
             "副县（区）长",
             {"deputy", "signer"},
             {desk.prefix + "_zrzy", desk.prefix + "_zjj", desk.prefix + "_scjg"}}
        );
        const int towns = chance_.between(3, 4);
        for (int i = 1; i <= towns; ++i) {
            add_town(desk, i);
        }
        scene_.desks.push_back(std::move(desk));
    }

    void add_town(Desk& desk, int number) {
        const std::string code = desk.prefix + "_t" + std::to_string(number);
        const std::string name = take(town_names, towns_);
        area({code, name, desk.prefix, Level::township});
        org({code, name + "人民政府", desk.government, Level::township, code});
        post(code, {"handler", "经济发展办承办员"});
        post(code, {"signer", name.ends_with("镇") ? "镇长" : "乡长", {}, {code}});
        desk.towns.push_back(code);
        ++scene_.towns;
        const int villages = chance_.between(2, 3);
        for (int i = 1; i <= villages; ++i) {
            add_village(desk, code, code + "v" + std::to_string(i), take(village_names, villages_));
        }
    }

    void add_village(
        Desk& desk, const std::string& town, const std::string& code, const std::string& name
    ) {
        area({code, name, town, Level::village});
        org({code, name + "村民委员会", town, Level::village, code});
        post(code, {"handler", "村主任", {"handler", "collector"}});
        desk.villages.push_back(code);
        ++scene_.villages;
    }

    void add_leaving() {
        const Desk& desk = scene_.desks[1];
        const std::string town = desk.towns.front();
        const std::string code = town + "v9";
        area({code, "老渡口村", town, Level::village});
        org({code, "老渡口村村民委员会", town, Level::village, code});
        post(code, {"handler", "村主任", {"handler", "collector"}});
        scene_.leaving = {code, code, "handler", scene_.place.people.back().code, town};
        ++scene_.villages;
    }

    /// With the system administrator the three, each another person, and who enters what the head
    /// of the city wrote by hand. Last, and under names of their
    /// own, so that nothing drawn by chance moves with them.
    void add_watchers() {
        watcher("security_admin", "安全管理员", "严守一");
        watcher("audit_admin", "审计管理员", "明若鉴");
        watcher("secretary", "秘书", "文修之");
        const auto head = std::ranges::find_if(scene_.place.posts, [](const auto& post) {
            return post.org == "city_gov" && post.key == "head";
        });
        CHECK(head != scene_.place.posts.end());
        head->secretary = scene_.place.people.back().code;
    }

    /// Numbers of 555 are nobody's.
    void add_legal_ways() {
        scene_.place.legal_ways = {
            {"review",
             "映川市信访局",
             "映川市云麓区望江路 1 号 1 楼 3 号窗口",
             "0555-5550101",
             "30d"},
            {"reconsideration",
             "映川市人民政府行政复议办公室（市司法局）",
             "映川市云麓区望江路 9 号",
             "0555-5550102",
             "60d"},
            {"lawsuit",
             "映川市中级人民法院立案庭",
             "映川市云麓区清源路 20 号",
             "0555-5550103",
             "6mo"},
            {"discipline", "映川市纪委监委信访室", "映川市云麓区望江路 3 号", "12388", ""},
        };
    }

    void watcher(const std::string& word, const std::string& title, const std::string& name) {
        kindfile::PlacePerson person;
        person.code = "p" + std::to_string(scene_.place.people.size() + 1);
        person.name = name;
        kindfile::PlacePost one;
        one.org = "city_gov";
        one.key = word;
        one.title = title;
        one.words = {word};
        one.person = person.code;
        one.from = from_;
        scene_.place.people.push_back(std::move(person));
        scene_.place.posts.push_back(std::move(one));
    }

    /// The three lists: surroundings are theirs, roads only with the builders, land was taken back.
    void add_duty_lists() {
        for (const auto& desk : scene_.desks) {
            for (const auto& town : desk.towns) {
                kindfile::PlaceDutyList list;
                list.org = town;
                list.basic = {"environment", "other"};
                list.assist = {
                    "enforcement:" + desk.prefix + "_scjg", "labour:" + desk.prefix + "_rsj"
                };
                list.taken_back = {"land:" + desk.prefix + "_zrzy"};
                scene_.place.duty_lists.push_back(std::move(list));
            }
        }
    }

    /// Each name once; when the list is used up, the next round tells them apart by a direction.
    template <class List>
    std::string take(const List& list, std::vector<std::size_t>& used) {
        const std::size_t round = used.size() / list.size();
        const auto begin = used.begin() + static_cast<std::ptrdiff_t>(round * list.size());
        std::size_t index = chance_.index_of(list.size());
        while (std::find(begin, used.end(), index) != used.end()) {
            index = (index + 1) % list.size();
        }
        used.push_back(index);
        static constexpr std::array directions{"", "东", "西", "南", "北"};
        return std::string(directions[std::min(round, directions.size() - 1)]) + list[index];
    }

    Chance& chance_;
    Names& names_;
    Date from_;
    Scene scene_;
    std::vector<std::size_t> towns_, villages_;
};

}  // namespace

Scene make_scene(Chance& chance, Names& names) {
    Scene scene = Builder(chance, names).build();
    put_outlines(scene);
    return scene;
}

std::string unit_for(const Scene& scene, std::size_t desk, std::string_view unit, Chance& chance) {
    if (!unit.starts_with('@')) {
        return std::string(unit);
    }
    const Desk& near =
        desk == 0 ? scene.desks[1 + chance.index_of(scene.desks.size() - 1)] : scene.desks[desk];
    return unit == "@town" ? chance.one_of(near.towns)
                           : near.prefix + "_" + std::string(unit.substr(1));
}

}  // namespace zt::app::demo
