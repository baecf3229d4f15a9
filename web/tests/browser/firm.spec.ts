// A firm with accounts: the office confirms it, its administrator binds an agent, who hands in and
// follows for it until the binding ends. What an employee hands in alone is nothing to the firm.

import type { Browser, Page } from "@playwright/test";
import { nobodyYet, personAt } from "./desk_people";
import { handIn } from "./people";
import { axeFindings, expect, test } from "./watched";

const phone = { width: 360, height: 640 };
const wide = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Signs in with the one-time password and chooses an own one. out: the page of the firm */
async function firstTime(browser: Browser, account: string, once: string, next: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: phone, locale: "zh-CN" })).newPage();
  await enter(page, account, once);
  await expect(page.getByRole("heading", { name: "请先改密码" })).toBeVisible();
  await page.getByLabel("新密码").fill(next);
  await page.getByRole("button", { name: "改好并进入" }).click();
  return page;
}
async function enter(page: Page, account: string, password: string): Promise<void> {
  await page.goto("/firm");
  await page.getByLabel("登录名").fill(account);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
}
async function textOf(page: Page, selector: string): Promise<string> {
  return ((await page.locator(selector).first().textContent()) ?? "").trim();
}

test("an office confirms a firm, its people hand in for it, and a binding that ended opens nothing", async ({ browser, request, allowed }) => {
  test.setTimeout(120_000);
  allowed.push(nobodyYet, /status of (403|404|409|422)/);
  const firm = "映川某某机械有限公司";
  const clerk = await personAt(browser, "clerk", "/desk/firms");
  const form = clerk.getByRole("form", { name: "核准" });
  await form.getByLabel("统一社会信用代码").fill("91430000MA4L0F1R18");
  await form.getByLabel("名称").fill(firm);
  await form.getByLabel("管理员姓名").fill("何总");
  await form.getByLabel("账号").fill("he.zong");
  await form.getByRole("button", { name: "核准" }).click();
  await expect(form.getByLabel("统一社会信用代码")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("名称")).toHaveValue(firm); // nothing is lost
  await form.getByLabel("统一社会信用代码").fill("91430000MA4L0F1R19");
  await form.getByRole("button", { name: "核准" }).click();
  await expect(form.getByRole("status")).toContainText("he.zong");
  const once = await textOf(clerk, ".said .code");
  await expect(clerk.locator(".items")).toContainText(firm);
  expect(await axeFindings(clerk)).toEqual([]);

  const boss = await firstTime(browser, "he.zong", once, "一二三四五六七八九十甲乙");
  await expect(boss.getByRole("heading", { level: 1, name: firm })).toBeVisible();
  expect(await wide(boss)).toBeLessThanOrEqual(0);
  expect(await axeFindings(boss)).toEqual([]);
  await boss.getByLabel("姓名").fill("小郑");
  await boss.locator("#bind-account").fill("clerk");
  await boss.getByRole("button", { name: "绑定", exact: true }).click();
  await expect(boss.locator("#bind-account")).toHaveAttribute("aria-invalid", "true");
  await boss.locator("#bind-account").fill("xiao.zheng");
  await boss.getByRole("button", { name: "绑定", exact: true }).click();
  await expect(boss.locator("#bound")).toBeFocused();
  const given = await textOf(boss, "#bound .code");

  const agent = await firstTime(browser, "xiao.zheng", given, "甲乙丙丁戊己庚辛壬癸子丑");
  await expect(agent.getByRole("heading", { name: "管理员和经办人" })).toHaveCount(0);
  await agent.getByRole("link", { name: `以${firm}的名义反映` }).click();
  await agent.getByLabel("是什么事").fill("供电");
  await agent.getByRole("link", { name: /^供电/ }).click();
  await expect(agent.getByText(`以${firm}的名义提交`)).toBeVisible();
  await agent.getByLabel("一句话说清").fill("厂区增容迟迟未批");
  await agent.getByLabel(/^内容/).fill("一月提交的增容申请没有答复。");
  await agent.getByLabel(/^电话/).fill("13900000091");
  await agent.getByRole("button", { name: "提交" }).click();
  await expect(agent.getByRole("heading", { name: "已收到" })).toBeVisible();
  await expect(agent.getByRole("img", { name: "扫码查进度" })).toHaveCount(0); // a code would outlive the binding
  const number = await textOf(agent, ".receipt .big");
  await agent.getByRole("link", { name: "看进度" }).click();
  await expect(agent.getByRole("heading", { level: 1, name: "厂区增容迟迟未批" })).toBeVisible();

  // In the browser of somebody of the firm, on their own behalf: no account of the firm finds it.
  const alone = await handIn(request, { title: "单位拖欠工资", text: "三个月没有发。", for: "郑某", contact: "13900000092" });
  await agent.goto(`/follow/${alone.number}#${alone.code}`);
  await expect(agent.getByRole("heading", { level: 1, name: "单位拖欠工资" })).toBeVisible();

  await boss.reload();
  await expect(boss.getByRole("link", { name: /厂区增容迟迟未批/ })).toContainText(number);
  await expect(boss.getByText("单位拖欠工资")).toHaveCount(0);
  await boss.goto(`/follow/${alone.number}?firm=1`);
  await expect(boss.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(boss.locator(".waiting")).toHaveCount(0);
  await expect(boss.getByText("单位拖欠工资")).toHaveCount(0);

  await boss.goto("/firm");
  await boss.locator(".person", { hasText: "xiao.zheng" }).getByRole("button", { name: "解除绑定" }).click();
  await boss.getByRole("button", { name: "确认解除" }).click();
  await expect(boss.locator(".person", { hasText: "xiao.zheng" })).toHaveCount(0);
  await agent.goto(`/follow/${number}?firm=1`);
  await expect(agent.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(agent.locator(".waiting")).toHaveCount(0);
  await expect(agent.getByText("厂区增容迟迟未批")).toHaveCount(0);
  await agent.goto("/firm");
  await expect(agent.getByText("您现在没有绑定任何企业或商会。")).toBeVisible();
});
