// Who leads, in one hand: what they instructed and what became of it; their handwriting entered by
// the secretary. And the paper that a requester takes along from the desk.

import qrcode from "qrcode-generator";
import { doStep, nobodyYet, personAt, signIn } from "./desk_people";
import { handIn, signedIn, work } from "./people";
import { axeFindings, expect, test } from "./watched";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=", "base64");

test.beforeEach(({ allowed }) => {
  allowed.push(nobodyYet);
});

test("the secretary enters what the mayor wrote, and the mayor's phone shows what became of it", async ({ browser, request }) => {
  const { number } = await handIn(request, { title: "批示过的路灯", text: "坏了", for: "王小明", contact: "13900000077" });
  const clerk = await signedIn(request, "clerk");
  await work(clerk, number, [{ verb: "accept", fields: {} }, { verb: "assign", fields: { lead: "power" } }]);

  const secretary = await (await browser.newContext()).newPage();
  await secretary.goto("/desk");
  await secretary.getByLabel("账号").fill("secretary");
  await secretary.getByLabel("口令").fill("yingchuan-demo");
  await secretary.getByRole("button", { name: "登录" }).click();
  await secretary.getByRole("button", { name: /代.*市长/ }).click();
  await expect(secretary.locator("#places")).toBeAttached();
  await secretary.goto(`/desk/matters/${number}`);
  await doStep(secretary, "批示", async (form) => form.getByLabel("内容").fill("请今晚修好。（手写，见照片）"));
  await secretary.locator("#file-choice").setInputFiles({ name: "批示原件.png", mimeType: "image/png", buffer: png });
  await expect(secretary.locator(".files").getByRole("link", { name: /批示原件/ })).toBeVisible();

  const mayor = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await signIn(mayor, "head", "/desk/pocket");
  const given = mayor.getByRole("region", { name: "我的批示" });
  const row = given.getByRole("listitem").filter({ hasText: number }).first();
  await expect(row).toContainText("请今晚修好。");
  await expect(row).toContainText("秘书代录");
  await expect(row).toContainText("之后还没有动静。");
  const handler = await personAt(browser, "handler", `/desk/matters/${number}`);
  await doStep(handler, "签收");
  // It came by itself.
  await expect(row.locator(".since")).toContainText("签收");
  expect(await mayor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await axeFindings(mayor)).toEqual([]);
});

/** What a picture of that text looks like. */
function pathOf(text: string): string {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  let path = "";
  for (let row = 0; row < code.getModuleCount(); ++row) {
    for (let column = 0; column < code.getModuleCount(); ++column) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  }
  return path;
}

test("the receipt of the desk has a code to follow by, which opens the matter", async ({ page, request, browser, baseURL }) => {
  const { number, code: before } = await handIn(request, { title: "窗口登记的事", text: "请查收。", for: "王小明", contact: "13900000077" });
  await signIn(page, "clerk", `/desk/matters/${number}/print/receipt`);
  const picture = page.locator(".receipt-code path");
  expect(await picture.getAttribute("d")).toBe(pathOf(`${baseURL}/follow/${number}`));
  await page.getByLabel("诉求人在场").check();
  await page.getByRole("button", { name: /给查询码/ }).click();
  const code = (await page.locator(".receipt-code .code").textContent())!.trim();
  expect(code).not.toBe(before);
  expect(await picture.getAttribute("d")).toBe(pathOf(`${baseURL}/follow/${number}#${encodeURIComponent(code)}`));
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".receipt-code svg")).toBeVisible();
  await expect(page.getByRole("button", { name: "打印这一页" })).toBeHidden();
  await expect(page.getByLabel("诉求人在场")).toBeHidden();

  const resident = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
  await resident.goto(`/follow/${number}#${encodeURIComponent(code)}`);
  await expect(resident.getByRole("heading", { level: 1, name: "窗口登记的事" })).toBeVisible();
  // Without the code the number stands there already.
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`/follow/${number}`);
  await expect(stranger.getByLabel("编号")).toHaveValue(number);
  await expect(stranger.getByText("窗口登记的事")).toHaveCount(0);
});
