// What a resident does after handing in: supplement, urge, withdraw, contest with a photo, come back
// by the telephone's code, and two windows on the same matter.

import type { APIRequestContext, Page } from "@playwright/test";
import { handIn, signedIn, work, type Handed, type Signed } from "./people";
import { axeFindings, expect, test } from "./watched";

test.use({ viewport: { width: 360, height: 640 } });

const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=", "base64");

async function follow(page: Page, handed: Handed): Promise<void> {
  await page.goto(`/follow/${handed.number}#${handed.code}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}
/** Opens what may be done, fills it and sends it. */
async function does(page: Page, verb: RegExp, text?: string): Promise<void> {
  await page.getByRole("button", { name: verb }).first().click();
  const form = page.locator("form.card");
  if (text !== undefined) await form.getByLabel(/^内容/).fill(text);
  await form.getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("已提交。")).toBeVisible();
}
async function closed(request: APIRequestContext, title: string): Promise<Handed> {
  const handed = await handIn(request, { title, text: "三天没有电。", for: "王小明", contact: "13900000077" });
  const clerk = await signedIn(request, "clerk");
  await work(clerk, handed.number, [{ verb: "accept", fields: {} }]);
  await work(clerk, handed.number, [{ verb: "reply", fields: { text: "已修好。" } }, { verb: "close", fields: {} }]);
  return handed;
}

test("what the office asks for is supplemented, and the clock goes on", async ({ page, request }) => {
  const handed = await handIn(request, { title: "缺一张照片", for: "王小明", contact: "13900000077" });
  const clerk = await signedIn(request, "clerk");
  await work(clerk, handed.number, [{ verb: "ask_supplement", fields: { text: "请说明是哪一段路。" } }]);
  await follow(page, handed);
  await expect(page.getByText("请说明是哪一段路。").first()).toBeVisible();
  await page.getByRole("button", { name: "补充", exact: true }).click();
  const form = page.locator("form.card");
  await form.getByRole("button", { name: "提交" }).click();
  await expect(form.getByText("这一项要填")).toBeVisible();
  await form.getByLabel(/^内容/).fill("老街东头到桥边。");
  await form.getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("已提交。")).toBeVisible();
  await expect(page.getByText("老街东头到桥边。").first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("what was opened against a unit is told while it is open, and how it ended", async ({ page, request, playwright, baseURL }) => {
  const handed = await handIn(request, { title: "答复说修好了其实没有", text: "还是没有电。", for: "王小明", contact: "13900000077" });
  const person = async (name: string): Promise<Signed> => signedIn(await playwright.request.newContext({ baseURL }), name);
  const [clerk, handler, leader, supervisor, reviewer] = await Promise.all(["clerk", "handler", "leader", "supervisor", "reviewer"].map(person));
  await work(clerk!, handed.number, [{ verb: "accept", fields: {} }, { verb: "assign", fields: { lead: "power" } }]);
  await work(handler!, handed.number, [{ verb: "contact", fields: { reached: true, text: "已联系。" } }]);
  await work(leader!, handed.number, [{ verb: "sign_off", fields: {} }]);
  await work(handler!, handed.number, [{ verb: "reply", fields: { text: "已修好。", evidence: "照片" } }]);
  await work(clerk!, handed.number, [{ verb: "verify", fields: {} }, { verb: "close", fields: {} }]);
  await follow(page, handed);
  await expect(page.getByRole("heading", { name: "对承办情况的问责" })).toHaveCount(0);

  await work(supervisor!, handed.number, [{ verb: "hold_to_account", fields: { trigger: "false_reply", accused: ["power"], text: "现场没有修。", evidence: "照片" } }]);
  await page.reload();
  await expect(page.getByText("已启动，结束后在这里告诉您结果。")).toBeVisible();
  const links = ((await (await supervisor!.get(`/api/v1/matters/${handed.number}`)).json()) as { links: Array<{ number: string; type: string }> }).links;
  const opened = links.find((link) => link.type === "held_by")!.number;
  await work(supervisor!, opened, [{ verb: "assign", fields: { unit: "power", text: "请说明。" } }]);
  await work(handler!, opened, [{ verb: "sign_for", fields: {} }, { verb: "give_opinion", fields: { opinion: "已整改。", evidence: "照片" } }]);
  await work(reviewer!, opened, [{ verb: "review", fields: { text: "事实清楚。" } }]);
  await work(reviewer!, opened, [{ verb: "close", fields: { outcome: "talk", public_text: "已约谈。" } }]);
  await page.reload();
  await expect(page.getByText(/^结果：约谈/)).toBeVisible();
  await expect(page.getByText("已启动，结束后在这里告诉您结果。")).toHaveCount(0);
  // Against whom is the place's own affair, and the unit's words are none of the requester's.
  await expect(page.getByText("已整改。")).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
});

test("one may urge, and withdraw what nobody has begun", async ({ page, request }) => {
  const handed = await handIn(request, { title: "催一催再撤回", for: "王小明", contact: "13900000077" });
  await follow(page, handed);
  await does(page, /^催办/);
  await does(page, /^撤回/, "已经自己解决了。");
  await expect(page.locator(".standing .stage")).toContainText("已撤回");
  await expect(page.getByRole("button", { name: /^催办/ })).toHaveCount(0);
});

test("what was answered wrongly is contested with a photo; then the legal ways stand there", async ({ page, request, playwright, baseURL }) => {
  const handed = await closed(request, "答复与事实不符");
  await follow(page, handed);
  await page.locator("input[type=file]").setInputFiles({ name: "street.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "传上去" }).click();
  await expect(page.getByRole("button", { name: /street/ })).toBeVisible();
  await does(page, /复核/, "路灯还是不亮，照片为证。");
  await expect(page.getByText(/申请复核/).first()).toBeVisible();
  const other = await playwright.request.newContext({ baseURL });
  const callback = await signedIn(other, "callback");
  const lists = (await (await callback.get("/api/v1/words")).json()) as { lists: Array<{ name: string; words: Array<{ name: string }> }> };
  const reason = lists.lists.find((list) => list.name === "no_redo")!.words[0]!.name;
  await work(callback, handed.number, [{ verb: "review", fields: { reason, text: "现场核过，灯亮。" } }]);
  await other.dispose();
  await page.reload();
  await expect(page.getByRole("heading", { name: "还可以走的法定途径" })).toBeVisible();
  await expect(page.locator(".ways li")).not.toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
});

test("the code of the telephone opens it after a second of work", async ({ page, request }) => {
  const answer = await request.post("/api/v1/portal/matters", {
    headers: { "Idempotency-Key": (await import("../../shared/api/keys")).newKey() },
    data: { kind: "appeal", fields: { title: "电话里查", for: "王小明", contact: "13900000077" }, wants_phone_code: true },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const receipt = (await answer.json()) as { number: string; phone_code: string };
  await page.goto("/follow");
  await page.getByLabel("编号").fill(receipt.number);
  await page.getByLabel("查询码").fill(receipt.phone_code);
  await page.getByRole("button", { name: "查看" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "电话里查" })).toBeVisible({ timeout: 30_000 });
});

test("two windows on one matter do not do the same twice", async ({ context, request, allowed }) => {
  allowed.push(/status of 4(09|22)/);
  const handed = await closed(request, "两个窗口评价");
  const [one, other] = [await context.newPage(), await context.newPage()];
  await follow(one, handed);
  await follow(other, handed);
  for (const page of [one, other]) {
    await page.getByRole("button", { name: /评价/ }).click();
    for (const question of [/满意吗/, /解决了吗/]) await page.getByRole("group", { name: question }).getByRole("radio").first().check();
  }
  await one.locator("form.card").getByRole("button", { name: "提交" }).click();
  await expect(one.getByText("已提交。")).toBeVisible();
  await other.locator("form.card").getByRole("button", { name: "提交" }).click();
  await expect(other.getByRole("alert")).toBeVisible();
  await expect(other.getByRole("group", { name: /满意吗/ }).getByRole("radio").first()).toBeChecked();
});
