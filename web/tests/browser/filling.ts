// Fields of a form filled by what they are, never by what a kind means by them.

import type { Locator } from "@playwright/test";
import type { Field } from "../../shared/api/client";

const text = "按程序办理，情况属实。";

/** in: the form of a verb at the desk; a field that it does not show now is left. */
export async function fillField(form: Locator, field: Field): Promise<void> {
  const control = form.locator(`[id="field-0-${field.name}"]`);
  if ((await control.count()) === 0) {
    // Several to choose from: boxes below a title.
    const first = form.locator("fieldset.field").filter({ hasText: field.title }).locator("input[type=checkbox]").first();
    if ((await first.count()) > 0) await first.check();
    return;
  }
  if (field.type === "yes_no") return void (await control.check());
  const tag = await control.evaluate((element) => element.tagName);
  if (tag === "SELECT") return void (await control.selectOption({ index: 1 }));
  const list = await control.getAttribute("list");
  if (list !== null) return chooseListed(form, control, list, field);
  await control.fill(valueOf(field));
}

/** The first that the page offers; a unit is taken when it is typed whole. */
async function chooseListed(form: Locator, control: Locator, list: string, field: Field): Promise<void> {
  const first = form.locator(`[id="${list}"] option`).first();
  await first.waitFor({ state: "attached" });
  await control.fill((await first.getAttribute("value")) ?? valueOf(field));
}

function valueOf(field: Field): string {
  switch (field.type) {
    case "integer":
    case "money":
      return String(Math.max(field.min, 1));
    case "phone":
      return "13900000123";
    case "date":
      return dayFromNow(5);
    case "instant":
      return `${dayFromNow(5)}T10:00`;
    case "point":
      return "27.700000,112.000000";
    case "matters":
    case "list":
      return "甲项";
    default:
      // "hand" and "item" are numbers that no kind declares.
      return field.name === "length" ? "5" : ["hand", "item", "party"].includes(field.name) ? "1" : longEnough(field);
  }
}

function longEnough(field: Field): string {
  const wanted = Math.max(field.min, 1);
  const filled = text.repeat(Math.ceil(wanted / text.length));
  return field.max > 0 ? filled.slice(0, field.max) : filled;
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
