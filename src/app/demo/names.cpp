#include "app/demo/names.hpp"

#include <array>

namespace zt::app::demo {

namespace {

constexpr std::array surnames{
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩",
    "杨", "朱", "秦", "许", "何", "吕", "施", "张", "孔", "曹", "严", "华", "金", "魏", "陶",
    "姜", "戚", "谢", "邹", "喻", "柏", "水", "窦", "章", "云", "苏", "潘", "葛", "范", "彭",
    "鲁", "韦", "马", "苗", "凤", "方", "俞", "任", "袁", "柳", "鲍", "史", "唐", "费", "岑",
};
constexpr std::array given_names{
    "安澜", "北辰", "长青", "承平", "初晴", "春和", "大川", "丹青", "德音", "东篱", "方舟", "斐然",
    "刚直", "广源", "桂香", "海晏", "和风", "红梅", "怀远", "慧中", "季平", "家宁", "建业", "江月",
    "锦程", "景行", "静姝", "开颜", "可期", "兰心", "立秋", "良工", "临风", "令仪", "满仓", "明德",
    "木兰", "南星", "念慈", "平川", "启明", "清扬", "庆余", "秋实", "仁山", "如松", "若水", "三省",
    "尚义", "石安", "书田", "舒朗", "四海", "素心", "天和", "庭芳", "万里", "望舒", "文渊", "晓棠",
    "新雨", "星河", "修竹", "雪峰", "延年", "一鸣", "易安", "英华", "有容", "玉成", "远帆", "云起",
    "泽民", "昭华", "正阳", "知秋", "致和", "中孚", "子规", "自强",
};
constexpr std::array firm_words{
    "澄心", "青崖", "合穗", "砺锋", "云杉", "鼎禾", "汇泽", "南屏", "沐川", "启岳", "锦鳞", "丰原",
    "晴岚", "磐石", "远岫", "松涛", "鹿鸣", "凌霄", "白露", "金穗", "长亭", "麦浪", "星野", "竹海",
};
constexpr std::array firm_trades{
    "机械制造",
    "食品",
    "建材",
    "新材料",
    "电子科技",
    "纺织",
    "包装印刷",
    "农业开发",
    "物流",
    "商贸",
    "餐饮",
    "家具",
    "医疗器械",
    "建设工程",
    "文化旅游",
    "软件",
    "五金",
    "环保科技",
};

}  // namespace

std::string Names::person() {
    std::string name;
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        name = std::string(chance_->one_of(surnames)) + chance_->one_of(given_names);
        if (people_.insert(name).second) {
            break;
        }
    }
    return name;
}

std::string Names::caller() {
    if (chance_->hits(450)) {
        return std::string(chance_->one_of(surnames)) + (chance_->hits(500) ? "女士" : "先生");
    }
    return std::string(chance_->one_of(surnames)) + chance_->one_of(given_names);
}

std::string Names::firm() {
    std::string name;
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        name = std::string("映川") + chance_->one_of(firm_words) + chance_->one_of(firm_trades) +
               "有限公司";
        if (firms_.insert(name).second) {
            break;
        }
    }
    return name;
}

std::string Names::phone() {
    constexpr int numbers = 9'999'999;
    const std::string digits = std::to_string(chance_->between(0, numbers));
    return "0000-" + std::string(7 - digits.size(), '0') + digits;
}

}  // namespace zt::app::demo
