// Who works at the desk of the demo place, and how they sign in.

import { expect, type Browser, type Locator, type Page } from "@playwright/test";

export type Account = "county" | "district" | "business" | "secretariat" | "hall" | "projects" | "staffing" | "party_office" | "conference" | "reviewer" | "proposals" | "convener" | "committee" | "member" | "joint" | "secretary" | "clerk" | "dispatcher" | "chief" | "handler" | "leader" | "callback" | "supervisor" | "head" | "admin" | "security" | "audit";

const password = "yingchuan-demo";

/** Asking who is signed in, when nobody is, is answered so; the browser writes it to its console. */
export const nobodyYet = /status of 401/;

export async function signIn(page: Page, name: Account, path = "/desk"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("账号").fill(name);
  await page.getByLabel("口令").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.locator("#places")).toBeAttached();
}

/** A browser of their own. */
export async function personAt(browser: Browser, name: Account, path?: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, name, path);
  return page;
}

/** The key of the likely next step, once the page knows which that is. */
export async function pressNext(page: Page): Promise<void> {
  await expect(page.locator(".now button.is-primary").first()).toBeVisible();
  await page.keyboard.press("e");
}

/** Opens a verb of the matter, fills its form and sends it. out: when the server has done it. */
export async function doStep(page: Page, verb: string, fill?: (now: Locator) => Promise<void>): Promise<void> {
  const now = page.locator(".now");
  await now.getByRole("button", { name: verb, exact: true }).click();
  await fill?.(now.locator(".deeds"));
  await now.locator("button[type=submit]").click();
  await expect(now.getByRole("status")).toContainText(verb);
}
