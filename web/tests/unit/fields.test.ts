import type { Field } from "@shared/api/client";
import { bodyOf, fieldAt, isShown, lacksOf, presetsOf } from "@shared/forms/fields";
import { expect, test } from "vitest";

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name, title: name, help: "", type: "text", is_required: false, is_personal: false, choices: [], min: 0, max: 0, show_if: "", register_kind: "", ...more,
});

test("a field shows while another has one of the values", () => {
  const occasion = field("occasion", { show_if: "field_is(channel,visit,meeting)" });
  expect(isShown(occasion, { channel: "visit" })).toBe(true);
  expect(isShown(occasion, { channel: "web" })).toBe(false);
  expect(isShown(occasion, {})).toBe(false);
});

test("what is missing, too long or no number is told by field", () => {
  const fields = [field("title", { is_required: true, max: 3 }), field("text", { is_required: true }), field("count", { type: "integer" }), field("contact", { type: "phone" })];
  expect(lacksOf(fields, { title: "停电三天", text: " ", count: "x", contact: "abc" })).toEqual({
    title: "too_long", text: "missing", count: "no_number", contact: "no_phone",
  });
  expect(lacksOf(fields, { title: "停电了", text: "三天", count: "3", contact: "139 0000 0077" })).toEqual({});
});

test("a character outside the plane counts once, as the server counts it", () => {
  expect(lacksOf([field("title", { max: 2 })], { title: "𠮷𠮷" })).toEqual({});
});

test("what is hidden, empty or not ticked is not sent; ids and numbers go as numbers", () => {
  const fields = [
    field("title"), field("text"), field("area", { type: "area" }), field("hide_name", { type: "yes_no" }),
    field("accused", { type: "orgs" }), field("occasion", { show_if: "field_is(channel,visit)" }), field("cosigners", { type: "list" }),
  ];
  expect(bodyOf(fields, { title: " 停电 ", text: "", area: "17", hide_name: false, accused: ["3", "4"], occasion: "x", cosigners: ["甲"] }))
    .toEqual({ title: "停电", area: 17, accused: [3, 4], cosigners: ["甲"] });
});

test("presets stand in the form at once", () => {
  expect(presetsOf([field("purpose", { preset: "help" }), field("hide_name", { type: "yes_no" }), field("title")]))
    .toEqual({ purpose: "help", hide_name: false, title: "" });
});

test("a refusal names its field", () => {
  expect(fieldAt("/fields/title")).toBe("title");
  expect(fieldAt("/deeds/0/fields/text")).toBe("text");
  expect(fieldAt("/kind")).toBeUndefined();
});

test("other matters go by their numbers, units by their ids", () => {
  const fields = [field("matters", { type: "matters" }), field("orgs", { type: "orgs" })];
  expect(bodyOf(fields, { matters: ["ZT-2026-000001"], orgs: ["7"] })).toEqual({ matters: ["ZT-2026-000001"], orgs: [7] });
});
