import { request as apart, type Page } from "@playwright/test";
import { nobodyYet } from "./desk_people";
import { signedIn as signedInWith, work, type Signed } from "./people";
import { axeFindings, expect, test } from "./watched";

test.use({ viewport: { width: 360, height: 640 } });
test.beforeEach(({ allowed }) => void allowed.push(nobodyYet, /ERR_INTERNET_DISCONNECTED|Failed to load resource/));

/** Each of them at a desk of their own, since one session is one person. */
const signedIn = async (name: string): Promise<Signed> => signedInWith(await apart.newContext({ baseURL: process.env.ZHITONG_URL ?? "http://127.0.0.1:8311" }), name);

/** A fire that somebody ordered the power company, whose handler goes there, to put right. */
async function task(title: string): Promise<string> {
  const joint = await signedIn("joint");
  const orgs = ((await (await joint.get("/api/v1/directory/orgs")).json()) as { orgs: Array<{ name: string; code: string }> }).orgs;
  const lead = orgs.find((org) => org.name.endsWith("市供电公司"))!.code;
  const answer = await joint.post("/api/v1/matters", { deeds: [{ verb: "register", kind: "hazard", fields: { title, hazard_type: "fire", premises: "三号配电房" } }, { verb: "assign", fields: { lead } }] });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { rows: Array<{ number: string }> }).rows[0]!.number;
}
async function enter(page: Page, path = "/field"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("账号").fill("handler");
  await page.getByLabel("口令").fill("yingchuan-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.locator(".tabs")).toBeVisible();
}
/** How often a verb stands in what happened to a matter. */
async function times(as: Signed, number: string, verb: string): Promise<number> {
  const told = (await (await as.get(`/api/v1/matters/${number}/timeline`)).json()) as { rows: Array<{ verb: string }> };
  return told.rows.filter((row) => row.verb === verb).length;
}
async function filesOf(as: Signed, number: string): Promise<number> {
  return ((await (await as.get(`/api/v1/matters/${number}/files`)).json()) as { files: unknown[] }).files.length;
}
async function open(page: Page, title: string): Promise<void> {
  await page.locator(".tabs").getByRole("link", { name: "待办" }).click();
  await page.getByRole("link", { name: new RegExp(title) }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}
async function progress(page: Page, words: string, withPhoto = false): Promise<void> {
  await page.getByRole("button", { name: "进展", exact: true }).click();
  await page.locator("#field-text").fill(words);
  if (withPhoto) {
    await page.locator("input[type=file]").setInputFiles({ name: "spot.png", mimeType: "image/png", buffer: picture });
    await expect(page.getByAltText("第 1 张照片")).toBeVisible();
  }
  await page.getByRole("button", { name: "送出", exact: true }).click();
}
/** The pages are on the phone: the worker has them all. */
async function ready(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(async () => {
    const shelf = await caches.open("zhitong-field-1");
    return (await shelf.keys()).length;
  })).toBeGreaterThan(2);
}
const rowsKept = (page: Page): Promise<number> => page.evaluate(() => new Promise<number>((resolve, reject) => {
  const asked = indexedDB.open("zhitong-field");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = async () => {
    const names = Array.from(asked.result.objectStoreNames);
    const counts = await Promise.all(names.map((name) => new Promise<number>((told) => {
      const one = asked.result.transaction(name).objectStore(name).count();
      one.onsuccess = () => told(one.result);
    })));
    asked.result.close();
    resolve(counts.reduce((sum, one) => sum + one, 0));
  };
}));

test("a task is signed for, gone to and put right", async ({ page }) => {
  const title = `配电房冒烟 ${Date.now()}`;
  const number = await task(title);
  await enter(page);
  await open(page, title);
  await page.getByRole("button", { name: "签收" }).click();
  await page.getByRole("button", { name: "送出", exact: true }).click();
  await expect(page.getByText("已送到。")).toBeVisible();
  await progress(page, "到场，已断电", true);
  await expect(page.getByText("已送到。")).toBeVisible();
  await page.getByRole("button", { name: "申请复查" }).click();
  await page.getByRole("button", { name: "送出", exact: true }).click();
  await expect(page.getByText("这一项要填").first()).toBeVisible();
  await page.locator("#field-text").fill("更换开关，已恢复");
  await page.locator("input[type=file]").setInputFiles({ name: "done.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "送出", exact: true }).click();
  await expect(page.getByText("已送到。")).toBeVisible();
  const handler = await signedIn("handler");
  expect([await times(handler, number, "sign_for"), await times(handler, number, "report_progress"), await times(handler, number, "reply"), await filesOf(handler, number)]).toEqual([1, 1, 1, 2]);
});

test("a day without a network: opened again, two tasks and a danger put right, each sent once", async ({ page, context }) => {
  const [one, two, danger] = [`东街起火 ${Date.now()}`, `西街起火 ${Date.now()}`, `楼道堵塞 ${Date.now()}`];
  const numbers = [await task(one), await task(two)];
  await enter(page);
  for (const title of [one, two]) await open(page, title);
  await page.locator(".tabs").getByRole("link", { name: "上报" }).click();
  await page.getByRole("link", { name: /^隐患/ }).click();
  await expect(page.locator("#field-title")).toBeVisible();
  await ready(page);
  await context.setOffline(true);

  await open(page, one);
  await progress(page, "到场，灭火中", true);
  await expect(page.getByText("已存在手机上，有网络后自动送出。")).toBeVisible();
  await page.close();
  const again = await context.newPage();
  await again.goto("/field");
  await expect(again.getByText("有 1 条等网络恢复后送出。")).toBeVisible();
  await open(again, two);
  await progress(again, "到场，明火已灭");
  await expect(again.getByText("已存在手机上，有网络后自动送出。")).toBeVisible();
  await again.locator(".tabs").getByRole("link", { name: "上报" }).click();
  await again.getByRole("link", { name: /^隐患/ }).click();
  await again.locator("#field-title").fill(danger);
  await again.getByLabel("隐患类型").selectOption({ label: "用电" });
  await again.getByLabel("当场整改").check();
  await again.locator("#field-text").fill("杂物已搬走");
  await again.locator("input[type=file]").setInputFiles({ name: "hall.png", mimeType: "image/png", buffer: picture });
  await expect(again.getByAltText("第 1 张照片")).toBeVisible();
  await again.getByRole("button", { name: "送出", exact: true }).click();
  await expect(again.getByText("有 3 条等网络恢复后送出。")).toBeVisible();

  await context.setOffline(false);
  await expect(again.getByText(/条等网络恢复后送出/)).toHaveCount(0);
  const handler = await signedIn("handler");
  for (const number of numbers) expect(await times(handler, number, "report_progress")).toBe(1);
  expect(await filesOf(handler, numbers[0]!)).toBe(1);
  const found = await entered(handler, danger);
  expect(found).toHaveLength(1);
  expect(found[0]!.line.stage).toBe("rechecking");
  expect(await filesOf(handler, found[0]!.line.number)).toBe(1);
});

test("somebody was faster: shown with what was written, sent again or put away", async ({ page, context }) => {
  const title = `桥头起火 ${Date.now()}`;
  const number = await task(title);
  await enter(page);
  await open(page, title);
  await ready(page);
  await context.setOffline(true);
  await progress(page, "路上");
  await expect(page.getByText("已存在手机上，有网络后自动送出。")).toBeVisible();
  const handler = await signedIn("handler");
  await work(handler, number, [{ verb: "report_progress", fields: { text: "同事先到了" } }]);
  await context.setOffline(false);
  await page.getByRole("link", { name: "有 1 条没被接受，请看一下" }).click();
  const card = page.getByRole("article");
  await expect(card).toContainText("您写的：路上");
  await expect(card).toContainText("系统答复：");
  expect(await times(handler, number, "report_progress")).toBe(1);
  await page.reload();
  await card.getByRole("button", { name: "修改" }).click();
  await expect(page.locator("#field-text")).toHaveValue("路上");
  await page.locator("#field-text").fill("第二个到");
  await page.getByRole("button", { name: "送出", exact: true }).click();
  await expect(page.getByText("没有等着送出的。")).toBeVisible();
  expect(await times(handler, number, "report_progress")).toBe(2);

  await open(page, title);
  await context.setOffline(true);
  await progress(page, "不要了");
  await expect(page.getByText("已存在手机上，有网络后自动送出。")).toBeVisible();
  await work(handler, number, [{ verb: "report_progress", fields: { text: "又有进展" } }]);
  await context.setOffline(false);
  await page.getByRole("link", { name: "有 1 条没被接受，请看一下" }).click();
  await card.getByRole("button", { name: "不送了" }).click();
  await card.getByRole("button", { name: "确定不送" }).click();
  await expect(page.getByText("没有等着送出的。")).toBeVisible();
  expect(await times(handler, number, "report_progress")).toBe(3);
});

test("signed out meanwhile: asked to sign in, then it goes on; signing out empties the phone", async ({ page, context }) => {
  const title = `河边起火 ${Date.now()}`;
  const number = await task(title);
  await enter(page);
  await open(page, title);
  await context.setOffline(true);
  await progress(page, "到场");
  await expect(page.getByText("已存在手机上，有网络后自动送出。")).toBeVisible();
  await context.clearCookies();
  await context.setOffline(false);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("登录已到期");
  await dialog.getByLabel("账号").fill("handler");
  await dialog.getByLabel("口令").fill("yingchuan-demo");
  await dialog.getByRole("button", { name: "登录" }).click();
  await expect(page.getByText(/条等网络恢复后送出/)).toHaveCount(0);
  const handler = await signedIn("handler");
  await expect.poll(() => times(handler, number, "report_progress")).toBe(1);
  await page.locator(".tabs").getByRole("link", { name: "待办" }).click();
  expect(await rowsKept(page)).toBeGreaterThan(0);
  await page.getByRole("button", { name: "退出并清空手机上的内容" }).click();
  await expect(page.getByLabel("账号")).toBeVisible();
  expect(await rowsKept(page)).toBe(0);
});

test("where one is: once, when the button is pressed, and never followed", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 30.123456, longitude: 117.123456 });
  await page.addInitScript(() => {
    const asked = { once: 0, followed: 0 };
    Object.assign(window, { asked });
    const once = Geolocation.prototype.getCurrentPosition;
    Geolocation.prototype.getCurrentPosition = function (...all) {
      ++asked.once;
      return once.apply(this, all);
    };
    Geolocation.prototype.watchPosition = () => ++asked.followed;
  });
  const asked = (): Promise<unknown> => page.evaluate(() => ({ ...(window as unknown as { asked: object }).asked }));
  await enter(page);
  for (const tab of ["上报", "走到了哪", "待送出", "待办"]) {
    await page.locator(".tabs").getByRole("link", { name: tab }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.locator(".tabs").getByRole("link", { name: "上报" }).click();
  await page.getByRole("link", { name: /^隐患/ }).click();
  await expect(page.getByRole("button", { name: "填我现在的位置" })).toBeVisible();
  expect(await asked()).toEqual({ once: 0, followed: 0 });
  await page.getByRole("button", { name: "填我现在的位置" }).click();
  await expect(page.locator("#field-point")).toHaveValue("30.123456,117.123456");
  expect(await asked()).toEqual({ once: 1, followed: 0 });
});

for (const language of ["zh", "en"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing: ${language}, ${theme}`, async ({ page }) => {
      const number = await task(`axe ${Date.now()}`);
      await page.addInitScript(() => localStorage.setItem("zhitong.language", "zh"));
      await enter(page);
      await page.addInitScript(([chosen, look]) => {
        localStorage.setItem("zhitong.language", chosen!);
        localStorage.setItem("zhitong.theme", look!);
      }, [language, theme]);
      for (const path of ["/field", `/field/tasks/${number}`, "/field/report", "/field/report/hazard", "/field/areas", "/field/outbox"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expect(page.locator(".waiting")).toHaveCount(0);
        expect(await axeFindings(page), path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
        if (process.env.ZHITONG_SHOTS) await page.screenshot({ path: `${process.env.ZHITONG_SHOTS}/field_${language}_${theme}_${path.replace(/\W+/g, "_").slice(1, 22)}.png`, fullPage: true });
      }
    });
  }
}

async function entered(as: Signed, title: string): Promise<Array<{ line: { number: string; stage: string; title: string } }>> {
  const list = (await (await as.get("/api/v1/matters?kind=hazard&limit=100")).json()) as { rows: Array<{ line: { number: string; stage: string; title: string } }> };
  return list.rows.filter((row) => row.line.title === title);
}

const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=", "base64");
