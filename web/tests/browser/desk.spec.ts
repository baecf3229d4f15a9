import type { Page } from "@playwright/test";
import { personAt, signIn, nobodyYet } from "./desk_people";
import { axeFindings, expect, test } from "./watched";

test.beforeEach(({ allowed }) => {
  allowed.push(nobodyYet);
});

/** Registered and accepted by the clerk at the telephone, with the keyboard alone. out: its number */
async function handIn(page: Page, title: string): Promise<string> {
  await page.goto("/desk/hand-in");
  const field = page.getByLabel("一句话说清");
  await expect(field).toBeFocused();
  await page.keyboard.type(title);
  await page.keyboard.press("Tab");
  await page.keyboard.type("变压器坏了，三天没有电。");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown"); // the first channel
  await page.keyboard.press("Control+Enter");
  const number = page.getByRole("status").getByRole("link");
  await expect(number).toBeVisible();
  return (await number.textContent()) ?? "";
}

test("who was overtaken sees by what, and keeps what was written", async ({ page, browser, allowed }) => {
  allowed.push(/status of 412/);
  await signIn(page, "clerk");
  const number = await handIn(page, "两个人同时办的一件事");
  const dispatcher = await personAt(browser, "dispatcher", `/desk/matters/${number}`);
  await dispatcher.getByRole("button", { name: "要求补正", exact: true }).click();
  await dispatcher.locator(".now").getByLabel("内容").fill("请补一张照片。");

  await page.goto(`/desk/matters/${number}`);
  await page.getByRole("button", { name: "催办", exact: true }).click();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".now").getByRole("status")).toContainText("催办");
  // The other's change shows at once, beside what is being written.
  await expect(dispatcher.locator(".timeline")).toContainText("催办", { timeout: 2_000 });

  await dispatcher.locator(".now button[type=submit]").click();
  const told = dispatcher.getByRole("alert");
  await expect(told).toContainText("催办");
  await expect(dispatcher.locator(".now").getByLabel("内容")).toHaveValue("请补一张照片。");
  await told.getByRole("button", { name: "看过了，接着办" }).click();
  await dispatcher.locator(".now button[type=submit]").click();
  await expect(dispatcher.locator(".now").getByRole("status")).toContainText("要求补正");
});

test("a session that ends in the middle of a form takes nothing away", async ({ page, context }) => {
  await signIn(page, "clerk");
  const number = await handIn(page, "登录过期时正在写的");
  await page.goto(`/desk/matters/${number}`);
  await page.getByRole("button", { name: "催办", exact: true }).click();
  await page.locator(".now").getByLabel("内容").fill("请尽快回话。");
  await context.clearCookies();
  await page.locator(".now button[type=submit]").click();
  const dialog = page.getByRole("dialog", { name: "登录工作台" });
  await expect(dialog).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("账号").fill("clerk");
  await dialog.getByLabel("口令").fill("yingchuan-demo");
  await dialog.getByRole("button", { name: "登录" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".now").getByLabel("内容")).toHaveValue("请尽快回话。");
  await page.locator(".now button[type=submit]").click();
  await expect(page.locator(".now").getByRole("status")).toContainText("催办");
});

test("a draft is there again after the page was closed", async ({ page }) => {
  await signIn(page, "clerk");
  const number = await handIn(page, "写到一半关掉页面");
  await page.goto(`/desk/matters/${number}`);
  await page.getByRole("button", { name: "催办", exact: true }).click();
  await page.locator(".now").getByLabel("内容").fill("写到一半");
  await page.goto("/desk");
  await page.goto(`/desk/matters/${number}`);
  await expect(page.locator(".now").getByLabel("内容")).toHaveValue("写到一半");
});

test("the inbox is worked by the keyboard alone", async ({ page }) => {
  await signIn(page, "clerk");
  const rows = page.locator(".virtual").getByRole("option");
  await expect(rows.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
  const title = (await rows.nth(1).locator(".title").textContent()) ?? "";
  await expect(page.locator(".preview h2").first()).toHaveText(title);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("选了 2 件")).toBeVisible();
  await page.getByRole("button", { name: "取消选择" }).press("Enter");
  await page.keyboard.press("k");
  await page.keyboard.press("/");
  await expect(page.getByLabel("亮灯", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("驾驶舱");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "驾驶舱" })).toBeVisible();
});

test("the same step on several matters is answered row by row", async ({ page }) => {
  await signIn(page, "clerk");
  await expect(page.locator(".virtual").getByRole("option").first()).toBeVisible();
  for (const key of ["x", "j", "x"]) await page.keyboard.press(key);
  await page.getByLabel("一起办什么").selectOption({ label: "催办" });
  await page.getByRole("button", { name: "催办 2 件" }).click();
  await expect(page.getByText("办成 2 件，没有办成 0 件。")).toBeVisible();
});

test("a greyed verb says why when it is reached", async ({ page }) => {
  await signIn(page, "clerk");
  const number = await handIn(page, "看灰色按钮的理由");
  await page.goto(`/desk/matters/${number}`);
  const greyed = page.locator(".verbs [aria-disabled=true]").first();
  await greyed.focus();
  await expect(page.locator(".verbs .why:not(.unseen)").first()).not.toBeEmpty();
});
