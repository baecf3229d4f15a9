import { defineConfig } from "@playwright/test";

// tools/web_test makes a demo place, serves it and says where. Debian's browser, no other.
export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  // A walk of every kind takes minutes: by tools/nightly alone.
  testIgnore: process.env.ZHITONG_NIGHTLY ? [] : ["**/kinds.spec.ts"],
  workers: 1, // one place, two cores: the server is one of them
  fullyParallel: false,
  forbidOnly: true,
  retries: process.env.CI ? 1 : 0, // what passed only then is listed as flaky
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: process.env.ZHITONG_URL ?? "http://127.0.0.1:8311",
    browserName: "chromium",
    launchOptions: { executablePath: process.env.ZHITONG_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
