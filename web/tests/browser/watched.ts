// Tests of the browser watch what a person would not see: errors of the console and what the
// content policy refused. Either fails the test it happened in.

import { expect, test as plain, type BrowserContext, type Page } from "@playwright/test";
import axe from "axe-core";

interface Watched {
  /** Console errors of the kind that the test itself brings about, such as being offline. */
  allowed: RegExp[];
  quiet: void;
}

export const test = plain.extend<Watched>({
  allowed: async ({}, use) => use([]),
  quiet: [
    async ({ context, browser, allowed }, use) => {
      const said: string[] = [];
      const watch = async (one: BrowserContext): Promise<void> => {
        one.on("page", (page) => {
          page.on("pageerror", (error) => said.push(`error: ${error.message}`));
          page.on("console", (message) => {
            if (message.type() === "error" || message.text().includes("Content Security Policy")) said.push(message.text());
          });
        });
        await one.addInitScript(() => {
          addEventListener("securitypolicyviolation", (event) =>
            console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
        });
      };
      await watch(context);
      // Browsers of other people that a test opens are watched too, and closed after it.
      const others: BrowserContext[] = [];
      const openContext = browser.newContext;
      browser.newContext = async (options) => {
        const made = await openContext.call(browser, options);
        others.push(made);
        await watch(made);
        return made;
      };
      await use();
      browser.newContext = openContext;
      await Promise.all(others.map((one) => one.close()));
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
