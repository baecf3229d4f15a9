// A proposal through the hands of those who live with it: handed in on a phone, cosigned on paper,
// reviewed, filed, offered and taken, made a key proposal, answered by lead and joint, rated badly,
// redone, rated well, published. A second one is not filed, for one of the ten reasons.

import type { Page } from "@playwright/test";
import { doStep as doShown, nobodyYet, personAt, type Account } from "./desk_people";
import { axeFindings, expect, test } from "./watched";

const phone = { width: 360, height: 640 };
const lead = "映川市供电公司";
const joint = "映川市交通运输局";

interface Written {
  title: string;
  cosigner?: string;
}

/** On the phone, from the list of kinds to the page that follows it. out: the number */
async function handIn(page: Page, { title, cosigner }: Written): Promise<string> {
  await page.goto("/hand-in/proposal");
  await page.getByLabel(/^案由/).fill(title);
  await page.getByLabel(/^内容/).fill("企业增容要跑三个窗口，建议一次受理、并联办理。");
  await page.getByLabel(/^姓名|^诉求人/).fill("周委员");
  await page.getByLabel(/^电话|^联系方式/).fill("13900000078");
  if (cosigner !== undefined) {
    await page.getByText("更多（可不填）").click();
    await page.getByLabel(/^附议人/).fill(cosigner);
  }
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
  const number = ((await page.locator(".receipt .big").first().textContent()) ?? "").trim();
  expect(number).toMatch(/^TA-\d{4}-\d{4}$/);
  await page.getByRole("link", { name: "看进度" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return number;
}

async function chooseUnit(now: ReturnType<Page["locator"]>, label: string, unit: string): Promise<void> {
  await now.getByLabel(label).fill(unit);
  await now.getByLabel(label).press("Enter");
  await expect(now.getByText(unit).first()).toBeVisible();
}
/** On the matter as it stands now: whoever acts on an older one is told so first. */
async function doStep(page: Page, verb: string, fill?: (now: ReturnType<Page["locator"]>) => Promise<void>): Promise<void> {
  await page.reload();
  await doShown(page, verb, fill);
}
const now = (page: Page) => page.locator(".now");
const stage = (page: Page) => page.locator(".matter-head strong").first();

test("a proposal that names no concrete measure is not filed, and the member reads why", async ({ browser, allowed }) => {
  allowed.push(nobodyYet);
  const member = await (await browser.newContext({ viewport: phone, locale: "zh-CN" })).newPage();
  const number = await handIn(member, { title: "关于进一步加强有关工作的建议" });
  const committee = await personAt(browser, "committee", `/desk/matters/${number}`);
  await doStep(committee, "对口审查", async (form) => {
    await form.getByLabel("结果").selectOption({ label: "建议不予立案" });
    await form.getByLabel("内容").fill("没有具体建议。");
  });
  const office = await personAt(browser, "proposals", `/desk/matters/${number}`);
  await now(office).getByRole("button", { name: "不予立案", exact: true }).click();
  // The ten reasons of the national rules, and the place's own for a full season.
  await expect(now(office).getByLabel("理由").locator("option:not([value=''])")).toHaveCount(11);
  await now(office).getByLabel("内容").fill("请写明具体做法后再提。");
  await now(office).locator("button[type=submit]").click();
  await expect(now(office).locator("[aria-invalid=true]")).toBeFocused(); // a reason is needed
  await now(office).getByLabel("理由").selectOption({ label: "内容空泛、没有具体建议" });
  await now(office).locator("button[type=submit]").click();
  await expect(now(office).getByRole("status")).toContainText("不予立案");
  await member.reload();
  await expect(member.locator(".standing .stage")).toHaveText("不予立案");
  await expect(member.getByText("请写明具体做法后再提。").first()).toBeVisible();
});

test("a proposal goes through all hands, is redone once and published", async ({ browser, allowed }) => {
  test.setTimeout(180_000);
  allowed.push(nobodyYet);
  const title = "关于企业用电一次办的建议";
  const member = await (await browser.newContext({ viewport: phone, locale: "zh-CN" })).newPage();
  const number = await handIn(member, { title, cosigner: "吴委员" });
  const at = (name: Account): Promise<Page> => personAt(browser, name, `/desk/matters/${number}`);

  const office = await at("proposals");
  await doStep(office, "录入附议确认", async (form) => {
    await form.getByLabel("参与人").selectOption({ index: 1 });
    await form.getByLabel("佐证").fill("签名页原件。");
  });
  const committee = await at("committee");
  await doStep(committee, "对口审查", async (form) => {
    await form.getByLabel("结果").selectOption({ label: "建议立案" });
    await form.getByLabel("内容").fill("一事一案，可以立案。");
  });
  await doStep(office, "立案");
  await doStep(office, "预交办", async (form) => {
    await chooseUnit(form, "主办单位", lead);
    await chooseUnit(form, "会办单位", joint);
  });

  const handler = await at("handler");
  const helper = await at("joint");
  await doStep(handler, "同意承办");
  await doStep(helper, "同意承办");
  await doStep(office, "正式交办");

  const chief = await at("convener");
  await doStep(chief, "定为重点提案", async (form) => form.getByLabel("内容").fill("主席会议确定。"));
  for (const [slot, post] of [["政协常委", "映川市政协提案委员会 · 政协常委"], ["副职领导", "映川市人民政府 · 市长"], ["对口专委会", "映川市政协提案委员会 · 专委会审查员"]] as const) {
    await doStep(chief, "落实督办人", async (form) => {
      await form.getByLabel("席位").selectOption({ label: slot });
      await form.getByLabel("岗位").selectOption({ label: post });
    });
  }
  const watcher = await at("member");
  await doStep(watcher, "督办活动记录", async (form) => {
    await form.getByLabel("结果").selectOption({ label: "现场督办" });
    await form.getByLabel("内容").fill("到供电所看了窗口。");
  });

  const leader = await at("leader");
  await answer({ handler, helper, leader }, "窗口已合并，材料减为两份。", 1);
  await conclude(office);

  // The proposer rates the unit that led; the office has the unit redo what was rated bad.
  await member.reload();
  await expect(member.getByText("窗口已合并，材料减为两份。").first()).toBeVisible();
  await expect(member.locator(".standing .stage")).toHaveText("已办复，请您评价");
  await rate(member, "不满意");
  await doStep(office, "交有关单位重办", async (form) => {
    await form.getByLabel("内容").fill("两次到窗口仍被退回，请再办。");
    await form.getByLabel(lead).check();
  });
  await expect(stage(office)).toHaveText("办理中");
  await handler.reload();
  await expect(handler.locator(".timeline")).toContainText("两次到窗口仍被退回，请再办。");
  await expect(handler.locator(".timeline")).not.toContainText("不满意");
  await leader.reload();
  await answer({ handler, leader }, "系统已打通，一次办结。", 2);
  await conclude(office);

  await member.reload();
  await rate(member, "满意");
  expect(await axeFindings(member)).toEqual([]);
  await doStep(office, "公开", async (form) => {
    await form.getByLabel("公开文本").fill("用电增容一次办，材料两份。");
    await form.getByLabel("同意").check();
  });
  const anybody = await (await browser.newContext({ viewport: phone, locale: "zh-CN" })).newPage();
  await anybody.goto(`/published/${number}`);
  await expect(anybody.getByText("用电增容一次办，材料两份。")).toBeVisible();
  await expect(anybody.getByText("周委员")).toHaveCount(0);
});

interface Unit {
  handler: Page;
  leader: Page;
  helper?: Page;
}
/** Meets the proposer, takes in the opinion of the joint unit, has the letter signed, replies. */
async function answer({ handler, leader, helper }: Unit, text: string, turn: number): Promise<void> {
  await doStep(handler, "面商", async (form) => {
    await form.getByLabel("联系上").check();
    await form.getByLabel("内容").fill("与提案者面商。");
  });
  if (helper !== undefined) await doStep(helper, "会办意见", async (form) => form.getByLabel("意见").fill("同意并联办理。"));
  await expect(leader.locator(".timeline").getByText("与提案者面商。")).toHaveCount(turn);
  await doStep(leader, "签发");
  await expect(handler.locator(".timeline").getByText("签发")).toHaveCount(turn);
  await doStep(handler, "答复", async (form) => {
    await form.getByLabel("内容").fill(text);
    await form.getByLabel("答复类别").selectOption({ index: 1 });
  });
  await expect(stage(handler)).toHaveText("已答复，待审核");
}
async function conclude(office: Page): Promise<void> {
  await expect(stage(office)).toHaveText("已答复，待审核");
  await doStep(office, "审核答复", async (form) => form.getByLabel("内容").fill("答复有针对性。"));
  if (await now(office).getByRole("button", { name: "报送重点提案专报", exact: true }).isVisible()) {
    await doStep(office, "报送重点提案专报", async (form) => form.getByLabel("内容").fill("重点提案专报。"));
  }
  await doStep(office, "重点提案办复");
  await expect(stage(office)).toHaveText("已办复");
}
async function rate(member: Page, result: string): Promise<void> {
  await member.getByRole("button", { name: /评价/ }).click();
  const form = member.locator("form.card");
  await form.getByRole("group", { name: /办理态度/ }).getByLabel("满意", { exact: true }).check();
  await form.getByRole("group", { name: /办理程序/ }).getByLabel("满意", { exact: true }).check();
  await form.getByRole("group", { name: /办理结果/ }).getByLabel(result, { exact: true }).check();
  await form.getByRole("button", { name: "提交" }).click();
  await expect(member.getByText("已提交。")).toBeVisible();
}
