// What people do at the desk beside matters: files in pieces, imports and exports, second factor,
// approvals by a second person, audit, saved views, live updates, text of 200 %.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { doStep, nobodyYet, personAt, pressNext, signIn } from "./desk_people";
import { handIn, signedIn, work } from "./people";
import { axeFindings, expect, test } from "./watched";

test.beforeEach(({ allowed }) => {
  allowed.push(nobodyYet);
});

test("a file that broke off goes on where it stopped", async ({ page, request, allowed }) => {
  allowed.push(/ERR_FAILED/);
  const { number } = await handIn(request, { title: "附件分段上传" });
  await signIn(page, "clerk", `/desk/matters/${number}`);
  const offsets: number[] = [];
  let isBroken = false;
  await page.route("**/api/v1/uploads/*?offset=*", async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
    offsets.push(offset);
    if (offset > 0 && !isBroken) {
      isBroken = true;
      await route.abort();
    } else {
      await route.continue();
    }
  });
  const bytes = 3 * 4_194_304;
  await page.locator("#file-choice").setInputFiles({ name: "现场记录.txt", mimeType: "text/plain", buffer: Buffer.alloc(bytes, "现场 ") });
  await expect(page.getByText("没有传完：现场记录.txt")).toBeVisible();
  await page.getByRole("button", { name: "接着传" }).click();
  await expect(page.locator(".files").getByRole("link", { name: "现场记录.txt" })).toBeVisible();
  expect(offsets.filter((one) => one === 0), "what had come was not sent again").toHaveLength(1);
  expect(new Set(offsets).size).toBeGreaterThan(1);
  const fetched = await page.request.get((await page.locator(".files a").first().getAttribute("href")) ?? "");
  expect((await fetched.body()).length).toBe(bytes);
});

test("a photo has a small picture beside its name", async ({ page, request }) => {
  const { number } = await handIn(request, { title: "现场照片" });
  await signIn(page, "clerk", `/desk/matters/${number}`);
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=", "base64");
  await page.locator("#file-choice").setInputFiles({ name: "door.png", mimeType: "image/png", buffer: png });
  await expect(page.locator(".files").getByRole("link", { name: /door/ })).toBeVisible();
});

test("an import shows its rows first, and tells which were left out and why", async ({ page }) => {
  await signIn(page, "clerk", "/desk/jobs");
  await page.getByLabel("按哪种格式").selectOption({ label: "网上留言与答复" });
  const rows = [
    { 留言编号: `b-${Date.now()}`, 留言用户: "网友", 留言主题: "导入的一件", 留言时间: "2022/7/1 9:00:00", 留言详情: "路面积水", 答复意见: "已疏通。", 答复时间: "2022/7/4 9:00:00" },
    { 留言编号: `c-${Date.now()}`, 留言用户: "网友", 留言主题: "时间不对的一件", 留言时间: "不知道", 留言详情: "路面积水" },
  ].map((row) => JSON.stringify(row)).join("\n");
  await page.locator("#file").setInputFiles({ name: "rows.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(`${rows}\n`) });
  await expect(page.getByRole("columnheader", { name: "留言主题" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "导入的一件" })).toBeVisible();
  await page.getByRole("button", { name: "开始导入" }).click();
  const job = page.locator(".items > li").filter({ hasText: "导入" }).first();
  await expect(job).toBeVisible();
  await expect(job.locator("progress")).toHaveCount(0, { timeout: 30_000 });
  await expect(job).toContainText("2 行，没有收下 1 行。");
  const rejects = await page.request.get((await job.getByRole("link", { name: "没有收下的行" }).getAttribute("href")) ?? "");
  expect(await rejects.text()).toContain("时间不对的一件");
});

test("an export is ordered with a reason, made, and fetched", async ({ page }) => {
  await signIn(page, "clerk", "/desk/matters");
  await page.getByRole("button", { name: /导出/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("导出理由").fill("季度分析");
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByLabel("格式").selectOption("csv");
  await dialog.locator("button[type=submit]").click();
  await expect(page).toHaveURL(/\/desk\/jobs$/);
  const job = page.locator(".items > li").filter({ hasText: "导出" }).first();
  const link = job.locator("a[download]").first();
  await expect(link).toBeVisible({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(await download.failure()).toBeNull();
  const rows = readFileSync((await download.path()) ?? "", "utf8").split("\n");
  expect(rows[0], "who took it, and when").toContain("受理员");
  expect(rows[1]).toContain(",");
  expect(rows.length).toBeGreaterThan(50);
});

test("a second factor is set up, asked for, replaced by a recovery code and dropped", async ({ page, browser, allowed }) => {
  allowed.push(/status of 401/);
  await signIn(page, "chief", "/desk/account");
  const factor = page.locator("section").filter({ has: page.getByRole("heading", { name: "第二因素" }) });
  await factor.getByLabel("口令").fill("yingchuan-demo");
  await factor.getByRole("button", { name: "开通", exact: true }).click();
  await expect(factor.getByRole("img", { name: "身份验证器的二维码" })).toBeVisible();
  const secret = ((await factor.locator(".code").textContent()) ?? "").trim();
  await factor.getByLabel("六位数").fill(oneTimeCode(secret));
  await factor.getByRole("button", { name: "确认开通" }).click();
  await expect(factor.getByText("已开通：登录时还要动态码。")).toBeVisible();
  const recovery = (await factor.locator("li.code").allTextContents()).map((one) => one.trim());
  expect(recovery).toHaveLength(10);

  const other = await (await browser.newContext()).newPage();
  await other.goto("/desk");
  await other.getByLabel("账号").fill("chief");
  await other.getByLabel("口令").fill("yingchuan-demo");
  await other.getByRole("button", { name: "登录" }).click();
  await expect(other.getByRole("alert")).toBeVisible();
  await other.getByLabel("口令").fill("yingchuan-demo");
  await other.getByLabel(/动态码/).fill(recovery[0]!);
  await other.getByRole("button", { name: "登录" }).click();
  await expect(other.locator("#places")).toBeAttached();

  await page.reload();
  await factor.getByLabel("口令").fill("yingchuan-demo");
  await factor.getByRole("button", { name: "关闭" }).click();
  await expect(page.getByText("没有开通。")).toBeVisible();
});

test("a name is shown after a second person agreed, and the requester sees who looked", async ({ page, browser, request }) => {
  const handed = await handIn(request, { title: "投诉窗口态度", purpose: "complaint", for: "赵投诉", contact: "13900000099" });
  await signIn(page, "clerk", `/desk/matters/${handed.number}`);
  await expect(page.locator(".parties")).not.toContainText("赵投诉");
  await doStep(page, "申请查看诉求人身份（另一人确认）", async (now) => {
    await now.getByLabel("理由").selectOption({ label: "核实反映的情况" });
    await now.getByLabel("内容").fill("需要核实时间地点。");
  });
  const chief = await personAt(browser, "chief", `/desk/matters/${handed.number}`);
  await doStep(chief, "同意查看", async (now) => now.getByLabel("批准").check());
  await page.reload();
  const follow = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage();
  await follow.goto(`/follow/${handed.number}#${handed.code}`);
  await expect(follow.locator(".look").first()).toContainText("核实反映的情况");
});

test("a change of the directory waits for another person, who approves it", async ({ page, browser, request }) => {
  const code = `n${Date.now()}`;
  await signIn(page, "admin", "/desk/people");
  await page.getByLabel("变动内容").selectOption({ label: "登记新人员" });
  await page.getByLabel("代码").fill(code);
  await page.getByLabel("姓名").fill("辛来");
  await page.getByLabel("理由").fill(`新进人员 ${code}`);
  await page.getByRole("button", { name: "提交，等待批准" }).click();
  await expect(page.getByText("已提交，等另一位管理员批准。")).toBeVisible();
  const security = await personAt(browser, "security", "/desk/people");
  await security.getByRole("listitem").filter({ hasText: code }).getByRole("button", { name: "批准" }).click();
  await expect(security.getByRole("listitem").filter({ hasText: code }).filter({ hasText: "已批准" })).toBeVisible();
  const as = await signedIn(request, "security");
  const people = (await (await as.get("/api/v1/admin/people")).json()) as { people: Array<{ code: string }> };
  expect(people.people.map((one) => one.code)).toContain(code);
});

test("a key of a program is shown once, opens what it may, and nothing once revoked", async ({ page, playwright, baseURL }) => {
  await signIn(page, "security", "/desk/people");
  const keys = page.getByRole("region", { name: "程序密钥" });
  await keys.getByLabel("用途").fill("大厅屏幕");
  await keys.getByLabel("以哪个岗位").selectOption({ index: 1 });
  await keys.getByRole("button", { name: "发一把密钥" }).click();
  await expect(keys.getByText("这一项必须填。")).toBeVisible();
  await keys.getByRole("checkbox", { name: /figures\.read/ }).check();
  await keys.getByRole("button", { name: "发一把密钥" }).click();
  const text = ((await keys.getByRole("status").locator(".code").textContent()) ?? "").trim();
  const program = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { Authorization: `Bearer ${text}` } });
  expect((await program.get("/api/v1/figures")).status()).toBe(200);
  expect((await program.get("/api/v1/matters")).status()).toBe(403);
  await keys.getByRole("listitem").filter({ hasText: "大厅屏幕" }).getByRole("button", { name: /吊销/ }).first().click();
  await expect.poll(async () => (await program.get("/api/v1/figures")).status()).toBe(401);
  await program.dispose();
});

test("the audit is exported as a file, with a reason that stands in it", async ({ page }) => {
  await signIn(page, "audit", "/desk/audit");
  await expect(page.getByRole("table")).toBeVisible();
  await page.getByLabel("导出理由").fill("季度检查");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "存为表格" }).click()]);
  expect(download.suggestedFilename()).toBe("audit.csv");
  expect(await download.failure()).toBeNull();
  await page.reload();
  await expect(page.getByRole("table")).toContainText("季度检查");
});

test("a view is saved under a name, chosen and dropped", async ({ page }) => {
  await signIn(page, "clerk", "/desk/unit");
  const chip = page.locator(".chips");
  await page.getByLabel("亮灯", { exact: true }).selectOption("red");
  await chip.getByRole("button", { name: "存为常用" }).click();
  await page.getByRole("dialog").getByLabel("名称").fill("超期的");
  await page.getByRole("dialog").locator("button[type=submit]").click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByLabel("亮灯", { exact: true }).selectOption("");
  const views = page.locator(".chips select").filter({ has: page.locator("option", { hasText: "超期的" }) });
  await views.selectOption({ label: "超期的" });
  await expect(page.getByLabel("亮灯", { exact: true })).toHaveValue("red");
  await expect(page).toHaveURL(/lamp=red/);
  await chip.getByRole("button", { name: "删掉这个" }).click();
  await expect(views).toHaveCount(0);
});

test("what another does is there within a second", async ({ page, request }) => {
  const { number } = await handIn(request, { title: "实时更新" });
  await signIn(page, "dispatcher", `/desk/matters/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("实时更新");
  const clerk = await signedIn(request, "clerk");
  await work(clerk, number, [{ verb: "accept", fields: {} }]);
  await expect(page.locator(".timeline")).toContainText("受理", { timeout: 1_000 });
});

test("text of 200 % stays within the desk's page", async ({ page }) => {
  await signIn(page, "head");
  for (const path of ["/desk/cockpit", "/desk/pocket", "/desk/account", "/desk/directory"]) {
    await page.goto(path);
    await expect(page.locator(".waiting")).toHaveCount(0);
    await page.evaluate(() => (document.documentElement.style.fontSize = "28px"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

test("a township that may not lead is told of before the matter is sent", async ({ page, request, playwright, baseURL }) => {
  const outside = await playwright.request.newContext({ baseURL });
  const lists = (await (await (await signedIn(request, "dispatcher")).get("/api/v1/directory/duties")).json()) as { duties: Array<{ org: { name: string }; list: string; category: string }> };
  const taken = lists.duties.find((one) => one.list === "taken_back")!;
  const { number } = await handIn(outside, { title: "三张清单", category: taken.category });
  await work(await signedIn(outside, "clerk"), number, [{ verb: "accept", fields: {} }]);
  await outside.dispose();
  await signIn(page, "dispatcher", `/desk/matters/${number}`);
  await pressNext(page);
  await page.getByLabel("主办单位").fill(taken.org.name);
  await expect(page.locator(".deeds .wrong").first()).toContainText("已由上级收回");
});

test("on the wall the cockpit shows one picture after the other, without the frame", async ({ page }) => {
  await signIn(page, "head", "/desk/cockpit");
  await expect(page.locator(".pictures > *").first()).toBeVisible();
  await page.getByRole("button", { name: "大屏" }).click();
  await expect(page.getByRole("navigation", { name: "栏目" })).toBeHidden();
  await expect(page.locator(".pictures > *:visible")).toHaveCount(1);
  const first = await page.locator(".pictures > *:visible h2").textContent();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".pictures > *:visible h2")).not.toHaveText(first ?? "");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "栏目" })).toBeVisible();
  await expect(page.locator(".pictures > *:visible")).not.toHaveCount(1);
});

test("danger to life is registered and handed over in one go", async ({ page }) => {
  await signIn(page, "clerk", "/desk/hand-in");
  await page.getByLabel("一句话说清").fill("电线断落伤人");
  await page.getByLabel("来源渠道").selectOption({ index: 1 });
  await expect(page.getByLabel("登记并移送急救、抢险等")).toHaveCount(0);
  await page.getByLabel("问题分类").selectOption({ label: "供电" });
  await expect(page.getByRole("alert")).toHaveText("触电、断线伤人请立即拨打 95598 和 120");
  await page.getByLabel("登记并移送急救、抢险等").check();
  await page.getByLabel("移送给谁").fill("120");
  await page.getByRole("button", { name: "登记并移送" }).click();
  await expect(page.getByRole("status")).toContainText("已转送移送");
});

test("the directory of a past day says whose day it is", async ({ page }) => {
  await signIn(page, "clerk", "/desk/directory");
  await expect(page.locator(".tree li").first()).toBeVisible();
  await page.getByLabel("哪一天的名录").fill("2020-01-02");
  await expect(page.getByRole("status")).toContainText("2020年1月2日");
});

/** RFC 6238, as an authenticator makes it. in: the secret as it is typed in by hand */
function oneTimeCode(secret: string, at = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[\s=-]/g, "").toUpperCase()].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac[mac.length - 1]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("of a place with more units than one answer holds, levels and names come when they are asked for", async ({ page, request }) => {
  const orgs = ((await (await (await signedIn(request, "clerk")).get("/api/v1/directory/orgs")).json()) as { orgs: Array<{ id: number; name: string; parent: number; has_below: boolean }> }).orgs;
  const county = orgs.find((org) => org.parent === orgs[0]!.id && org.has_below)!;
  const deep = orgs.find((org) => org.parent === county.id && !org.has_below)!;
  await page.route(/\/api\/v1\/directory\/orgs$/, (route) => route.continue({ url: `${route.request().url()}?limit=1` }));
  await signIn(page, "clerk", "/desk/directory");
  const tree = page.getByRole("region", { name: "机构", exact: true });
  await expect(tree.getByText(county.name, { exact: true })).toBeVisible();
  await expect(tree.getByText(deep.name, { exact: true })).toHaveCount(0);
  await tree.getByText(county.name, { exact: true }).click();
  await expect(tree.getByText(deep.name, { exact: true })).toBeVisible();
  await page.goto("/desk/hand-in");
  await page.getByLabel("种类", { exact: true }).selectOption({ label: "企业诉求" });
  await page.getByLabel(/^被反映单位/).fill(deep.name.slice(0, 4));
  await expect(page.locator(`datalist option[value="${deep.name}"]`).first()).toBeAttached();
  await page.getByLabel(/^被反映单位/).fill(deep.name);
  await expect(page.getByRole("button", { name: `去掉${deep.name}` })).toBeVisible();
});
