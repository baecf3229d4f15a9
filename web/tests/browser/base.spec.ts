import { axeFindings, expect, test } from "./watched";

test("the portal answers at its address in Chinese", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("the desk asks who one is, refuses and lets in", async ({ page, allowed }) => {
  allowed.push(/status of 401/);
  await page.goto("/desk");
  await page.getByLabel("账号").fill("clerk");
  await page.getByLabel("口令").fill("wrong");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("口令").fill("yingchuan-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("navigation", { name: "栏目" })).toBeVisible();
});
