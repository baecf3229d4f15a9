// Lamps say how a matter stands in time: a shape, a colour and a word, so that they are read in
// black and white and by the colour-blind.

export const lamps = ["green", "amber", "red", "paused", "supervised"] as const;
export type LampName = (typeof lamps)[number];

/** Drawn in a box of 16 × 16. */
export const shapes: Record<LampName, string> = {
  green: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z",
  amber: "M8 2l7 12H1z",
  red: "M2 2h12v12H2z",
  paused: "M3 2h4v12H3zM9 2h4v12H9z",
  supervised: "M8 1l7 7-7 7-7-7z",
};

/** The API says "none" where a matter has no clock: it gets no lamp. */
export const lampOf = (name: string): LampName | undefined => lamps.find((one) => one === name);
