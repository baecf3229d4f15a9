// What a phone keeps of a questionnaire: the answers so far, and the token by which it answers once.

import type { AskedQuestion } from "@shared/api/client";

export type Answer = string | number | string[] | Record<string, string>;
export type Answers = Record<string, Answer>;

export interface KeptSheet {
  /** Drawn once; the server keeps a hash of it, and nothing that joins it to the answers. */
  token: string;
  answers: Answers;
  isSent: boolean;
}

const keyOf = (number: string): string => `zhitong.questionnaire.${number}`;

function drawn(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A browser that keeps nothing gives a new one each time. */
export function keptSheet(number: string): KeptSheet {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(number)) ?? "null") as KeptSheet | null;
    if (kept !== null && typeof kept.token === "string" && typeof kept.answers === "object") return kept;
  } catch {
    // Not ours, or not allowed: begin anew.
  }
  return { token: drawn(), answers: {}, isSent: false };
}

export function keepSheet(number: string, sheet: KeptSheet): void {
  try {
    // What was sent is not kept: whoever takes up the phone next shall not read it.
    localStorage.setItem(keyOf(number), JSON.stringify(sheet.isSent ? { ...sheet, answers: {} } : sheet));
  } catch {
    // It stands as long as the page is open.
  }
}

/** As src/domain/questions.cpp has it. */
export function isAsked(question: AskedQuestion, answers: Answers): boolean {
  const condition = question.show_if;
  if (condition === undefined) return true;
  const answer = answers[condition.question];
  if (answer === undefined) return false;
  return (Array.isArray(answer) ? answer : [String(answer)]).some((one) => condition.any.includes(one));
}

/** The questions that are asked after these answers, and the answers to them alone. */
export function askedOf(questions: readonly AskedQuestion[], answers: Answers): { asked: AskedQuestion[]; answers: Answers } {
  const asked: AskedQuestion[] = [];
  const kept: Answers = {};
  for (const question of questions) {
    if (!isAsked(question, kept)) continue;
    asked.push(question);
    const answer = answers[question.id];
    if (answer !== undefined) kept[question.id] = answer;
  }
  return { asked, answers: kept };
}
