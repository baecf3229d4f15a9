import type { Page } from "@playwright/test";
import { nobodyYet, signIn } from "./desk_people";
import { handIn, signedIn } from "./people";
import { axeFindings, expect, test } from "./watched";

interface Told {
  id: number;
  name: string;
  point: string;
  has_below: boolean;
}
interface MapTold {
  within: Told;
  areas: Told[];
}
/** With the areas that stand on the map; of some there is a name only. */
async function mapOf(page: Page, within = ""): Promise<MapTold> {
  const told = (await (await page.request.get(`/api/v1/portal/map${within && `?within=${within}`}`)).json()) as MapTold;
  return { ...told, areas: told.areas.filter((area) => area.point) };
}
const positionOf = (point: string): { latitude: number; longitude: number } => {
  const [latitude, longitude] = point.split(",").map(Number);
  return { latitude: latitude!, longitude: longitude! };
};
/** The map is drawn and its names stand. */
async function drawn(page: Page): Promise<void> {
  await expect(page.locator(".map-box [data-ready=yes]")).toBeVisible({ timeout: 30_000 });
  await expect(page.locator(".map-label").first()).toBeAttached();
}
/** Taps where the name of an area stands: its middle. */
async function tap(page: Page, name: string): Promise<void> {
  const label = page.locator(".map-label", { hasText: name }).first();
  await label.scrollIntoViewIfNeeded();
  const box = (await label.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

test.describe("portal", () => {
  test.use({ viewport: { width: 360, height: 720 } });

  test("a place that is tapped on the map arrives with the hand-in", async ({ page, request }) => {
    const county = (await mapOf(page)).areas[0]!;
    await page.goto("/hand-in/appeal");
    await page.getByLabel("一句话说清").fill("路灯坏了，在地图上指出来");
    await page.getByRole("button", { name: "在地图上选" }).click();
    await drawn(page);
    expect(await axeFindings(page)).toEqual([]);
    await tap(page, county.name);
    await expect(page.getByText(/位置已选好，在/)).toBeVisible();
    const point = (await page.locator(".place-set .figures").textContent())!;
    await page.getByLabel(/^姓名/).fill("王小明");
    await page.getByLabel(/^电话/).fill("13900000071");
    await page.getByRole("button", { name: "提交" }).click();
    await expect(page.getByRole("heading", { name: "已收到" })).toBeVisible();
    const number = (await page.locator(".receipt .big").first().textContent())!.trim();
    const clerk = await signedIn(request, "clerk");
    const matter = (await (await clerk.get(`/api/v1/matters/${number}`)).json()) as { fields: { point: string }; area: { id: number } };
    expect(matter.fields.point).toBe(point);
    const below = (await mapOf(page, String(county.id))).areas.map((area) => area.id);
    expect(below).toContain(matter.area.id);
    // To everybody else the point is nothing.
    const follow = await (await request.get(`/api/v1/portal/published/${number}`)).text();
    expect(follow).not.toContain(point);
  });

  test("where one stands names the area, and a refusal leaves the list", async ({ page, context }) => {
    const county = (await mapOf(page)).areas[1]!;
    const town = (await mapOf(page, String(county.id))).areas[0]!;
    await page.goto("/hand-in/suggestion");
    await page.getByRole("button", { name: "用我现在的位置" }).click();
    await expect(page.getByText("没有得到位置许可")).toBeVisible();
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation(positionOf(town.point));
    await page.getByRole("button", { name: "用我现在的位置" }).click();
    await expect(page.getByText(`位置已选好，在${town.name}`)).toBeVisible();
    await expect(page.getByLabel(`${county.name}：再往下选`)).toHaveValue(String(town.id));
    await page.getByRole("button", { name: "去掉位置" }).click();
    await context.setGeolocation({ latitude: 48.85, longitude: 2.35 });
    await page.getByRole("button", { name: "用我现在的位置" }).click();
    await expect(page.getByText("不在本地范围内")).toBeVisible();
    await expect(page.locator(".place-set")).toHaveCount(0);
  });

  test("an area is found by words", async ({ page }) => {
    const county = (await mapOf(page)).areas[2]!;
    const town = (await mapOf(page, String(county.id))).areas[0]!;
    await page.goto("/hand-in/suggestion");
    await page.getByLabel("按名称找").fill(town.name.slice(0, 2));
    await page.locator(".place-found").getByRole("button", { name: town.name }).first().click();
    await expect(page.getByLabel(`${county.name}：再往下选`)).toHaveValue(String(town.id));
    await page.getByLabel("按名称找").fill("没有的地方");
    await expect(page.getByText("没有这个名称的区域")).toBeVisible();
  });

  test("where nothing can be drawn it says so, and the list remains", async ({ page }) => {
    await page.addInitScript(() => {
      const plain = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
        return kind.startsWith("webgl") ? null : (plain as (...all: unknown[]) => unknown).call(this, kind, ...more);
      } as typeof plain;
    });
    await page.goto("/hand-in/suggestion");
    await page.getByRole("button", { name: "在地图上选" }).click();
    await expect(page.getByText("这里画不出地图")).toBeVisible();
    await expect(page.locator("#field-area")).toBeVisible();
    await page.goto("/published?view=map");
    await expect(page.getByText("这里画不出地图")).toBeVisible();
    await expect(page.locator(".area-counts a").first()).toBeVisible();
  });

  test("published matters are found by area, as a list and on a map", async ({ page }) => {
    await page.goto("/published");
    await page.getByRole("link", { name: "地图", exact: true }).click();
    await drawn(page);
    expect(await axeFindings(page)).toEqual([]);
    const counted = page.locator(".area-counts li").filter({ hasNot: page.locator(".figures", { hasText: /^0$/ }) }).first();
    const count = (await counted.locator(".figures").textContent())!;
    await counted.getByRole("link").click();
    await expect(page).toHaveURL(/within=\d+/);
    await expect(page.getByRole("status").filter({ hasText: count })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test("the map is no part of what a visit loads first", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    for (const address of ["/", "/hand-in/appeal", "/published"]) {
      await page.goto(address);
      await expect(page.locator(".waiting")).toHaveCount(0);
    }
    expect(asked.filter((url) => /maplibre|draw-/.test(url))).toEqual([]);
  });
});

test.describe("desk", () => {
  test.beforeEach(({ allowed }) => {
    allowed.push(nobodyYet);
  });

  test("from the city down to the village, and each figure opens its list", async ({ page, request }) => {
    const top = await mapOf(page);
    const county = top.areas.find((area) => area.has_below)!;
    const town = (await mapOf(page, String(county.id))).areas.find((area) => area.has_below)!;
    const village = (await mapOf(page, String(town.id))).areas[0]!;
    await handIn(request, { title: "村口的路灯", text: "坏了", for: "王小明", contact: "13900000072", area: village.id });
    await signIn(page, "clerk", "/desk/cockpit");
    const picture = page.getByRole("region", { name: "在办事项在哪里", exact: true });
    await expect(picture.getByRole("row", { name: county.name })).toBeVisible();
    await drawn(page);
    expect(await axeFindings(page)).toEqual([]);
    await picture.getByRole("button", { name: county.name }).click(); // by the table, as a keyboard does
    await expect(picture.getByRole("row", { name: town.name })).toBeVisible();
    await drawn(page);
    await picture.scrollIntoViewIfNeeded();
    await tap(page, town.name); // by the map
    const row = picture.getByRole("row", { name: village.name });
    await expect(row).toBeVisible();
    const count = Number(await row.getByRole("cell").last().textContent());
    expect(count).toBeGreaterThan(0);
    await row.getByRole("cell").last().getByRole("link").click();
    await expect(page).toHaveURL(new RegExp(`within=${village.id}`));
    await expect(page.getByText(`${village.name}及以下`)).toBeVisible();
    await expect(page.getByText(`共 ${count} 件`)).toBeVisible();
  });

  test("who works on a matter sees on the map where it is", async ({ page, request }) => {
    const county = (await mapOf(page)).areas[0]!;
    const handed = await handIn(request, { title: "地图上的路灯", text: "坏了", for: "王小明", contact: "13900000073", point: county.point });
    await signIn(page, "clerk", `/desk/matters/${handed.number}`);
    await page.getByText("在地图上看").click();
    await expect(page.locator(".map-box [data-ready=yes]")).toBeVisible({ timeout: 30_000 });
    await expect(page.locator(".map-mark")).toBeAttached();
    expect(await axeFindings(page)).toEqual([]);
  });

  test("at the telephone the place is set on the map, and the area with it", async ({ page }) => {
    const county = (await mapOf(page)).areas[0]!;
    await signIn(page, "clerk", "/desk/hand-in");
    await page.getByLabel("种类", { exact: true }).selectOption({ label: "企业诉求" });
    await page.getByRole("button", { name: "在地图上选" }).click();
    await drawn(page);
    expect(await axeFindings(page)).toEqual([]);
    await tap(page, county.name);
    await expect(page.getByText(/位置已选好，在/)).toBeVisible();
    const point = await page.getByLabel(/^具体位置/).inputValue();
    expect(point).toMatch(/^-?\d+\.\d{6},-?\d+\.\d{6}$/);
    const area = await page.getByLabel(/^所属区域/).inputValue();
    expect((await mapOf(page, String(county.id))).areas.map((one) => String(one.id))).toContain(area);
    await page.getByLabel(/^标题|^一句话说清/).fill("电话里说桥边路灯不亮");
    await page.getByLabel(/^来源渠道/).selectOption({ index: 1 });
    await page.getByRole("button", { name: /登记/ }).click();
    await page.locator(".said").getByRole("link").click();
    await expect(page.getByText(point).first()).toBeVisible();
  });

  test("the map of the cockpit follows the slider into the past", async ({ page }) => {
    await signIn(page, "head", "/desk/cockpit");
    const picture = page.getByRole("region", { name: "在办事项在哪里", exact: true });
    const all = async (): Promise<number> => {
      const cells = await picture.locator("tbody tr td:last-child").allTextContents();
      return cells.reduce((sum, cell) => sum + Number(cell.replace(/,/g, "")), 0);
    };
    await expect(picture.locator("tbody tr").first()).toBeVisible();
    const answer = page.waitForResponse((one) => one.url().includes("/areas/lamps") && one.url().includes("as_of="));
    await page.locator("#as-of").focus();
    await page.keyboard.press("Home"); // the first day with figures: hardly anything was open
    const told = (await (await answer).json()) as { as_of: string; within: { count: number }; unplaced: { count: number } };
    await expect(picture.getByText("这一天已受理还没办结的")).toBeVisible();
    await expect(picture.locator("thead th")).toHaveCount(3); // area, overdue, all: other lamps are of now
    const open = told.within.count + told.unplaced.count;
    expect(await all()).toBe(open);
    const figures = (await (await page.request.get(`/api/v1/figures?as_of=${told.as_of}`)).json()) as { indicators: { in_progress: { count: number } } };
    expect(open).toBe(figures.indicators.in_progress.count);
  });

  test("a lamp of an area opens as many as it says", async ({ page }) => {
    await signIn(page, "head", "/desk/cockpit");
    const picture = page.getByRole("region", { name: "在办事项在哪里", exact: true });
    const link = picture.locator("tbody tr").first().getByRole("link").first();
    const count = (await link.textContent())!;
    await link.click();
    await expect(page.getByText(`共 ${count} 件`)).toBeVisible();
  });
});
