import { handIn } from "./people";
import { signIn, nobodyYet, type Account } from "./desk_people";
import { axeFindings, expect, test } from "./watched";

const pages: ReadonlyArray<[Account, readonly string[]]> = [
  ["clerk", ["/desk/matters/{number}", "/desk/matters/{number}/print/receipt", "/desk", "/desk/unit", "/desk/hand-in", "/desk/dispatch", "/desk/matters", "/desk/matters?q=停电", "/desk/jobs", "/desk/kinds", "/desk/nothing-here"]],
  ["head", ["/desk/cockpit", "/desk/pocket", "/desk/supervision", "/desk/directory", "/desk/calendar", "/desk/account"]],
  ["callback", ["/desk/review"]],
  ["admin", ["/desk/people"]],
  ["security", ["/desk/people"]],
  ["audit", ["/desk/audit"]],
];

for (const [name, paths] of pages) {
  for (const theme of ["light", "dark"]) {
    for (const language of ["zh", "en"]) {
      test(`pages of ${name}, ${theme}, ${language}: nothing for axe to find`, async ({ page, request, allowed }) => {
        allowed.push(nobodyYet);
        test.slow();
        await signIn(page, name);
        await page.evaluate(([look, tongue]) => {
          localStorage.setItem("zhitong.theme", look!);
          localStorage.setItem("zhitong.language", tongue!);
        }, [theme, language]);
        const { number } = await handIn(request, { title: "axe", text: "axe", for: "甲", contact: "13900000001" });
        for (const path of paths.map((one) => one.replace("{number}", number))) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
          await expect(page.locator(".waiting")).toHaveCount(0);
          expect(await axeFindings(page), path).toEqual([]);
        }
      });
    }
  }
}

test("no page of the desk is wider than a telephone", async ({ page, allowed }) => {
  allowed.push(nobodyYet);
  await page.setViewportSize({ width: 360, height: 720 });
  await signIn(page, "head");
  for (const path of ["/desk", "/desk/pocket", "/desk/cockpit", "/desk/supervision", "/desk/matters", "/desk/account", "/desk/directory"]) {
    await page.goto(path);
    await expect(page.locator(".waiting")).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
  }
});
