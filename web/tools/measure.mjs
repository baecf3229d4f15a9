// What the pages cost, measured in the browser on a served place.
//   node tools/measure.mjs ADDRESS [NAME] [PASSWORD]   NAME clerk, PASSWORD of the demo if left out
//   node tools/measure.mjs rows COUNT                  invented rows for `zhitong import`, to fill one
// A phone is reckoned four times slower than this machine; times are those of the page's own thread
// where they can be, so that what else the machine does weighs little.

import { chromium } from "@playwright/test";

const slowerBy = 4;
const scrollSteps = 120;
const longTaskMs = 50;
const rowsWanted = 10_000;
const settledMs = 2_000;

if (process.argv[2] === "rows") {
  printRows(Number(process.argv[3] ?? 10_000));
} else {
  await measure(process.argv[2] ?? "http://127.0.0.1:8311", process.argv[3] ?? "clerk", process.argv[4] ?? "yingchuan-demo");
}

async function measure(address, name, password) {
  const browser = await chromium.launch({ executablePath: process.env.ZHITONG_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  await portal(browser, address);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  const desk = await loaded(page, `${address}/desk`, () => page.locator("#name").waitFor());
  tell("desk, first load", desk);
  await page.locator("#name").fill(name);
  await page.locator("#password").fill(password);
  await page.locator("button[type=submit]").click();
  await page.locator(".virtual [role=option], .empty").first().waitFor();
  await opened(page, `${address}/desk/unit`, ".virtual [role=option], .empty", "list of the unit");
  await scrolling(page);
  const number = await page.locator(".virtual .second .figures").first().textContent().catch(() => null);
  if (number !== null) await opened(page, `${address}/desk/matters/${number.trim()}`, ".timeline li", "a matter");
  if (number !== null) await fromList(page, `${address}/desk/unit`);
  await opened(page, `${address}/desk/matters`, ".plain-list li", "search for matters");
  await opened(page, `${address}/desk/cockpit`, ".tiles.six", "cockpit, figures");
  await byLink(page, `${address}/desk/unit`, "/desk/cockpit", ".tiles.six", "cockpit from another page of the desk");
  await page.locator(".picture .rows tbody tr").first().waitFor({ state: "attached" });
  await browser.close();
}

/** The front page on a phone four times slower: until it can be used, and what it loads. */
async function portal(browser, address) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: "zh-CN" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowerBy });
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const first = await loaded(page, `${address}/`, () => page.locator("main a").first().waitFor());
  const { metrics } = await session.send("Performance.getMetrics");
  const workedMs = metrics.find((one) => one.name === "TaskDuration").value * 1000;
  tell(`portal, first load, CPU ${slowerBy} times slower`, first);
  console.log(`  thread busy ${Math.round(workedMs)} ms, usable after ${Math.round(first.ms)} ms`);
  await context.close();
}

/** in: what must stand there. out: bytes on the wire, requests, ms until it stood. */
async function loaded(page, url, until) {
  let bytes = 0;
  let requests = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
    requests += 1;
  });
  const began = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await until();
  const ms = performance.now() - began;
  await page.waitForLoadState("networkidle").catch(() => undefined);
  return { bytes, requests, ms };
}

/** As one works: from the list to a matter, without loading the desk anew. */
async function fromList(page, url) {
  const times = [];
  for (let turn = 0; turn < 5; ++turn) {
    await page.goto(url);
    await page.locator(".virtual [role=option]").nth(turn).click();
    await page.waitForLoadState("networkidle", { timeout: settledMs }).catch(() => undefined);
    times.push(await page.evaluate(async () => {
      const began = performance.now();
      document.querySelector(".virtual").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      while (document.querySelector(".matter-panes .timeline li") === null && performance.now() - began < 10_000) await new Promise((drawn) => requestAnimationFrame(drawn));
      return performance.now() - began;
    }));
  }
  console.log(`a matter from the list: stands after ${times.map((ms) => Math.round(ms)).sort((one, other) => one - other).join(", ")} ms`);
}

/** As one works: by a link of the desk, without loading it anew. */
async function byLink(page, url, href, selector, what) {
  const times = [];
  for (let turn = 0; turn < 5; ++turn) {
    await page.goto(url);
    await page.locator(".virtual [role=option]").first().waitFor();
    await page.waitForLoadState("networkidle", { timeout: settledMs }).catch(() => undefined);
    times.push(await page.evaluate(async ({ href, selector }) => {
      const began = performance.now();
      document.querySelector(`a[href="${href}"]`).click();
      while (document.querySelector(selector) === null && performance.now() - began < 10_000) await new Promise((drawn) => requestAnimationFrame(drawn));
      return performance.now() - began;
    }, { href, selector }));
  }
  console.log(`${what}: stands after ${times.map((ms) => Math.round(ms)).sort((one, other) => one - other).join(", ")} ms`);
}

async function opened(page, url, selector, what) {
  await page.goto("about:blank");
  const result = await loaded(page, url, () => page.locator(selector).first().waitFor());
  tell(what, result);
}

/** To the end of the list as it grows, then from top to bottom; long tasks of the page's thread. */
async function scrolling(page) {
  const result = await page.evaluate(async ({ steps, least, wanted }) => {
    const box = document.querySelector(".virtual");
    if (box === null) return { tasks: [], rows: 0, shown: 0 };
    const tasks = [];
    const watcher = new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.duration >= least && tasks.push(Math.round(entry.duration))));
    watcher.observe({ type: "longtask" });
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const rows = () => Number(box.querySelector("[role=option]")?.getAttribute("aria-setsize") ?? 0);
    for (let quiet = 0, before = 0; rows() < wanted && quiet < 300; ) {
      box.scrollTop = box.scrollHeight;
      await frame();
      quiet = rows() > before ? 0 : quiet + 1;
      before = rows();
    }
    for (let step = 0; step <= steps; ++step) {
      box.scrollTop = (box.scrollHeight * step) / steps;
      await frame();
    }
    watcher.disconnect();
    return { tasks, rows: rows(), shown: box.querySelectorAll("[role=option]").length };
  }, { steps: scrollSteps, least: longTaskMs, wanted: rowsWanted });
  console.log(`scrolling ${result.rows} rows: ${result.shown} of them in the page, ${result.tasks.length} long tasks of ${longTaskMs} ms and more${result.tasks.length > 0 ? `, the longest ${Math.max(...result.tasks)} ms` : ""}`);
}

function tell(what, { bytes, requests, ms }) {
  console.log(`${what}: ${(bytes / 1024).toFixed(1)} KB in ${requests} requests, stands after ${Math.round(ms)} ms`);
}

/** Messages of an invented web board (maps/messages.yaml), open ones. */
function printRows(count) {
  const what = ["路灯不亮", "路面积水", "夜里施工", "停水两天", "货款拖欠", "证照迟迟不办"];
  const where = ["老街", "桥边", "工业园", "学校门口", "菜场", "河堤"];
  let text = "";
  for (let number = 1; number <= count; ++number) {
    const day = String((number % 28) + 1);
    text += `${JSON.stringify({ 留言编号: `m-${number}`, 留言用户: `网友${number}`, 留言主题: `${where[number % where.length]}${what[number % what.length]}`, 留言时间: `2022/7/${day} 9:${String(number % 60).padStart(2, "0")}:00`, 留言详情: `${where[number % where.length]}的${what[number % what.length]}，已经几天了。`, 答复意见: "", 答复时间: "" })}\n`;
    if (text.length > 1_000_000) {
      process.stdout.write(text);
      text = "";
    }
  }
  process.stdout.write(text);
}
