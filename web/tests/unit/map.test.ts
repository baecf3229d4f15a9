import { describe, expect, test } from "vitest";
import { lacksOf } from "../../shared/forms/fields";
import { boxOf, isWithin, outlineOf, positionOf, shadeOf, textOfPosition, type Outline, type Shape } from "../../shared/map/geometry";

const holed: Shape = [
  [[[110, 20], [114, 20], [114, 24], [110, 24], [110, 20]], [[111, 21], [112, 21], [112, 22], [111, 22], [111, 21]]],
  [[[120, 20], [121, 20], [121, 21], [120, 20]]],
];

describe("a point", () => {
  test("stands in texts with its latitude first", () => {
    expect(positionOf("27.728100,112.001900")).toEqual([112.0019, 27.7281]);
    expect(positionOf(" -27 , 112 ")).toEqual([112, -27]);
    expect(textOfPosition([112.0019004, 27.7281])).toBe("27.728100,112.001900");
  });
  test.each(["", "27.7", "112,27.7", "27.7,181", "a,b", "27.7,112,3"])("%s is none", (text) => expect(positionOf(text)).toBeUndefined());
  test("of a form is refused before it is sent", () => {
    const field = { name: "point", title: "", help: "", type: "point", is_required: false, is_personal: true, choices: [], min: 0, max: 0, show_if: "", register_kind: "" };
    expect(lacksOf([field], { point: "112,27.7" })).toEqual({ point: "no_point" });
    expect(lacksOf([field], { point: "27.7,112" })).toEqual({});
    expect(lacksOf([field], { point: "" })).toEqual({});
  });
});

describe("an area", () => {
  test("holds what is in its rings and not in their holes, as the server decides", () => {
    expect(isWithin(holed, [110.5, 20.5])).toBe(true);
    expect(isWithin(holed, [120.9, 20.2])).toBe(true);
    expect(isWithin(holed, [111.5, 21.5])).toBe(false);
    expect(isWithin(holed, [112, 19.9])).toBe(false);
    expect(isWithin(holed, [120.1, 20.9])).toBe(false);
  });
  test("is read from what the server tells", () => {
    const area = outlineOf({ id: 7, name: "甲", level: "county", parent: 1, has_below: true, point: "20.5,110.5", shape: JSON.stringify(holed) });
    expect(area).toEqual({ id: 7, name: "甲", level: "county", hasBelow: true, point: [110.5, 20.5], shape: holed });
    expect(outlineOf({ id: 8, name: "乙", level: "village", parent: 7, has_below: false, point: "", shape: "" })).toMatchObject({ point: undefined, shape: undefined });
  });
  test("stands with others in one box", () => {
    const of = (more: Partial<Outline>): Outline => ({ id: 1, name: "", level: "", hasBelow: false, ...more });
    expect(boxOf([of({ shape: holed }), of({ point: [109, 30] })])).toEqual({ west: 109, south: 20, east: 121, north: 30 });
    expect(boxOf([of({})])).toBeUndefined();
  });
  test("is shaded by its part of the most", () => {
    expect([0, 1, 25, 26, 75, 76, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 1, 2, 3, 4, 4]);
    expect(shadeOf(3, 0)).toBe(0);
  });
});
