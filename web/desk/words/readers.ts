// Who reads the text of a step: told beside each composer and by the bar of the timeline.

export type Reader = "requester" | "inside" | "public";

/** Verbs whose text the requester reads in the portal (src/http/pages/follow.cpp, told_text). */
const toldVerbs = new Set(["refuse", "ask_supplement", "reply", "supplement", "close", "shelve", "terminate"]);
/** What the requester said; they know it. */
const saidVerbs = new Set(["register", "rate", "contest"]);

/** in: a verb of the API, and which of its texts; of what is told the requester reads "text" alone. */
export function readerOf(verb: string, name = "text"): Reader {
  if (verb === "publish") return "public";
  return saidVerbs.has(verb) || (toldVerbs.has(verb) && name === "text") ? "requester" : "inside";
}
