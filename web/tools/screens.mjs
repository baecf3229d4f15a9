// Pictures of the pages, from a served demo place, for README and docs.
//   node tools/screens.mjs [ADDRESS] [FOLDER] [--all]
// ADDRESS http://127.0.0.1:8311 and FOLDER ../docs/screens if left out. --all: each page in three
// widths, large text, dark and English too, for looking at.

import { chromium } from "@playwright/test";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [address = "http://127.0.0.1:8311", folder = fileURLToPath(new URL("../../docs/screens", import.meta.url))] =
  process.argv.slice(2).filter((one) => !one.startsWith("--"));
const isAll = process.argv.includes("--all");
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.ZHITONG_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

const handed = await handIn();
const pages = [
  ["portal-home", "/"],
  ["portal-choose", "/hand-in"],
  ["portal-hand-in", "/hand-in/appeal?category=power"],
  ["portal-follow", `/follow/${handed.number}#${handed.code}`],
  ["portal-published", "/published"],
  ["portal-figures", "/figures"],
  ["portal-through-train", "/through-train"],
];
const further = [
  ["portal-published-one", `/published/${await somePublished()}`],
  ["portal-drafts", "/drafts"],
  ["portal-enter", "/follow"],
  ["portal-help", "/help"],
  ["portal-missing", "/receipt/ZT-0"],
];

await shoot("phone", { width: 360, height: 640 }, pages);
if (isAll) {
  await shoot("phone", { width: 360, height: 640 }, further);
  await shoot("tablet", { width: 768, height: 1024 }, [...pages, ...further]);
  await shoot("wide", { width: 1440, height: 900 }, [...pages, ...further]);
  await shoot("phone-large-dark", { width: 360, height: 640 }, pages, { "zhitong.large": "yes", "zhitong.theme": "dark" });
  await shoot("phone-en", { width: 360, height: 640 }, pages, { "zhitong.language": "en" });
}
await receipt("phone", { width: 360, height: 640 });
await desk();
await field();
await browser.close();

async function shoot(name, viewport, what, kept = {}) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: isAll ? 1 : 1.5, locale: "zh-CN" });
  await context.addInitScript((values) => Object.entries(values).forEach(([key, value]) => localStorage.setItem(key, value)), kept);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && console.log(`${name}: ${message.text()}`));
  for (const [title, path] of what) {
    await page.goto(address + path);
    await page.locator("h1").first().waitFor({ state: "attached" });
    await page.locator(".waiting").first().waitFor({ state: "detached" });
    await shot(page, `${title}-${name}`);
    await tellWidth(page, `${title} ${name}`);
  }
  await context.close();
}

/** What each kind of work sees first at the desk. */
async function desk() {
  const rooms = [
    ["clerk", "desk-inbox", "/desk", ".preview .timeline li"],
    ["clerk", "desk-matter", `/desk/matters/${handed.number}`, ".timeline li"],
    ["clerk", "desk-hand-in", "/desk/hand-in", "#kind"],
    ["dispatcher", "desk-dispatch", "/desk/dispatch", ".rows tbody tr"],
    ["callback", "desk-review", "/desk/review", ".script"],
    ["head", "desk-cockpit", "/desk/cockpit", ".ranks"],
  ];
  const rest = [
    ["clerk", "desk-unit", "/desk/unit"],
    ["clerk", "desk-matters", "/desk/matters"],
    ["clerk", "desk-search", "/desk/matters?text=%E8%B7%AF%E7%81%AF"],
    ["clerk", "desk-directory", "/desk/directory"],
    ["clerk", "desk-kinds", "/desk/kinds"],
    ["clerk", "desk-calendar", "/desk/calendar"],
    ["clerk", "desk-jobs", "/desk/jobs"],
    ["clerk", "desk-account", "/desk/account"],
    ["clerk", "desk-print", `/desk/matters/${handed.number}/print/receipt`],
    ["clerk", "desk-nothing", "/desk/nowhere"],
    ["supervisor", "desk-supervision", "/desk/supervision"],
    ["head", "desk-pocket", "/desk/pocket"],
    ["admin", "desk-people", "/desk/people"],
    ["audit", "desk-audit", "/desk/audit"],
  ].map((room) => [...room, "h1"]);
  for (const width of isAll ? [360, 768, 1440] : [1440]) {
    const all = isAll ? [...rooms, ...rest] : rooms;
    for (const name of new Set(all.map(([who]) => who))) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: 1, locale: "zh-CN" });
      const page = await context.newPage();
      await page.goto(`${address}/desk`);
      await page.locator("#name").fill(name);
      await page.locator("#password").fill("yingchuan-demo");
      await page.locator("button[type=submit]").click();
      await page.locator("#places").waitFor({ state: "attached" });
      for (const [, title, path, until] of all.filter(([who]) => who === name)) {
        await page.goto(address + path);
        await page.locator(until).first().waitFor({ state: "attached" });
        await page.locator(".waiting").first().waitFor({ state: "detached" });
        await page.screenshot({ path: `${folder}/${title}${isAll ? `-${width}` : ""}.png`, fullPage: isAll });
        await tellWidth(page, `${title} ${width}`);
      }
      await context.close();
    }
  }
}

async function field() {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 }, deviceScaleFactor: isAll ? 1 : 1.5, locale: "zh-CN" });
  await page.goto(`${address}/field`);
  await page.getByLabel("账号").fill("handler");
  await page.getByLabel("口令").fill("yingchuan-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await page.locator(".tabs").waitFor();
  for (const [name, path] of [["field-tasks", "/field"], ["field-report", "/field/report/hazard"], ["field-areas", "/field/areas"]]) {
    await page.goto(address + path);
    await page.locator("h1").waitFor();
    await page.locator(".waiting").first().waitFor({ state: "detached" });
    await page.screenshot({ path: `${folder}/${name}-phone.png` }); // its tabs stand at the lower edge
  }
  await page.close();
}

/** A page that is wider than its window is scrolled sideways by nobody. */
async function tellWidth(page, what) {
  const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (needs > has) console.log(`${what}: ${needs} px in ${has}`);
}

/** The whole page for looking at; in the docs what fits beside another. */
async function shot(page, name) {
  const heightMax = 1200;
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
  const clip = isAll ? undefined : { x: 0, y: 0, width, height: Math.min(height, heightMax) };
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, clip });
}

async function receipt(name, viewport) {
  const page = await browser.newPage({ viewport, deviceScaleFactor: isAll ? 1 : 1.5, locale: "zh-CN" });
  await page.goto(`${address}/hand-in/appeal`);
  await page.locator("#field-title").fill("门口停电三天");
  await page.locator("#field-for").fill("王小明");
  await page.locator("#field-contact").fill("13900000077");
  await page.locator("button[type=submit]").click();
  await page.locator(".receipt").waitFor();
  await shot(page, `portal-receipt-${name}`);
  await page.close();
}

async function handIn() {
  const { newKey } = await import("./keys.mjs");
  const response = await fetch(`${address}/api/v1/portal/matters`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": newKey() },
    body: JSON.stringify({ kind: "appeal", fields: { title: "门口路灯不亮", text: "晚上走路看不见，已有老人摔倒。", for: "王小明", contact: "13900000077", category: "environment.street" } }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function somePublished() {
  const list = await (await fetch(`${address}/api/v1/portal/published?counts=closed&kind=appeal&limit=1`)).json();
  return list.rows[0].number;
}
