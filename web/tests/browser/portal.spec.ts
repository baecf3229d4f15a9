import { readFile } from "node:fs/promises";
import { axeFindings, expect, test } from "./watched";
import { handIn, signedIn, work } from "./people";

const phone = { width: 360, height: 640 };
test.use({ viewport: phone });

const addresses = ["/", "/hand-in", "/hand-in/appeal", "/hand-in/suggestion", "/drafts", "/receipt/ZT-0", "/follow", "/published", "/figures", "/roots", "/through-train", "/help"];

test("each address is answered when it is typed in, and fits the phone", async ({ page }) => {
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, address).toBeLessThanOrEqual(0);
  }
});

for (const language of ["zh", "en"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing: ${language}, ${theme}`, async ({ page, request }) => {
      await page.addInitScript(([chosen, look]) => {
        localStorage.setItem("zhitong.language", chosen!);
        localStorage.setItem("zhitong.theme", look!);
      }, [language, theme]);
      const matter = await handIn(request, { title: "axe", text: "axe", for: "甲", contact: "13900000001" });
      for (const address of [...addresses, `/follow/${matter.number}#${matter.code}`]) {
        await page.goto(address);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expect(page.locator(".waiting")).toHaveCount(0);
        expect(await axeFindings(page), address).toEqual([]);
      }
    });
  }
}

test("text of 200 % and large text stay within the phone", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("zhitong.large", "yes"));
  for (const address of ["/", "/hand-in/appeal", "/published", "/through-train"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await page.evaluate(() => (document.documentElement.style.fontSize = "36px"));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, address).toBeLessThanOrEqual(0);
  }
});

test("hand in, receipt, follow, rate", async ({ page, request }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "反映问题" }).click();
  await page.getByLabel("是什么事").fill("供电");
  await page.getByRole("link", { name: /^供电/ }).click();
  await expect(page.getByRole("alert")).toContainText("95598");
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByLabel("一句话说清")).toBeFocused();
  await expect(page.getByText("这一项要填")).toBeVisible();
  await page.getByLabel("一句话说清").fill("门口停电三天");
  await page.getByLabel(/^内容/).fill("从周一开始，整条街都没有电。");
  await page.getByLabel(/^姓名/).fill("王小明");
  await page.getByLabel(/^电话/).fill("13900000077");
  await page.locator("input[type=file]").setInputFiles({ name: "door.png", mimeType: "image/png", buffer: picture });
  await expect(page.getByAltText("第 1 张照片")).toBeVisible();
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
  await expect(page.getByRole("img", { name: "扫码查进度" })).toBeVisible();
  await expect(page.getByText("照片还没传完")).toHaveCount(0);
  const number = (await page.locator(".receipt .big").first().textContent())!.trim();
  await page.getByRole("link", { name: "看进度" }).click();
  await expect(page.getByText("已收到").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /door/ })).toBeVisible();

  const clerk = await signedIn(request, "clerk");
  await work(clerk, number, [{ verb: "accept", fields: { urgency: "normal" } }]);
  await work(clerk, number, [{ verb: "reply", fields: { text: "线路已修好，今晚恢复供电。" } }, { verb: "close", fields: {} }]);
  await page.reload();
  await expect(page.getByText("线路已修好，今晚恢复供电。").first()).toBeVisible();
  await page.getByRole("button", { name: /评价/ }).click();
  await expect(page.getByText("办理单位看不到打分")).toBeVisible();
  for (const question of [/满意吗/, /解决了吗/]) await page.getByRole("group", { name: question }).getByRole("radio").first().check();
  await page.locator("form.card").getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("已提交。")).toBeVisible();
});

test("without a network it is kept, and arrives once when there is one", async ({ page, context, request, allowed }) => {
  allowed.push(/ERR_INTERNET_DISCONNECTED/);
  const title = `离线提交 ${Date.now()}`;
  await page.goto("/hand-in/appeal");
  await page.getByLabel("一句话说清").fill(title);
  await context.setOffline(true);
  await page.getByLabel(/^内容/).fill("写到一半没有网络");
  await page.getByLabel(/^姓名/).fill("李四");
  await page.getByLabel(/^电话/).fill("13900000078");
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  await expect(page.getByText("等网络恢复后送出").first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { name: title })).toHaveCount(0);
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  const clerk = await signedIn(request, "clerk");
  const found = await clerk.get(`/api/v1/matters?kind=appeal&limit=50`);
  const rows = ((await found.json()) as { rows: Array<{ line: { title: string } }> }).rows;
  expect(rows.filter((row) => row.line.title === title)).toHaveLength(1);
});

test("a draft is there again after the window was closed", async ({ context }) => {
  const first = await context.newPage();
  await first.goto("/hand-in/suggestion");
  await first.getByLabel("建议题目").fill("路口加一盏灯");
  await expect(first).toHaveURL(/draft=/);
  await expect.poll(() => kept(first)).toContain("路口加一盏灯");
  await first.close();
  const second = await context.newPage();
  await second.goto("/drafts");
  await second.getByRole("link", { name: "接着写" }).click();
  await expect(second.getByLabel("建议题目")).toHaveValue("路口加一盏灯");
});

test("after a first visit it opens without a network, and what is written waits", async ({ context, allowed }) => {
  allowed.push(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  const first = await context.newPage();
  await first.goto("/hand-in/suggestion");
  await expect(first.getByLabel("建议题目")).toBeVisible();
  await expect.poll(() => first.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((all, one) => all + one, 0))).toBeGreaterThan(3);
  await first.close();
  await context.setOffline(true);
  const second = await context.newPage();
  await second.goto("/hand-in/suggestion");
  await second.getByLabel("建议题目").fill("没有网络时打开");
  await second.getByLabel(/^内容/).fill("断网也能写");
  await second.getByLabel(/^不留姓名/).check();
  await second.getByRole("button", { name: "提交" }).click();
  await expect(second.getByText("等网络恢复后送出").first()).toBeVisible();
  await context.setOffline(false);
  await expect(second.getByRole("link", { name: "没有网络时打开" })).toBeVisible();
});

test("a browser of 2018 hands in and reads the through-train's page", async ({ page }) => {
  await page.addInitScript(() => {
    const lacks: Array<[object, string[]]> = [
      [Promise, ["allSettled", "any"]],
      [Array.prototype, ["flat", "flatMap", "at", "findLast", "toSorted", "toReversed", "toSpliced"]],
      [Object, ["fromEntries", "hasOwn"]],
      [String.prototype, ["replaceAll", "matchAll", "trimStart", "trimEnd", "at"]],
      [window, ["AbortController", "AbortSignal", "queueMicrotask", "structuredClone", "ResizeObserver"]],
      [crypto.constructor.prototype as object, ["randomUUID"]],
      [Navigator.prototype, ["clipboard"]],
    ];
    for (const [owner, names] of lacks) for (const name of names) Reflect.deleteProperty(owner, name);
  });
  await page.goto("/");
  await page.getByRole("link", { name: "反映问题" }).click();
  await page.getByLabel("是什么事").fill("拖欠");
  await page.getByRole("link", { name: /^拖欠账款/ }).click();
  await page.getByLabel("一句话说清").fill("老手机提交");
  await page.getByLabel(/^不留姓名/).check();
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
  await page.getByRole("link", { name: "直通车" }).click();
  await expect(page.getByText("受理时限").first()).toBeVisible();
});

test("published matters that read alike are offered, and one may join them", async ({ page, request }) => {
  const list = (await (await request.get("/api/v1/portal/published?kind=suggestion&limit=1")).json()) as { rows: Array<{ title: string; text: string; number: string }> };
  const published = list.rows[0]!;
  await page.goto("/hand-in/suggestion");
  await page.getByLabel("建议题目").fill(`${published.title} ${published.text}`.slice(0, 60));
  await page.getByLabel("建议题目").blur();
  const offered = page.getByRole("status").filter({ hasText: "是不是这件" });
  await expect(offered).toBeVisible();
  await offered.getByRole("button", { name: "我也遇到" }).first().click();
  await expect(page.getByLabel(/^内容/)).toHaveValue(/我也遇到了已公开的 JY-/);
  await expect(page.getByLabel(/^内容/)).toBeFocused();
});

test("what is not there and what cannot be reached say so, and what to do", async ({ page, allowed }) => {
  allowed.push(/status of 404|ERR_FAILED/);
  await page.goto("/published/NOPE-1");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "重试" })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.route("**/api/v1/portal/published?*", (route) => route.abort());
  await page.getByRole("main").getByRole("link", { name: "答复公开" }).click();
  await expect(page.getByRole("alert")).toContainText("没有连上服务器");
  await page.unroute("**/api/v1/portal/published?*");
  await page.getByRole("button", { name: "重试" }).click();
  await expect(page.getByText(/^\d+ 件$/)).toBeVisible();
});

test("a receipt prints without the frame around it", async ({ page }) => {
  await page.goto("/hand-in/appeal");
  await page.getByLabel("一句话说清").fill("打印回执");
  await page.getByLabel(/^不留姓名/).check();
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("img", { name: "扫码查进度" })).toBeVisible();
});

test("number and code open it, a wrong code does not", async ({ page, request, allowed }) => {
  allowed.push(/status of 40[14]/);
  const matter = await handIn(request, { title: "路灯不亮" });
  await page.goto("/follow");
  await page.getByLabel("编号").fill(matter.number);
  await page.getByLabel("查询码").fill("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
  await page.getByRole("button", { name: "查看" }).click();
  await expect(page.getByRole("alert")).toContainText("编号或查询码不对");
  await page.getByLabel("查询码").fill(matter.code.toLowerCase());
  await page.getByRole("button", { name: "查看" }).click();
  await expect(page.getByRole("heading", { name: "路灯不亮" })).toBeVisible();
});

test("the code of a QR address does not stay in the address", async ({ page, request }) => {
  const matter = await handIn(request, { title: "扫码" });
  await page.goto(`/follow/${matter.number}#${matter.code}`);
  await expect(page.getByRole("heading", { name: "扫码" })).toBeVisible();
  expect(page.url()).not.toContain("#");
});

test("the keyboard alone hands in", async ({ page }) => {
  await page.goto("/hand-in/appeal");
  await page.getByLabel("一句话说清").focus();
  await page.keyboard.type("键盘提交");
  const submit = page.getByRole("button", { name: "提交" });
  for (let step = 0; step < 60 && !(await submit.evaluate((button) => button === document.activeElement)); ++step) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
});

/** The texts of the drafts on the shelf. */
async function kept(page: import("@playwright/test").Page): Promise<string> {
  return page.evaluate(() => new Promise<string>((resolve) => {
    const asked = indexedDB.open("zhitong");
    asked.onsuccess = () => {
      const read = asked.result.transaction("drafts").objectStore("drafts").getAll();
      read.onsuccess = () => {
        asked.result.close();
        resolve(JSON.stringify(read.result));
      };
    };
  }));
}

/** 8 × 8 grey points. */
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=", "base64");

test("a receipt is saved, checked on the phone, and a changed one is found", async ({ page, request }, info) => {
  const handed = await handIn(request, { title: "幸福路路灯不亮", purpose: "help", category: "power", for: "王小明", contact: "13900000021" });
  await page.goto(`/follow/${handed.number}#${handed.code}`);
  await page.getByRole("button", { name: "现在核对" }).click();
  await expect(page.getByRole("status").filter({ hasText: handed.number })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "保存凭证文件" }).click()]);
  const kept = info.outputPath("receipt.json");
  await file.saveAs(kept);

  await page.goto("/roots");
  await page.getByLabel("核对凭证文件").setInputFiles(kept);
  await expect(page.getByRole("status").filter({ hasText: handed.number })).toBeVisible();
  const changed = (await readFile(kept, "utf8")).replace(handed.number, "ZT-2026-999999");
  await page.getByLabel("核对凭证文件").setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: Buffer.from(changed) });
  await expect(page.getByRole("status").filter({ hasText: "被改动过" })).toBeVisible();
});
