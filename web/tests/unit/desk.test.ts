import { describe, expect, it } from "vitest";
import { signatureOf } from "../../desk/state/deeds";
import { wilson } from "../../desk/words/figures";
import { readerOf } from "../../desk/words/readers";

describe("wilson", () => {
  it("gives the interval of the textbook", () => {
    const [low, high] = wilson(8, 10);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
  });
  it("ranks three hundred good cases above three", () => {
    expect(wilson(297, 300)[0]).toBeGreaterThan(wilson(3, 3)[0]);
  });
  it("stays between nothing and all", () => {
    expect(wilson(0, 4)[0]).toBe(0);
    expect(wilson(4, 4)[1]).toBe(1);
  });
});

describe("who reads a step", () => {
  it("the requester reads answers, and what came from them", () => {
    for (const verb of ["reply", "close", "refuse", "register"]) expect(readerOf(verb)).toBe("requester");
  });
  it("all else stays inside", () => {
    for (const verb of ["assign", "urge", "report_progress", "sign_off", "a_verb_of_later"]) expect(readerOf(verb)).toBe("inside");
  });
});

describe("forms of a verb", () => {
  const field = { choices: [], help: "", is_personal: false, is_required: false, max: 0, min: 0, name: "text", register_kind: "", show_if: "", title: "", type: "long_text" };
  it("are one when they ask for the same", () => {
    const one = { verb: "close", title: "Close", is_primary: false, fields: [field] };
    expect(signatureOf(one)).toBe(signatureOf({ ...one, fields: [{ ...field, is_required: true }] }));
    expect(signatureOf(one)).not.toBe(signatureOf({ ...one, fields: [{ ...field, name: "granted" }] }));
  });
});
