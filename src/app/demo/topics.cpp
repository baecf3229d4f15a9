#include "app/demo/topics.hpp"

#include <array>

namespace zt::app::demo {

namespace {

constexpr std::array topics{
    // ---- inquiries: mostly answered at once
    Topic{
        "inquiry",
        "policy",
        "gxj",
        "咨询技改补贴申报条件",
        "{firm}今年购置了{n}台设备，想了解技改补贴怎么申报、截止到哪天。",
        "设备投资达到规定额度的企业均可申报，材料在政务服务网提交，本批次截止到下月15日。"
    },
    Topic{
        "inquiry",
        "policy",
        "fgw",
        "咨询首次升规奖励何时兑现",
        "{firm}去年首次升规，奖励资金什么时候到账。",
        "奖励资金已完成公示，按程序于本季度末前拨付到企业账户。"
    },
    Topic{
        "inquiry",
        "approval",
        "spj",
        "咨询食品经营许可证延续手续",
        "许可证还有{n}个月到期，需要带哪些材料，能不能网上办。",
        "到期前30个工作日可在网上申请延续，不需要现场提交纸质材料。"
    },
    Topic{
        "inquiry",
        "approval",
        "spj",
        "咨询建筑垃圾处置核准办理时限",
        "{park}项目要外运渣土，办核准要几天。",
        "材料齐全的，自受理之日起5个工作日办结。"
    },
    Topic{
        "inquiry",
        "tax",
        "sw",
        "咨询小微企业所得税优惠口径",
        "{firm}从业人数{n}人左右，能不能享受小微优惠。",
        "从业人数、资产总额、应纳税所得额三项同时符合的可以享受，申报时系统自动判断。"
    },
    Topic{
        "inquiry",
        "tax",
        "sw",
        "咨询发票额度如何调整",
        "月底开票额度不够，怎样申请临时增加。",
        "可在电子税务局提交申请，一般当日审核完成。"
    },
    Topic{
        "inquiry",
        "labour",
        "@rsj",
        "咨询稳岗返还申领方式",
        "{firm}没有裁员，稳岗返还要不要自己申请。",
        "符合条件的企业免申即享，资金直接拨付到对公账户，请核对账户信息。"
    },
    Topic{
        "inquiry",
        "labour",
        "@rsj",
        "咨询新员工技能培训补贴",
        "新招{n}名工人，培训后补贴标准是多少。",
        "取得证书后按工种和等级补贴，具体标准见公布的目录。"
    },
    Topic{
        "inquiry",
        "finance",
        "jrb",
        "咨询创业担保贷款贴息",
        "想贷款扩大门店，贴息比例和期限是多少。",
        "由经办银行审核放款，贴息按季度结算，期限最长两年。"
    },
    Topic{
        "inquiry",
        "land",
        "@zrzy",
        "咨询不动产登记证遗失补办",
        "厂房登记证遗失，补办需要几天。",
        "刊登遗失声明满15个工作日后即可补发。"
    },
    Topic{
        "inquiry",
        "power",
        "power",
        "咨询高压增容报装流程",
        "{firm}要扩产，增容需要哪些步骤。",
        "线上提交申请即可，供电方案答复时限高压单电源不超过10个工作日。"
    },
    Topic{
        "inquiry",
        "telecom",
        "gxj",
        "咨询园区专线开通时间",
        "{park}新厂区想开通专线，大约要多久。",
        "管线已到园区，报装后约7个工作日开通。"
    },
    Topic{
        "inquiry",
        "other",
        "gxj",
        "咨询政府采购投标报名渠道",
        "小企业参加政府采购从哪里报名。",
        "在公共资源交易平台注册后即可报名，不收取费用。"
    },
    Topic{
        "inquiry",
        "logistics",
        "jtj",
        "咨询货车城区通行证办理",
        "{firm}送货车要进城，通行证怎么办。",
        "网上提交行驶证和用途说明，审核通过后生成电子通行证。"
    },
    // ---- help
    Topic{
        "help",
        "power",
        "power",
        "{village}片区连续停电{days}天，生产受影响",
        "机器开不了，订单要违约，请尽快抢修。",
        "线路老化引起跳闸，已更换变压器熔断器和{n}处接头，供电恢复正常，并已列入今年改造计划。"
    },
    Topic{
        "help",
        "water",
        "water",
        "{park}水压不足，二楼以上用不上水",
        "每天上午水压低，食堂和宿舍都没有水。",
        "加压泵站已调整运行方式，水压恢复，后续加装一台备用泵。"
    },
    Topic{
        "help",
        "gas",
        "@zjj",
        "门店天然气报装三周没有回音",
        "材料都交齐了，一直没有人来勘查。",
        "已现场勘查并通气，报装超时的原因已责成经办单位整改。"
    },
    Topic{
        "help",
        "finance",
        "bank",
        "{firm}流动资金贷款续贷遇阻",
        "贷款还有{n}周到期，银行说要先还后贷。",
        "已按无还本续贷办理，利率不变。"
    },
    Topic{
        "help",
        "finance",
        "jrb",
        "订单增加缺少抵押物，请求对接融资",
        "新签订单{n}百万元，缺流动资金。",
        "已组织两家银行上门对接，信用贷款已发放。"
    },
    Topic{
        "help",
        "land",
        "@zrzy",
        "{firm}厂房不动产证迟迟办不下来",
        "厂房建成{n}年，证一直没有办下来。",
        "历史遗留的规划核实已补办，不动产证已核发。"
    },
    Topic{
        "help",
        "land",
        "@zrzy",
        "扩建用地指标何时落实",
        "二期扩建缺{n}亩地，请帮助协调。",
        "已列入本年度供地计划，预计下季度挂牌。"
    },
    Topic{
        "help",
        "approval",
        "spj",
        "消防验收与规划核实互为前置，办不下去",
        "两个窗口都说要先办另一个。",
        "已启动联合验收，一次勘查、一并出具意见。"
    },
    Topic{
        "help",
        "payment",
        "@zjj",
        "{firm}工程款被拖欠{n}个月",
        "工程已经结算，一直拖着不付。",
        "已约谈发包方，签订分期支付协议，首笔款项已到账。"
    },
    Topic{
        "help",
        "payment",
        "@nyj",
        "学校食堂供货款半年未结",
        "送货单都有签字，财务说没有钱。",
        "货款已核对清楚并支付。"
    },
    Topic{
        "help",
        "labour",
        "@rsj",
        "{firm}用工缺口{n}十人，请求帮助招工",
        "旺季到了招不到人。",
        "已组织专场招聘，并对接劳务输入，缺口基本补齐。"
    },
    Topic{
        "help",
        "labour",
        "@rsj",
        "社保关系转移办理两个月无进展",
        "原参保地说已转出，这边查不到。",
        "数据比对错误已更正，转移已办结。"
    },
    Topic{
        "help",
        "logistics",
        "jtj",
        "{park}门口道路坑洼，货车进出困难",
        "下雨积水，{n}天内爆了两次胎。",
        "已完成坑槽修补，并疏通排水口。"
    },
    Topic{
        "help",
        "logistics",
        "jtj",
        "公交线路不到{park}，工人上下班不便",
        "晚上下班没有车。",
        "已延长一条线路末班时间，并增设停靠站。"
    },
    Topic{
        "help",
        "environment",
        "@town",
        "{village}渠道堵塞，雨季厂区进水",
        "去年淹了一次，今年请早点清淤。",
        "渠道已清淤{n}百米，并增设拦污栅。"
    },
    Topic{
        "help",
        "environment",
        "@town",
        "{town}市场周边垃圾清运不及时",
        "门店门口垃圾堆了{days}天。",
        "已增加清运班次，每日两次，并设置监督电话。"
    },
    Topic{
        "help",
        "telecom",
        "gxj",
        "{village}宽带信号差，网店发货受影响",
        "一到晚上就断网。",
        "已更换分光器，网速恢复。"
    },
    Topic{
        "help",
        "policy",
        "fgw",
        "{firm}招商承诺的租金减免没有兑现",
        "合同写明前三年减免，第二年就开始收。",
        "合同条款已核实，减免部分已退回。"
    },
    Topic{
        "help",
        "other",
        "gxj",
        "请求协调公章刻制备案系统故障",
        "系统提示备案失败，新公司开不了户。",
        "数据接口已修复，备案完成。"
    },
    // ---- suggestions inside the business line
    Topic{
        "suggestion",
        "approval",
        "spj",
        "建议政务大厅中午不断岗",
        "企业员工只有中午有空办事。",
        "大厅自下月起实行午间值班。"
    },
    Topic{
        "suggestion",
        "approval",
        "spj",
        "建议变更登记材料减少重复提交",
        "同一份章程交了三个窗口。",
        "已实现材料共享，一处提交多处使用。"
    },
    Topic{
        "suggestion",
        "policy",
        "fgw",
        "建议惠企政策按行业推送",
        "文件太多，找不到跟自己有关的。",
        "政策平台已增加行业标签订阅。"
    },
    Topic{
        "suggestion",
        "finance",
        "jrb",
        "建议定期举办银企对接会",
        "小企业不认识银行的人。",
        "每季度举办一次，参会名单提前公布。"
    },
    Topic{
        "suggestion",
        "logistics",
        "jtj",
        "建议园区周边增设货车停车位",
        "货车夜里没有地方停。",
        "已在{park}北侧划定临时停车区。"
    },
    Topic{
        "suggestion",
        "labour",
        "@rsj",
        "建议职校按园区需要开设班次",
        "招来的学生专业对不上。",
        "已与两所职校签订订单班协议。"
    },
    Topic{
        "suggestion",
        "environment",
        "@town",
        "建议{town}集市日增加临时厕所",
        "赶集时人多，只有一处厕所。",
        "已增设两处移动厕所。"
    },
    Topic{
        "suggestion",
        "competition",
        "@scjg",
        "建议公开外卖平台抽成比例",
        "商户看不清怎么算的。",
        "已要求平台在合同首页载明。"
    },
    Topic{
        "suggestion",
        "utilities",
        "water",
        "建议停水提前三天通知企业",
        "突然停水造成原料报废。",
        "计划停水提前3天短信通知重点用户。"
    },
    Topic{
        "suggestion",
        "telecom",
        "gxj",
        "建议园区公共无线网覆盖食堂宿舍",
        "工人意见较大。",
        "运营单位已列入年内改造。"
    },
    // ---- complaints
    Topic{
        "complaint",
        "enforcement",
        "@scjg",
        "一个月内重复检查{n}次，影响经营",
        "不同科室分头来，查的内容一样。",
        "已实行检查计划统筹，同一事项年内不再重复检查。"
    },
    Topic{
        "complaint",
        "enforcement",
        "@zjj",
        "检查人员未出示证件",
        "来了两个人就要看资料。",
        "当事人员已批评教育，并上门致歉。"
    },
    Topic{
        "complaint",
        "approval",
        "spj",
        "窗口一次性告知不到位，跑了{n}趟",
        "每次去都说少一样材料。",
        "窗口人员已重新培训，材料清单已更新，件已办结。"
    },
    Topic{
        "complaint",
        "competition",
        "@scjg",
        "招标文件设置本地业绩门槛",
        "外地业绩不算，不公平。",
        "已责令修改招标文件并重新公告。"
    },
    Topic{
        "complaint",
        "power",
        "power",
        "报装收费没有清单",
        "多收了一笔材料费，说不清是什么。",
        "多收费用已退还，收费清单已公示。"
    },
    Topic{
        "complaint",
        "tax",
        "sw",
        "咨询电话长期无人接听",
        "打了{days}天没有人接。",
        "已增加坐席，实行来电登记回拨。"
    },
    Topic{
        "complaint",
        "payment",
        "@zjj",
        "农民工工资专户迟迟不解冻",
        "手续都办了，说等领导签字。",
        "已解冻并发放到位。"
    },
    Topic{
        "complaint",
        "conduct",
        "@rsj",
        "工作人员态度生硬，拒绝解释",
        "问了两句就说自己看文件去。",
        "当事人员已作检讨，服务规范已重申。"
    },
    Topic{
        "complaint",
        "policy",
        "fgw",
        "同样条件的企业补贴标准不一样",
        "隔壁厂多拿了一成。",
        "系计算口径错误，差额已补发。"
    },
    // ---- reports of wrong done: protected
    Topic{
        "report",
        "conduct",
        "",
        "反映有人借检查之机向企业推销灭火器",
        "不买就说不合格。",
        "经核查情况属实，已按规定处理并退回货款。"
    },
    Topic{
        "report",
        "conduct",
        "",
        "反映验收时暗示安排吃请",
        "不安排就拖着不签字。",
        "已完成核查，相关线索按规定移交。"
    },
    Topic{
        "report",
        "competition",
        "",
        "反映项目业主指定材料品牌",
        "只能用指定的一家。",
        "已要求停止指定行为，重新组织采购。"
    },
    Topic{
        "report",
        "enforcement",
        "",
        "反映罚款不开票据",
        "交了现金没有给票。",
        "票据已补开，现金管理已整改。"
    },
    Topic{
        "report",
        "land",
        "",
        "反映违规占用企业配套道路收停车费",
        "道路是企业出资修的。",
        "收费点已撤除。"
    },
};

constexpr std::array idea_rows{
    Idea{
        "business",
        "给小店主办一本“能办事”的小册子",
        "把办证、用工、消防的电话和步骤印在一张纸上，开店时送一份。",
        "建议编印一页纸办事指南，随营业执照一并发放。"
    },
    Idea{
        "business",
        "把企业座谈会搬到车间里开",
        "在会议室大家都不说话，到车间里看着问题说。",
        "建议季度座谈会轮流在企业现场召开。"
    },
    Idea{
        "traffic",
        "给早市摊贩留一条卸货道",
        "早上六点到七点半让小货车停靠，七点半以后清走。",
        "建议设置分时段卸货车位。"
    },
    Idea{
        "traffic", "学校门口设家长临停十分钟区", "放学时路堵半小时。", "建议学校周边施行限时临停。"
    },
    Idea{
        "care",
        "村卫生室每周安排一次慢病复诊",
        "老人到镇上开药要坐两趟车。",
        "建议乡镇卫生院医生每周巡诊。"
    },
    Idea{
        "care",
        "社区食堂给独居老人送餐记平安",
        "送餐时顺便看一眼，有事早知道。",
        "建议送餐与探访结合登记。"
    },
    Idea{"education", "暑期开放校园操场", "孩子放假没有地方运动。", "建议分时段开放学校体育设施。"},
    Idea{
        "environment",
        "把闲置小地块改成口袋公园",
        "围挡围了三年，长满了草。",
        "建议利用边角地建设小游园。"
    },
    Idea{"environment", "菜市场设厨余沥水桶", "清运车一路滴水。", "建议农贸市场配置沥水设施。"},
    Idea{"village", "村口公告栏旁装一盏太阳能灯", "晚上看不见通知。", "建议在公告栏安装照明。"},
    Idea{"village", "把晒谷场和停车场分时共用", "秋收晒谷，平时停车。", "建议一场多用，划线管理。"},
    Idea{
        "governance",
        "小区议事写成三句话公示",
        "谁提的、怎么定的、什么时候办。",
        "建议议事结果统一公示格式。"
    },
    Idea{
        "governance",
        "老旧小区加装电梯建个样板账",
        "各家出多少、补多少写清楚。",
        "建议公布加装电梯费用样表。"
    },
    Idea{
        "other",
        "公园长椅留出轮椅位",
        "坐轮椅的老人只能停在路中间。",
        "建议新建长椅预留轮椅停靠空间。"
    },
};

constexpr std::array charge_rows{
    Charge{
        "office_meeting",
        "政府常务会议议定事项",
        "推进{park}污水管网接通",
        {"完成管线测绘", "完成施工招标", "管网通水试运行"}
    },
    Charge{
        "office_meeting",
        "优化营商环境六大行动·降本增效行动",
        "清理转供电加价",
        {"摸底转供电主体", "约谈加价单位", "退还多收电费"}
    },
    Charge{
        "instruction",
        "领导批示件",
        "研究解决{town}农产品冷链不足问题",
        {"提出建设方案", "落实资金来源", ""}
    },
    Charge{
        "inspection",
        "巡察反馈问题整改",
        "整改惠企资金拨付超时问题",
        {"清理未拨付资金", "修订拨付流程", "完成整改自查"}
    },
    Charge{
        "inspection",
        "专项督查整改",
        "整改中介服务违规收费",
        {"公布中介服务清单", "退还违规收费", ""}
    },
    Charge{
        "deeds",
        "为民办实事项目",
        "新建{town}农贸市场停车场",
        {"完成选址和用地", "主体施工", "划线并投入使用"}
    },
    Charge{"deeds", "为民办实事项目", "改造{n}处背街小巷路灯", {"完成勘查", "灯具安装调试", ""}},
    Charge{
        "campaign",
        "餐饮门店燃气安全专项行动",
        "排查餐饮门店燃气隐患",
        {"完成门店排查", "督促隐患整改", "组织回头看"}
    },
    Charge{
        "campaign",
        "拖欠账款清理专项行动",
        "清理机关单位拖欠企业账款",
        {"核对欠款台账", "制定还款计划", ""}
    },
    Charge{
        "meeting",
        "优化营商环境工作例会",
        "修订招商承诺兑现清单",
        {"收集承诺事项", "逐条核对兑现", ""}
    },
};

constexpr std::string_view contacted[] = {
    "已电话联系诉求人，了解情况并约定现场查看时间。",
    "已上门见面，核对了诉求内容和材料。",
    "已与诉求人通话，说明办理步骤和时限。",
    "现场见面，诉求人补充说明了两点情况。"
};
constexpr std::string_view unreachable[] = {
    "不同时段拨打三次均无人接听，附通话记录。", "所留号码停机，附截图。"
};
constexpr std::string_view progress[] = {
    "已完成现场勘查，正在制定处理方案。",
    "已召开协调会，责任分工明确。",
    "施工队伍已进场。",
    "材料已收齐，进入审核环节。"
};
constexpr std::string_view replied[] = {
    "您反映的问题已办理：", "经调查核实并处理：", "现将办理情况答复如下：", "问题已处理，情况如下："
};
constexpr std::string_view direct[] = {
    "您好，答复如下：", "经查询政策依据，答复如下：", "您咨询的事项答复如下："
};
constexpr std::string_view verified[] = {
    "核对答复与现场照片一致，诉求人知晓结果。", "电话抽核，办理属实。", "查验佐证材料齐全。"
};
constexpr std::string_view opinion[] = {
    "我单位配合事项已完成，无其他意见。",
    "同意主办单位意见，我单位负责的部分下周完成。",
    "已提供所需数据和图纸。"
};
constexpr std::string_view evidence[] = {
    "现场照片2张", "处理前后对比照片4张", "银行回单复印件", "会议纪要", "协议书复印件", "验收单"
};
constexpr std::string_view called_back[] = {
    "电话回访，诉求人表示情况属实。", "已回访，诉求人知晓办理结果。"
};
constexpr std::string_view promised[] = {
    "下月底前完成二期施工", "季度末前全部兑付到位", "三个月内完成改造并公示"
};
constexpr std::string_view site_work[] = {
    "涉及施工，需要增加工期。", "需多部门会商，申请延期。", "设备采购周期较长。"
};
constexpr std::string_view not_ours[] = {
    "该事项不属我单位职责，建议转有关单位。", "设施权属不在我单位，附权属说明。"
};
constexpr std::string_view refused[] = {
    "该事项不在受理范围，已告知救济途径：可申请复核或依法通过相应程序解决。"
};
constexpr std::string_view referred[] = {
    "该事项属其他部门职权，已转送并告知联系方式。", "按职责分工转送处理。"
};
constexpr std::string_view withdrawn[] = {
    "问题已自行解决，不需要再办。", "已与对方达成一致，申请撤回。"
};
constexpr std::string_view terminated[] = {
    "经核实，诉求标的已不存在，依规终结并告知。", "已由其他程序解决，予以终结。"
};
constexpr std::string_view shelved[] = {
    "资金尚未落实，先行挂账，到期复核。", "已列入明年计划，挂账管理。"
};
constexpr std::string_view supplement_asked[] = {
    "请补充门店具体位置和经营主体名称。", "请提供合同和结算单复印件。"
};
constexpr std::string_view supplemented[] = {"已补充位置和照片。", "补交合同复印件一份。"};
constexpr std::string_view urged[] = {"临近到期，请抓紧办理。", "诉求人来电催问，请尽快反馈进展。"};
constexpr std::string_view dissatisfied[] = {"问题没有解决，只是打了个电话。", "答复与实际不符。"};
constexpr std::string_view satisfied[] = {
    "办得快，谢谢。", "问题解决了。", "解释得清楚。", "满意。"
};
constexpr std::string_view redo[] = {
    "诉求合理，未办到位，请重新办理。", "现场复核问题仍在，退回重办。"
};
constexpr std::string_view stands[] = {"经核对已依法办理到位，已说明其他救济途径。"};
constexpr std::string_view contested[] = {"对答复有异议，申请复核。", "答复依据不清楚，请求复核。"};
constexpr std::string_view instructed[] = {
    "请主办单位本周内拿出办法，结果报我。", "举一反三，系统解决。"
};
constexpr std::string_view visited[] = {
    "走访企业，了解用工和订单情况。", "上门送政策，收集问题一条。", "了解项目进度，协调用电需求。"
};

}  // namespace

std::vector<const Topic*> topics_of(std::string_view purpose) {
    std::vector<const Topic*> found;
    for (const auto& topic : topics) {
        if (topic.purpose == purpose) {
            found.push_back(&topic);
        }
    }
    return found;
}

std::span<const Idea> ideas() { return idea_rows; }
std::span<const Charge> charges() { return charge_rows; }

std::span<const std::string_view> phrases(Phrase phrase) {
    switch (phrase) {
    case Phrase::contacted: return contacted;
    case Phrase::unreachable: return unreachable;
    case Phrase::progress: return progress;
    case Phrase::replied: return replied;
    case Phrase::direct: return direct;
    case Phrase::verified: return verified;
    case Phrase::opinion: return opinion;
    case Phrase::evidence: return evidence;
    case Phrase::called_back: return called_back;
    case Phrase::promised: return promised;
    case Phrase::site_work: return site_work;
    case Phrase::not_ours: return not_ours;
    case Phrase::refused: return refused;
    case Phrase::referred: return referred;
    case Phrase::withdrawn: return withdrawn;
    case Phrase::terminated: return terminated;
    case Phrase::shelved: return shelved;
    case Phrase::supplement_asked: return supplement_asked;
    case Phrase::supplemented: return supplemented;
    case Phrase::urged: return urged;
    case Phrase::dissatisfied: return dissatisfied;
    case Phrase::satisfied: return satisfied;
    case Phrase::redo: return redo;
    case Phrase::stands: return stands;
    case Phrase::contested: return contested;
    case Phrase::instructed: return instructed;
    case Phrase::visited: return visited;
    }
    return {};
}

std::string filled(std::string_view text, const Slots& slots) {
    std::string out(text);
    for (const auto& [name, value] : slots) {
        const std::string slot = "{" + std::string(name) + "}";
        for (std::size_t at = out.find(slot); at != std::string::npos;
             at = out.find(slot, at + value.size())) {
            out.replace(at, slot.size(), value);
        }
    }
    return out;
}

}  // namespace zt::app::demo
