import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { BrowserPage, CHROMIUM } from "./chromium.ts";

const COMMAND = "check examples --context examples/permissions/iam.json --format html";

describe.skipIf(!CHROMIUM)("the html format in Chromium (skipped where it isn't installed)", () => {
  let page: BrowserPage;
  let url = "";

  beforeAll(async () => {
    const { stdout } = await runCli(COMMAND.split(" "));
    const cwd = directory();
    writeFileSync(join(cwd, "report.html"), stdout);
    url = pathToFileURL(join(cwd, "report.html")).href;
    page = new BrowserPage();
    await page.open(url);
  });
  afterAll(() => page?.close());

  /** How many of the elements are seen. */
  const countVisible = (selector: string) =>
    page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((e) => e.checkVisibility()).length`,
    );
  const focusOn = (selector: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);

  it("loads nothing but itself", () => {
    expect(page.requests).toEqual([url]);
  });

  it("shows the table, findings with marked source, and a red link", async () => {
    expect(await countVisible(".matrix tbody tr")).toBeGreaterThan(20);
    expect(await countVisible(".finding mark")).toBeGreaterThan(20);
    const colour = "getComputedStyle(document.querySelector('.link.fail .line')).stroke";
    expect(await page.evaluate(colour)).toBe("rgb(179, 38, 30)");
  });

  it("is filtered with the keyboard", async () => {
    expect(await countVisible("tr.undecided")).toBeGreaterThan(0);
    await focusOn("#show-fail");
    await page.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("show-undecided");
    await page.press(" ", " ");
    expect(await countVisible("tr.undecided, .finding.undecided")).toBe(0);
    expect(await countVisible("tr.fail")).toBeGreaterThan(0);
    await page.press(" ", " ");
    expect(await countVisible("tr.undecided")).toBeGreaterThan(0);
  });

  it("leads from a cell to its finding with the keyboard", async () => {
    await focusOn(".matrix td.error a");
    await page.press("Enter", "\r");
    const target = "document.querySelector(':target')";
    expect(await page.evaluate(`${target}.className`)).toContain("finding");
  });
});
