// A proposal that is handed in on a phone, reviewed by its committee and not filed, for one of the
// ten reasons.

import type { Page } from "@playwright/test";
import { doStep, nobodyYet, personAt } from "./desk_people";
import { expect, test } from "./watched";

const phone = { width: 360, height: 640 };

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

const now = (page: Page) => page.locator(".now");

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
