// Tests of the browser watch what a person would not see: errors of the console and what the
// content policy refused. Either fails the test it happened in.

import { expect, test as plain, type Page } from "@playwright/test";
import axe from "axe-core";

interface Watched {
  /** Console errors of the kind that the test itself brings about, such as being offline. */
  allowed: RegExp[];
  quiet: void;
}

export const test = plain.extend<Watched>({
  allowed: async ({}, use) => use([]),
  quiet: [
    async ({ context, allowed }, use) => {
      const said: string[] = [];
      context.on("page", (page) => {
        page.on("pageerror", (error) => said.push(`error: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() === "error" || message.text().includes("Content Security Policy")) said.push(message.text());
        });
      });
      await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) =>
          console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
      });
      await use();
      expect(said.filter((line) => !allowed.some((one) => one.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

interface Violation {
  id: string;
  help: string;
  nodes: Array<{ html: string; failureSummary?: string }>;
}

/** axe's findings on the page as it stands, in one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (what: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run(document, { resultTypes: ["violations"] })).violations;
  });
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${one.help}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
}
