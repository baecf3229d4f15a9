// Forms of verbs at the desk: what the kind's forms leave open is filled here by the name of the
// argument (docs/reference, verbs), never by the kind.

import type { Deed, Field, Form, MatterPage, Word } from "@shared/api/client";
import { bodyOf, type Values } from "@shared/forms/fields";
import { t } from "@shared/texts";
import { useDirectory } from "./directory";
import { useKinds } from "./kinds";

export type Shape = "orgs_by_code" | "length" | "choice" | "suggested" | "as_typed";

const handRoles = new Set(["lead", "split", "joint"]);
const reasonVerbs = ["refuse", "pause", "send_back", "ask_extension", "shelve", "terminate", "reveal"] as const;
const reasonKeys: Record<(typeof reasonVerbs)[number], readonly string[]> = {
  refuse: ["already_answered", "in_court", "civil_dispute", "other_jurisdiction", "secret", "no_content"],
  pause: ["supplement", "expert", "superior", "not_cooperating", "force_majeure"],
  send_back: ["not_ours", "wrong_lead", "list_three", "incomplete"],
  ask_extension: ["complex", "site_work", "several_units", "higher_level"],
  shelve: ["no_funds", "planned", "policy", "historic"],
  terminate: ["duplicate", "settled_elsewhere", "object_gone", "final"],
  reveal: ["contact_needed", "verify_facts", "call_back", "danger", "legal_duty"],
};

/** Answers of ratings; forms of call-backs name the question alone. */
const answers: Record<string, readonly string[]> = {
  satisfaction: ["satisfied", "basically", "dissatisfied"],
  solved: ["solved", "partly", "not"],
  attitude: ["good", "fair", "poor"],
};

/** Title of a reason, if it is one of those known of the verb. */
export function reasonTitle(verb: string, key: string): string | undefined {
  const known = reasonVerbs.find((one) => one === verb);
  return known !== undefined && reasonKeys[known].includes(key) ? t(`desk.reason.${known}.${key}`) : undefined;
}

/** How a field is filled in. The directory's codes stand for units in fields that name a role. */
export function shapeOf(field: Field, choices: readonly Word[]): Shape {
  if (field.type === "text" && handRoles.has(field.name)) return "orgs_by_code";
  if (field.name === "length") return "length";
  if (choices.length > 0) return field.name === "reason" && field.choices.length === 0 ? "suggested" : "choice";
  return "as_typed";
}

/** What may be chosen: the kind's own choices, else what the matter or the place has of that name. */
export function choicesOf(field: Field, verb: string, kind: string, page?: MatterPage): readonly Word[] {
  if (field.choices.length > 0) return field.choices;
  switch (field.name) {
    case "category":
      return useKinds().pages[kind]?.categories.map((one) => ({ name: one.name, title: one.title })) ?? [];
    case "protection":
      return ["please_do", "bad_service", "wrong_done"].map((name) => ({ name, title: t(`desk.protection.${name}`) }));
    case "order":
      return ["next", "blue", "yellow", "red"].map((name) => ({ name, title: t(`desk.order.${name}`) }));
    case "reply_class":
      return ["A", "B", "C", "D"].map((name) => ({ name, title: name }));
    case "clock":
      return page?.clocks.filter((clock) => clock.state !== "met").map((clock) => ({ name: clock.name, title: clock.title })) ?? [];
    case "hand":
      return page?.hands.map((hand) => ({ name: String(hand.no), title: `${hand.org.name} · ${hand.role_title}` })) ?? [];
    case "item":
      return page?.items.map((item) => ({ name: String(item.no), title: item.title })) ?? [];
    case "reason": {
      const known = reasonVerbs.find((one) => one === verb);
      return known === undefined ? [] : reasonKeys[known].map((name) => ({ name, title: reasonTitle(known, name) ?? name }));
    }
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
    if (field.type === "instant" && typeof value === "string" && value !== "") fields[field.name] = `${new Date(`${value}+08:00`).toISOString()}`;
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
