import type { APIRequestContext } from "@playwright/test";
import { axeFindings, expect, test } from "./watched";
import { signedIn, type Signed } from "./people";

test.use({ viewport: { width: 360, height: 640 } });

const questions = {
  access: "open",
  intro: "只问三件事",
  answers_max: 0,
  questions: [
    { id: "q1", title: "家里有车吗", type: "single", is_required: true, choices: [{ id: "yes", title: "有" }, { id: "no", title: "没有" }] },
    { id: "q2", title: "夜里停在哪", type: "many", chosen_max: 2, choices: [{ id: "in", title: "小区内" }, { id: "road", title: "路边" }, { id: "other", title: "别处" }], show_if: { question: "q1", any: ["yes"] } },
    { id: "q3", title: "满意吗", type: "scale", min: 1, max: 5 },
    { id: "q4", title: "还想说什么", type: "text" },
  ],
};

async function must(as: Signed, path: string, data: unknown): Promise<Record<string, unknown>> {
  const answer = await as.post(path, data);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

/** Drafted by the office, looked at by another, opened. */
async function opened(office: APIRequestContext, committee: APIRequestContext): Promise<string> {
  const clerk = await signedIn(office, "proposals");
  const fields = { title: "夜间停车", audience: "居民", closes_on: "2099-12-31" };
  const begun = await must(clerk, "/api/v1/matters", { deeds: [{ kind: "questionnaire", verb: "register", fields }] });
  const number = (begun.rows as Array<{ number: string }>)[0]!.number;
  const kept = await clerk.put(`/api/v1/questionnaires/${number}`, questions);
  expect(kept.ok(), await kept.text()).toBe(true);
  const reviewer = await signedIn(committee, "committee");
  await must(reviewer, `/api/v1/matters/${number}/verbs`, { deeds: [{ verb: "review", fields: { text: "可以" } }] });
  await must(clerk, `/api/v1/questionnaires/${number}/open`, {});
  return number;
}

test("a questionnaire is answered once, by what was chosen, and a draft survives", async ({ page, browser, request }) => {
  const beside = await browser.newContext();
  const number = await opened(request, beside.request);
  await beside.close();
  await page.goto(`/questionnaires/${number}`);
  await expect(page.getByRole("heading", { name: "夜间停车" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await expect(page.getByText("夜里停在哪")).toHaveCount(0);
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByText("这一项要填")).toBeVisible();
  await page.getByLabel("有", { exact: true }).check();
  await page.getByLabel("路边").check();
  await page.getByLabel("小区内").check();
  await expect(page.getByLabel("别处")).toBeDisabled();
  await page.getByLabel("还想说什么").fill("多画几个车位");
  await page.reload();
  await expect(page.getByLabel("还想说什么")).toHaveValue("多画几个车位");
  await page.getByRole("button", { name: "提交" }).click();
  await expect(page.getByRole("status").filter({ hasText: "谢谢" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "谢谢" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("多画几个车位");
});
