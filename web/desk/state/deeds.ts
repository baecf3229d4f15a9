// Forms of verbs at the desk: what the kind's forms leave open is filled here by the name of the
// argument (docs/reference, verbs), never by the kind.

import type { Deed, Field, Form, MatterPage, Word } from "@shared/api/client";
import { bodyOf, type Values } from "@shared/forms/fields";
import { t } from "@shared/texts";
import { officeInstant } from "@shared/words/dates";
import { useDirectory } from "./directory";
import { useKinds } from "./kinds";
import { useWords } from "./words";

export type Shape = "orgs_by_code" | "length" | "choice" | "as_typed";

const handRoles = new Set(["lead", "split", "joint"]);
/** Answers of ratings; forms of call-backs name the question alone. */
const answers: Record<string, readonly string[]> = {
  satisfaction: ["satisfied", "basically", "dissatisfied"],
  solved: ["solved", "partly", "not"],
  attitude: ["good", "fair", "poor"],
};

/** How a field is filled in. The directory's codes stand for units in fields that name a role. */
export function shapeOf(field: Field, choices: readonly Word[]): Shape {
  if (field.type === "text" && handRoles.has(field.name)) return "orgs_by_code";
  if (field.name === "length") return "length";
  return choices.length > 0 ? "choice" : "as_typed";
}

/** What may be chosen: the kind's own choices, else what the matter or the place has of that name. */
export function choicesOf(field: Field, kind: string, page?: MatterPage): readonly Word[] {
  if (field.choices.length > 0) return field.choices;
  switch (field.name) {
    case "category":
      return useKinds().pages[kind]?.categories.map((one) => ({ name: one.name, title: one.title })) ?? [];
    case "protection":
      return ["please_do", "bad_service", "wrong_done"].map((name) => ({ name, title: t(`desk.protection.${name}`) }));
    case "order":
      return ["next", "blue", "yellow", "red"].map((name) => ({ name, title: t(`desk.order.${name}`) }));
    case "reply_class":
      return useWords().wordsOf("reply_classes");
    case "clock":
      return page?.clocks.filter((clock) => clock.state !== "met").map((clock) => ({ name: clock.name, title: clock.title })) ?? [];
    case "hand":
      return page?.hands.map((hand) => ({ name: String(hand.no), title: `${hand.org.name} · ${hand.role_title}` })) ?? [];
    case "item":
      return page?.items.map((item) => ({ name: String(item.no), title: item.title })) ?? [];
    case "satisfaction":
    case "solved":
    case "attitude":
      return (answers[field.name] ?? []).map((name) => ({ name, title: t(`desk.rating.${field.name}.${name}`) }));
    default:
      return [];
  }
}

/** Title of a field; roles of hands and questions of ratings have none of their own. */
export function titleOf(field: Field): string {
  if (field.title !== field.name) return field.title;
  if (handRoles.has(field.name)) return t(`desk.role.${field.name}`);
  return answers[field.name] === undefined ? field.title : t(`desk.rating.${field.name}.title`);
}

/** What tells one form of a verb from another; the same after the options were read anew. */
export const signatureOf = (form: Form): string => form.title + form.fields.map((field) => field.name).join(",");

/** Forms of an option that differ: the same fields twice are one form, and whether one of them is
    needed depends on what the server then finds. */
export function formsOf(forms: readonly Form[]): Form[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const shape = signatureOf(form);
    if (seen.has(shape)) return false;
    seen.add(shape);
    return true;
  });
}

/** The deed as the server takes it. */
export function deedOf(form: Form, values: Values, kind?: string): Deed {
  const fields = bodyOf(form.fields, values);
  for (const field of form.fields) {
    const value = values[field.name];
    if (field.type === "instant" && typeof value === "string" && value !== "") fields[field.name] = officeInstant(value);
    if (field.type === "yes_no" && field.is_required) fields[field.name] = value === true;
    if (Array.isArray(value) && field.type === "text") fields[field.name] = value.join(",");
    if (Array.isArray(value) && value.length === 0) delete fields[field.name];
  }
  return { verb: form.verb, fields, kind };
}

/** Units by what was typed: name or code. */
export function unitByWords(words: string): { id: number; code: string; name: string } | undefined {
  const wanted = words.trim();
  return useDirectory().orgs.find((org) => org.name === wanted || org.code === wanted);
}
