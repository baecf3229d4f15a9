// Forms as the kinds have them: which fields are shown, what is missing, what is sent. Nothing here
// knows a kind; a new one needs no change.

import type { Field } from "../api/client";
import { positionOf } from "../map/geometry";

/** What stands in the fields of a form, by name. Texts while they are typed. */
export type Values = Record<string, string | boolean | string[]>;

/** Longest texts where the kind says nothing (src/domain/impl/fields.cpp). */
const lineMax = 200;
const textMax = 20_000;

/** `field_is(channel,visit,meeting)`: shown while that field has one of these values. */
export function isShown(field: Field, values: Values): boolean {
  const condition = /^field_is\((.+)\)$/.exec(field.show_if);
  if (condition === null) return true;
  const [name, ...wanted] = condition[1]!.split(",").map((word) => word.trim());
  return wanted.includes(String(values[name!] ?? ""));
}

/** What the fields hold before anything is typed: presets of the kind. */
export function presetsOf(fields: readonly Field[]): Values {
  const values: Values = {};
  for (const field of fields) values[field.name] = field.type === "yes_no" ? field.preset === "yes" : (field.preset ?? "");
  return values;
}

export const lengthMax = (field: Field): number => field.max || (field.type === "long_text" ? textMax : lineMax);

/** Characters as people count them, as the server does. */
const characters = (text: string): number => Array.from(text).length;

export type Lack = "missing" | "too_long" | "too_short" | "no_number" | "no_phone" | "no_point";

/** What is wrong, by name of the field; empty when all is well. */
export function lacksOf(fields: readonly Field[], values: Values): Record<string, Lack> {
  const lacks: Record<string, Lack> = {};
  for (const field of fields) {
    if (!isShown(field, values)) continue;
    const lack = lackOf(field, values[field.name]);
    if (lack !== undefined) lacks[field.name] = lack;
  }
  return lacks;
}

function lackOf(field: Field, value: Values[string] | undefined): Lack | undefined {
  if (Array.isArray(value)) return field.is_required && value.length === 0 ? "missing" : undefined;
  if (typeof value === "boolean") return undefined;
  const text = (value ?? "").trim();
  if (text === "") return field.is_required ? "missing" : undefined;
  if (field.type === "integer" || field.type === "money") return /^-?\d+$/.test(text) ? undefined : "no_number";
  if (field.type === "phone") return /^[+0-9][0-9 -]{4,}$/.test(text) ? undefined : "no_phone";
  if (field.type === "point") return positionOf(text) === undefined ? "no_point" : undefined;
  if (field.type !== "text" && field.type !== "long_text") return undefined;
  if (characters(text) > lengthMax(field)) return "too_long";
  return characters(text) < field.min ? "too_short" : undefined;
}

/** What goes to the server: shown fields that hold something, in the shape of their type. */
export function bodyOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    if (!isShown(field, values)) continue;
    const shaped = shapedAs(field, values[field.name]);
    if (shaped !== undefined) body[field.name] = shaped;
  }
  return body;
}

function shapedAs(field: Field, value: Values[string] | undefined): unknown {
  if (typeof value === "boolean") return value ? true : undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    // Other matters go by their numbers, "ZT-2026-000001".
    return field.type === "orgs" ? value.map(Number) : value;
  }
  const text = (value ?? "").trim();
  if (text === "") return undefined;
  const isId = ["area", "org", "post", "person", "matter"].includes(field.type) && /^\d+$/.test(text);
  return isId || field.type === "integer" || field.type === "money" ? Number(text) : text;
}

/** The field that a refusal is about: "/fields/title", "/deeds/0/fields/title". */
export function fieldAt(at: string | undefined): string | undefined {
  return /\/fields\/([^/]+)$/.exec(at ?? "")?.[1];
}
