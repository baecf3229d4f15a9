// The one way out to the server. Everything the generated client sends passes here: language, the
// second token of a session, retries that cannot do anything twice, and answers that are none.

import { Refused, via, type Problem } from "./client";

/** The server could not be reached, or did not answer: nothing is known of what became of it. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
  }
}

export interface WireSettings {
  language: () => string;
  /** Token of the signed-in session; "" without one. */
  csrf?: () => string;
  /** Told when an answer says that the session is over (401). */
  sessionEnded?: () => void;
}

const triesMax = 3;
/** The first wait; each further is twice as long. A minute at most is asked for by Retry-After. */
const waitMs = 400;
const waitMsMax = 5_000;
/** Codes after which the same request may succeed a moment later. */
const passing = new Set([409, 429, 502, 503, 504]);

let settings: WireSettings = { language: () => "zh" };

/** Sets how requests go out. Called once, before the first request. */
export function openWire(own: WireSettings): void {
  settings = own;
  via.fetch = send;
}

/** A problem if the server refused, else nothing: for what a page shows and where (`at`). */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof Refused ? error.problem : undefined;
}

/** The request failed in a way that the same request later may not. */
export function mayPass(error: unknown): boolean {
  const problem = problemOf(error);
  return error instanceof Unreachable || (problem !== undefined && isPassing(problem.status, problem.code));
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers: Record<string, string> = {
    ...(init.headers as Record<string, string> | undefined),
    "Accept-Language": settings.language(),
  };
  const method = init.method ?? "GET";
  const csrf = settings.csrf?.() ?? "";
  if (csrf !== "" && method !== "GET") headers["Zhitong-CSRF"] = csrf;
  // A read does nothing; a change with a key does it once. All else is sent once.
  const tries = method === "GET" || headers["Idempotency-Key"] !== undefined ? triesMax : 1;
  for (let number = 1; ; ++number) {
    const isLast = number === tries || init.signal?.aborted === true;
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      if (isLast || !navigator.onLine) throw new Unreachable();
      await wait(number, null);
      continue;
    }
    if (response.ok) return response;
    const problem = await readProblem(response);
    if (!isLast && isPassing(problem.status, problem.code)) {
      await wait(number, response.headers.get("Retry-After"));
      continue;
    }
    if (problem.status === 401) settings.sessionEnded?.();
    throw new Refused(problem);
  }
}

function isPassing(status: number, code: string): boolean {
  return passing.has(status) && (status !== 409 || code === "in_flight");
}

/** Whatever stands before the server may answer in words of its own. */
async function readProblem(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    if (typeof problem.code === "string") return { type: "about:blank", title: "", status: response.status, ...problem, code: problem.code };
  } catch {
    // Told below by its status alone.
  }
  return { type: "about:blank", title: "", status: response.status, code: "unreadable" };
}

function wait(number: number, retryAfter: string | null): Promise<void> {
  const asked = Number(retryAfter ?? "") * 1000;
  const ms = Math.min(Math.max(asked || 0, waitMs * 2 ** (number - 1)), waitMsMax);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
