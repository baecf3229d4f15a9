// Every kind of the demo place, by whoever of its people has a matter of it with something to do:
// list, matter, form with a lack, form sent. What a kind asks for is read from its forms, so a new
// kind is walked without a change here. Takes minutes: tools/nightly runs it, tools/web_test does not.

import { readdirSync } from "node:fs";
import { type APIRequestContext, type Locator, type Page } from "@playwright/test";
import type { Field, Form, KindPage, MatterPage, MatterRows, Options } from "../../shared/api/client";
import { nobodyYet, signIn, type Account } from "./desk_people";
import { fillField } from "./filling";
import { axeFindings, expect, test } from "./watched";

/** The directory changes by approval, on pages of its own. */
const notHere = new Set(["org", "post", "person", "area"]);
/** Notes have a composer, sealed names a second person, and both their own tests. */
const otherwise = new Set(["note", "reveal", "attach", "erase"]);
const kinds = readdirSync("../kinds").filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -5)).filter((kind) => !notHere.has(kind)).sort();
const accounts: readonly Account[] = ["clerk", "county", "hall", "projects", "staffing", "party_office", "conference", "secretariat", "business", "district", "proposals", "convener", "committee", "member", "supervisor", "reviewer", "chief", "dispatcher", "handler", "joint", "leader", "callback", "head"];
/** Rows that are looked into, each of another stage, office or unit. */
const rowsMost = 30;

interface Chance {
  account: Account;
  number: string;
  title: string;
  form: Form;
  needed: Field[];
}

test.describe.configure({ mode: "default" });
const sessions = new Map<Account, APIRequestContext>();

test.beforeAll(async ({ playwright, baseURL }) => {
  for (const account of accounts) {
    const context = await playwright.request.newContext({ baseURL });
    const answer = await context.post("/api/v1/session", { data: { name: account, password: "yingchuan-demo" } });
    expect(answer.status(), `${account}: ${await answer.text()}`).toBe(200);
    sessions.set(account, context);
  }
});
test.afterAll(async () => {
  await Promise.all([...sessions.values()].map((one) => one.dispose()));
});
test.beforeEach(({ allowed }) => {
  allowed.push(nobodyYet, /status of (400|403|404|409|412|422)/); // a refusal is what may be shown
});

for (const kind of kinds) {
  test(`${kind}: list, matter, a form that lacks something, the form sent`, async ({ page }) => {
    const chance = await chanceOf(kind);
    test.info().annotations.push({ type: "walked by", description: chance === undefined ? "nobody" : `${chance.account}: ${chance.number} ${chance.form.title}` });
    expect(chance, "somebody of the demo place has one with something to do").toBeDefined();
    if (chance === undefined) return;
    await signIn(page, chance.account, `/desk/matters?kind=${kind}&state=all`);
    await openFromList(page, chance, kind);
    await looksAt(page, chance);
    const now = page.locator(".now");
    await now.getByRole("button", { name: chance.title, exact: true }).first().click();
    const form = now.locator("form.deeds");
    await expect(form).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    if (chance.needed.length > 0) await lacksSomething(form, chance.needed[0]!);
    for (const field of chance.form.fields.filter((one) => one.is_required)) await fillField(form, field);
    await sends(page, chance);
  });
}

/** Of what the people see, the step that asks for something, if there is one. */
async function chanceOf(kind: string): Promise<Chance | undefined> {
  let second: Chance | undefined;
  for (const account of accounts) {
    const as = sessions.get(account)!;
    const kindPage = (await (await as.get(`/api/v1/kinds/${kind}`)).json()) as KindPage;
    const which = kindPage.kind?.is_record ? "&records=yes" : "";
    const list = (await (await as.get(`/api/v1/matters?kind=${kind}&state=all&limit=200${which}`)).json()) as MatterRows;
    const met = new Set<string>();
    const rows = (list.rows ?? []).filter(({ line }) => {
      const sort = `${line.stage} ${line.office} ${line.unit}`;
      return !met.has(sort) && met.add(sort);
    });
    for (const { line } of rows.slice(0, rowsMost)) {
      const { options } = (await (await as.get(`/api/v1/matters/${line.number}/options`)).json()) as Options;
      for (const option of (options ?? []).filter((one) => one.is_allowed && !otherwise.has(one.verb) && one.forms.length > 0)) {
        const form = option.forms[0]!;
        const needed = form.fields.filter((field) => field.is_required && field.show_if === "" && field.type !== "yes_no" && !field.preset);
        const chance = { account, number: line.number, title: option.title, form, needed };
        if (needed.length > 0) return chance;
        second ??= chance;
      }
    }
  }
  return second;
}

async function openFromList(page: Page, chance: Chance, kind: string): Promise<void> {
  const row = page.locator(".plain-list a").filter({ hasText: chance.number }).first();
  const more = page.getByRole("button", { name: "再看一些" });
  await expect(page.locator(".plain-list li").first(), `the list of ${kind}`).toBeVisible();
  for (let pages = 0; pages < 4 && !(await row.isVisible()) && (await more.isVisible()); ++pages) {
    const before = await page.locator(".plain-list li").count();
    await more.click();
    await expect.poll(() => page.locator(".plain-list li").count()).toBeGreaterThan(before);
  }
  await row.click();
  await expect(page).toHaveURL(new RegExp(`/desk/matters/${chance.number}$`));
}

async function looksAt(page: Page, chance: Chance): Promise<void> {
  await expect(page.locator(".matter-head")).toContainText(chance.number);
  expect(await page.locator("section.facts dl > div").count(), "facts").toBeGreaterThan(1);
  await expect(page.locator(".timeline li").first(), "what happened").toBeVisible();
  await page.locator("details.diagram summary").click();
  await expect(page.locator("ol.stages [aria-current=step]"), "the stage in the diagram").toHaveCount(1);
  expect(await axeFindings(page)).toEqual([]);
}

/** Nothing typed: the error stands beside the field, in Chinese, and is tied to it. */
async function lacksSomething(form: Locator, field: Field): Promise<void> {
  await form.locator("button[type=submit]").click();
  const wrong = form.locator(`#field-0-${field.name}-wrong`);
  await expect(wrong).toBeVisible();
  await expect(wrong).toHaveText(/[\u4e00-\u9fff]/);
  const control = form.locator(`#field-0-${field.name}`);
  if ((await control.count()) > 0) await expect(control).toHaveAttribute("aria-describedby", new RegExp(`field-0-${field.name}-wrong`));
}

/** Done, and the matter shows it; or refused, and the server's words stand there. */
async function sends(page: Page, chance: Chance): Promise<void> {
  const as = sessions.get(chance.account)!;
  const before = (await (await as.get(`/api/v1/matters/${chance.number}`)).json()) as MatterPage;
  const now = page.locator(".now");
  await now.locator("form.deeds button[type=submit]").click();
  const done = now.locator("p.said[role=status]").filter({ hasText: chance.form.title });
  const told = now.locator("form.deeds").locator("[role=alert] p, .wrong").first();
  await expect(done.or(told).first()).toBeVisible();
  if (await done.isVisible()) {
    test.info().annotations.push({ type: "outcome", description: "done" });
    const answer = await as.get(`/api/v1/matters/${chance.number}`);
    // What leads to another office may be out of sight now.
    if (answer.status() !== 200) return;
    const after = (await answer.json()) as MatterPage;
    expect(after.version).toBeGreaterThan(before.version);
    await expect(page.locator(".matter-head .facts-line strong")).toHaveText(after.line.stage_title);
  } else {
    const words = (await told.textContent()) ?? "";
    test.info().annotations.push({ type: "outcome", description: `refused: ${words}` });
    expect(words, "a refusal in words").toMatch(/[\u4e00-\u9fff]{2}/);
  }
}
