// What patrols of the invented place find.

#include "app/demo/topics.hpp"

#include <array>

namespace zt::app::demo {

namespace {

constexpr std::array rows{
    Danger{
        "power",
        "@zjj",
        "楼道电动车飞线充电",
        "三单元一层，两根飞线。",
        "三单元楼道",
        "已拆除飞线，引导到充电柜。"
    },
    Danger{
        "power",
        "@scjg",
        "商铺私拉乱接",
        "插线板串接三级。",
        "沿街小吃店",
        "已更换线路，加装漏电保护。"
    },
    Danger{
        "gas",
        "@zjj",
        "燃气软管老化",
        "软管有裂纹，未装自闭阀。",
        "早餐店后厨",
        "已更换金属软管，加装自闭阀。"
    },
    Danger{
        "building", "@zjj", "外墙砖松动", "二层外墙砖空鼓。", "旧供销社", "已敲除空鼓、设围挡。"
    },
    Danger{
        "building",
        "@zjj",
        "旧厂房屋顶开裂",
        "主梁裂缝超过两毫米。",
        "停用纺织厂",
        "已清空人员，加固屋顶。"
    },
    Danger{
        "road",
        "@town",
        "临水路段护栏缺失",
        "缺护栏约十米。",
        "村道临塘段",
        "已补装护栏和反光标识。"
    },
    Danger{
        "workplace", "@scjg", "车间粉尘积聚", "除尘设备未运行。", "家具作坊", "已恢复除尘并清扫。"
    },
    Danger{
        "slope", "@zrzy", "屋后边坡有落石", "雨后落石两处。", "屋后切坡", "已清坡设网，转移住户。"
    },
    Danger{"other", "@town", "窨井盖破损", "井盖断裂。", "集镇主街", "已更换井盖。"},
    Danger{
        "fire",
        "@town",
        "废品堆冒烟",
        "露天堆放起火冒烟。",
        "废品收购点",
        "明火已扑灭，清运可燃物。"
    },
    Danger{
        "flood", "@zrzy", "涵洞快速积水", "半小时水深过膝。", "下穿涵洞", "已封闭道路、抽排积水。"
    },
};

}  // namespace

std::span<const Danger> dangers() { return rows; }

}  // namespace zt::app::demo
