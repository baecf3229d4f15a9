// The walk of docs/start/first-hour.md: from a directory that does not exist to a closed
// through-train matter, each step in the pages. With ZHITONG_SCREENS=FOLDER it leaves the pictures
// of that page there (tools/screens).

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "@playwright/test";
import { doStep, nobodyYet } from "./desk_people";
import { expect, test } from "./watched";

const program = process.env.ZHITONG_PROGRAM ?? fileURLToPath(new URL("../../../build/dev/zhitong", import.meta.url));
const port = Number(process.env.ZHITONG_FIRST_HOUR_PORT ?? 8692);
const address = `http://127.0.0.1:${port}`;
const passwords = new Map<string, string>();
const title = "门口的路灯不亮";
const phone = { width: 360, height: 640 };

let folder = "";
let server: ChildProcess | undefined;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "zhitong-first-"));
  run("init", "--data", `${folder}/place`, "--place", "example");
  for (const [name, person] of [["si.yao", "p16"], ["an.shouze", "p17"]] as const) {
    const made = JSON.parse(run("--json", "admin", "create", "--data", `${folder}/place`, "--name", name, "--person", person)) as { one_time_password: string };
    passwords.set(name, made.one_time_password);
  }
  server = spawn(program, ["serve", "--data", `${folder}/place`, "--listen", `127.0.0.1:${port}`], { stdio: "ignore", env: { ...process.env, ZHITONG_HTTP_RATE_LIMITS: "off" } });
  await expect.poll(async () => (await fetch(`${address}/readyz`).catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200);
});
test.afterAll(async () => {
  const ended = server === undefined ? undefined : new Promise((resolve) => server?.once("exit", resolve));
  server?.kill();
  await ended;
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

test("a new place comes from nothing to its first closed matter within the pages", async ({ browser, allowed }) => {
  test.setTimeout(900_000);
  allowed.push(nobodyYet);

  // 1, 2: the security administrator changes the one-time password and makes accounts.
  const security = await open(browser);
  await signInOnce(security, "an.shouze", 1);
  const accounts = security.getByRole("region", { name: "账号" });
  for (const [name, post] of [["tang.xiaoman", "优化营商环境办公室·受理员"], ["dong.ping", "优化营商环境办公室·交办员"], ["lei.ming", "供电公司·承办员"], ["guang.ming", "供电公司·经理"], ["xia.zhi", "回访中心·回访员"], ["gu.changhe", "人民政府·县长"]] as const) {
    await makeAccount(accounts, name, post);
  }
  await shot(security, 2);

  // 3, 4: a colleague who is new is registered and takes over a post; the other one approves.
  const system = await open(browser);
  await signInOnce(system, "si.yao");
  await system.getByLabel("变动内容").selectOption({ label: "登记新人员" });
  await system.getByLabel("代码").fill("xin.lai");
  await system.getByLabel("姓名").fill("辛来");
  await system.getByLabel("理由").fill("新进人员");
  await shot(system, 3);
  await system.getByRole("button", { name: "提交，等待批准" }).click();
  await expect(system.getByText("已提交，等另一位管理员批准。")).toBeVisible();
  await approve(security, "新进人员", "登记新人员 代码 xin.lai 姓名 辛来");
  await system.reload();
  await system.getByLabel("岗位", { exact: true }).selectOption({ label: "示例县优化营商环境办公室 · 联企干部" });
  await system.getByLabel("人员", { exact: true }).selectOption({ label: "xin.lai" });
  await system.getByLabel("理由").fill("轮岗");
  await system.getByRole("button", { name: "提交，等待批准" }).click();
  await expect(system.getByText("已提交，等另一位管理员批准。")).toBeVisible();
  await approve(security, "轮岗", "变更 示例县优化营商环境办公室·联企干部 任职 xin.lai", 4);

  // 5: a key for the program that shows the figures in the hall.
  const keys = security.getByRole("region", { name: "程序密钥" });
  await keys.getByLabel("用途").fill("大厅屏幕");
  await keys.getByLabel("以哪个岗位").selectOption({ label: "示例县优化营商环境办公室 · 主任" });
  await keys.getByRole("checkbox", { name: /figures\.read/ }).check();
  await keys.getByRole("button", { name: "发一把密钥" }).click();
  const key = ((await keys.getByRole("status").locator(".code").textContent()) ?? "").trim();
  expect(key).toMatch(/^ztk_/);
  await shot(security, 5, keys);
  const figures = await fetch(`${address}/api/v1/figures`, { headers: { Authorization: `Bearer ${key}` } });
  expect(figures.status).toBe(200);

  // 6: a resident hands in.
  const resident = await open(browser, phone);
  await resident.goto(`${address}/hand-in/appeal`);
  await resident.getByLabel("一句话说清").fill(title);
  await resident.getByLabel(/^姓名/).fill("王小明");
  await resident.getByLabel(/^电话/).fill("13900000077");
  await resident.getByRole("button", { name: "提交" }).click();
  await expect(resident.getByRole("heading", { name: "已收到" })).toBeVisible();
  const number = ((await resident.locator(".receipt .big").first().textContent()) ?? "").trim();
  await shot(resident, 6);

  // 7, 8: accepted and given to a unit.
  const clerk = await workAt(browser, "tang.xiaoman");
  await expect(clerk.locator(".virtual").getByRole("option", { name: new RegExp(title) })).toBeVisible();
  await shot(clerk, 7);
  await clerk.goto(`${address}/desk/matters/${number}`);
  await doStep(clerk, "受理");
  const dispatcher = await workAt(browser, "dong.ping", number);
  await doStep(dispatcher, "交办", async (now) => {
    await now.getByLabel("主办单位").fill("示例县供电公司");
    await now.getByLabel("主办单位").press("Enter");
    await shot(dispatcher, 8);
  });

  // 9: the unit works on it, its leader signs off, it replies.
  const handler = await workAt(browser, "lei.ming", number);
  await doStep(handler, "签收");
  await doStep(handler, "联系", async (now) => {
    await now.getByLabel("联系上").check();
    await now.getByLabel("内容").fill("已约好今晚到现场。");
  });
  const leader = await workAt(browser, "guang.ming", number);
  await doStep(leader, "签发");
  await expect(handler.locator(".now").getByRole("button", { name: "答复", exact: true })).toHaveClass(/is-primary/);
  await doStep(handler, "答复", async (now) => {
    await now.getByLabel("内容").fill("已换灯泡和线路，今晚亮灯。");
    await now.getByLabel("佐证").fill("现场照片两张，电表读数正常。");
    await shot(handler, 9);
  });

  await expect(clerk.locator(".now").getByRole("button", { name: "核查", exact: true })).toHaveClass(/is-primary/);

  // 10, 11: verified, closed, rated; 12: seen in the cockpit.
  await doStep(clerk, "核查");
  await doStep(clerk, "办结");
  await expect(clerk.locator(".now").getByRole("status")).toContainText("已办结");
  await shot(clerk, 10);
  await resident.getByRole("link", { name: "看进度" }).click();
  await expect(resident.getByText("已换灯泡和线路，今晚亮灯。").first()).toBeVisible();
  await resident.getByRole("button", { name: /评价/ }).click();
  for (const question of [/满意吗/, /解决了吗/]) await resident.getByRole("group", { name: question }).getByRole("radio").first().check();
  await resident.locator("form.card").getByRole("button", { name: "提交" }).click();
  await expect(resident.getByText("已提交。")).toBeVisible();
  await shot(resident, 11);
  const head = await workAt(browser, "gu.changhe");
  await head.goto(`${address}/desk/cockpit`);
  await expect(head.locator(".tiles").getByRole("link", { name: /^收到/ })).toContainText("1");
  await shot(head, 12);
});

function run(...words: string[]): string {
  return execFileSync(program, words, { encoding: "utf8" });
}

async function open(browser: Browser, viewport = { width: 1280, height: 800 }): Promise<Page> {
  const page = await (await browser.newContext({ viewport, locale: "zh-CN" })).newPage();
  return page;
}

/** The first sign-in: with the one-time password, which is changed at once. */
async function signInOnce(page: Page, name: string, picture?: number): Promise<void> {
  const once = passwords.get(name) ?? "";
  const next = `${name} 的长口令一句`;
  await page.goto(`${address}/desk`);
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("口令").fill(once);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("heading", { name: "换掉一次性口令" })).toBeVisible({ timeout: 30_000 }); // hashes of full cost
  await page.getByLabel("一次性口令", { exact: true }).fill(once);
  await page.getByLabel("新口令").fill(next);
  await page.getByLabel("再输一遍").fill(next);
  if (picture !== undefined) await shot(page, picture);
  await page.getByRole("button", { name: "换口令" }).click();
  await expect(page.locator("#places")).toBeAttached({ timeout: 30_000 });
}

async function workAt(browser: Browser, name: string, number?: string): Promise<Page> {
  const page = await open(browser);
  await signInOnce(page, name);
  if (number !== undefined) await page.goto(`${address}/desk/matters/${number}`);
  return page;
}

async function makeAccount(accounts: Locator, name: string, post: string): Promise<void> {
  const person = accounts.getByLabel("人员");
  const choice = person.locator("option", { hasText: post }).first();
  await person.selectOption({ value: (await choice.getAttribute("value")) ?? "" });
  await accounts.getByLabel("账号", { exact: true }).fill(name);
  await accounts.getByRole("button", { name: "开通账号" }).click();
  await expect(accounts.getByRole("status")).toContainText(name);
  passwords.set(name, ((await accounts.getByRole("status").locator(".code").textContent()) ?? "").trim());
}

async function approve(page: Page, why: string, says: string, picture?: number): Promise<void> {
  await page.reload();
  const change = page.getByRole("listitem").filter({ hasText: why }).filter({ has: page.getByRole("button") });
  await expect(change).toContainText(says);
  if (picture !== undefined) await shot(page, picture);
  await change.getByRole("button", { name: "批准" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: why }).filter({ hasText: "已批准" })).toBeVisible();
}

/** Picture N of the page in docs, where they are asked for. */
async function shot(page: Page, number: number, part?: Locator): Promise<void> {
  const screens = process.env.ZHITONG_SCREENS;
  if (screens === undefined) return;
  await (part ?? page).screenshot({ path: join(screens, `first-hour-${number}.png`) });
}
