// Forms of verbs in the field: the deed that a filled form makes.

import type { Deed, Form, MatterPage, Option } from "@shared/api/client";
import { bodyOf, presetsOf, type Values } from "@shared/forms/fields";
import { t } from "@shared/texts";
import { officeInstant } from "@shared/words/dates";

/** What tells one form of a verb from another. */
export const signatureOf = (form: Form): string => [form.verb, form.title, ...form.fields.map((field) => field.name)].join(",");

/** Forms that may be filled now, each once. Notes are written at the desk. */
export function formsOf(options: readonly Option[]): Form[] {
  const found = new Map<string, Form>();
  for (const option of options) {
    if (!option.is_allowed || option.verb === "note") continue;
    for (const form of option.forms) found.set(signatureOf(form), { ...form, is_primary: form.is_primary && option.is_primary });
  }
  // Of several likely steps the one farthest along, as at the desk.
  const primary = [...found.values()].filter((form) => form.is_primary).pop();
  const forms = [...found.values()].map((form) => ({ ...form, is_primary: form === primary }));
  return forms.sort((one, other) => Number(other.is_primary) - Number(one.is_primary));
}

/** What the fields hold at first: presets, and lists where several may be named. */
export function beginningOf(form: Form, given: Values = {}): Values {
  const values = presetsOf(form.fields);
  for (const field of form.fields) {
    if (["orgs", "list", "choices", "matters"].includes(field.type) || ["lead", "joint", "split"].includes(field.name)) values[field.name] = [];
  }
  return { ...values, ...given };
}

/** Whoever shows a photo has shown evidence: the words say so where none were written. */
export function withPhotos(form: Form, values: Values, count: number): Values {
  const has = form.fields.some((field) => field.name === "evidence");
  const isBlank = String(values.evidence ?? "").trim() === "";
  return has && isBlank && count > 0 ? { ...values, evidence: t("field_work.photo.as_evidence", { count }) } : values;
}

export function deedOf(form: Form, values: Values, kind?: string): Deed {
  const fields = bodyOf(form.fields, values);
  for (const field of form.fields) {
    const value = values[field.name];
    if (field.type === "instant" && typeof value === "string" && value !== "") fields[field.name] = officeInstant(value);
    if (field.type === "yes_no" && field.is_required) fields[field.name] = value === true;
    if (Array.isArray(value) && field.type === "text" && value.length > 0) fields[field.name] = value.join(",");
    // Lines and hands go by their number.
    if (["item", "hand"].includes(field.name) && typeof value === "string" && value !== "") fields[field.name] = Number(value);
  }
  return { verb: form.verb, fields, kind };
}

/** A form by which one of a list of choices is shown to be there, each with evidence: a check-list. */
export interface CheckList {
  form: Form;
  field: string;
  rows: Array<{ name: string; title: string }>;
}
export function checkListsOf(forms: readonly Form[]): CheckList[] {
  return forms.flatMap((form) => {
    const needsEvidence = form.fields.some((field) => field.name === "evidence" && field.is_required);
    const choice = form.fields.find((field) => field.type === "choice" && field.is_required && field.choices.length > 1);
    const others = form.fields.filter((field) => field.is_required && field !== choice && field.name !== "evidence");
    return needsEvidence && choice !== undefined && others.length === 0 ? [{ form, field: choice.name, rows: choice.choices }] : [];
  });
}

/** Lines of the matter and, where it may be done, the form that does one. */
export const doneFormOf = (forms: readonly Form[]): Form | undefined => forms.find((form) => form.verb === "done" && form.fields.some((field) => field.name === "item"));
export const openItems = (page: MatterPage): MatterPage["items"] => page.items.filter((item) => item.finished === undefined);
