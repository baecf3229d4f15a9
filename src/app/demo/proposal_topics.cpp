// What members of the invented place propose. Written for this demo; no real proposal is copied.

#include "app/demo/topics.hpp"

#include <array>

namespace zt::app::demo {

namespace {

constexpr std::array rows{
    Motion{
        "town",
        "关于疏通老旧小区消防通道的建议",
        "多个老旧小区的消防通道被车辆和杂物占用，建议划线、移车、定点停放。",
        "走访六个小区，实测三处通道不足三米。",
        "已完成六个小区通道划线和移车，设立错时停车点。"
    },
    Motion{
        "industry",
        "关于设立企业用电一次办窗口的建议",
        "企业增容要跑三个窗口，建议一次受理、并联办理。",
        "座谈十二家企业，平均往返四次。",
        "已在政务大厅设用电一次办窗口，材料由六份减为两份。"
    },
    Motion{
        "environment",
        "关于整治城郊沟渠水质的建议",
        "城郊三条沟渠雨后返黑，建议截污与清淤一并推进。",
        "取样三次，记录排口十一处。",
        "已封堵排口九处，截污工程列入年度计划。"
    },
    Motion{
        "education",
        "关于推进校园周边错峰通行的建议",
        "上下学时段校门口拥堵，建议错峰放学和设接送区。",
        "蹲点观察五所学校一周。",
        "五所学校已错峰，两处接送区投入使用。"
    },
    Motion{
        "health",
        "关于乡镇卫生院夜间急诊值守的建议",
        "部分乡镇夜间无医生值守，建议片区轮值。",
        "走访四个乡镇卫生院。",
        "已建立片区夜间轮值制度，并公布值守电话。"
    },
    Motion{
        "farming",
        "关于修复灌溉支渠的建议",
        "春灌时支渠漏损严重，建议分段修复。",
        "沿渠走访三个村，测漏点二十余处。",
        "一期修复八公里，二期列入明年水利计划。"
    },
    Motion{
        "society",
        "关于社区助餐点与养老服务融合的建议",
        "助餐点分散，建议与日间照料中心合并运营。",
        "调研七个社区，问卷一百二十份。",
        "三个社区已合并运营，其余待场地条件具备。"
    },
    Motion{
        "science",
        "关于共享大型检测设备的建议",
        "中小企业检测费用高，建议开放院校和国企设备。",
        "走访五家院校和企业实验室。",
        "首批二十台设备上线共享目录。"
    },
};

}  // namespace

std::span<const Motion> motions() { return rows; }

}  // namespace zt::app::demo
