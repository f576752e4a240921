import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ROOT } from "../cli/run.ts";
import type { OpenPlayground } from "./browser.ts";
import {
  buildPlayground,
  CHROMIUM,
  compressedSize,
  listFindings,
  openPlayground,
  servePlayground,
  settle,
  startBrowser,
  typeText,
} from "./browser.ts";

const BROKEN = `operation: fsx:CreateDataRepositoryTask
request:
  Type: EXPORT_TO_REPOSITORY
  FileSystemId: fs-0123456789abcdef0
  Report:
    Enabled: false
  ClientRequestToken: 1b6d3a52-8f1e-4d6a-9c43-0d7f5f0a2b11
  Pathz: [data]
`;
const MENDED = BROKEN.replace("Pathz", "Paths");

describe.skipIf(!CHROMIUM)("the playground in Chromium (skipped where it isn't installed)", () => {
  let browser: Browser;
  let opened: OpenPlayground;
  let page: Page;

  beforeAll(async () => {
    buildPlayground();
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    opened = await openPlayground(browser);
    page = opened.page;
  });
  // A page that reported an error fails the test that it was opened for.
  afterEach(() => opened.close());

  const chooseExample = async (name: string): Promise<void> => {
    await page.selectOption("#examples", name);
    await settle(page);
  };
  const readText = (): Promise<string> => page.locator(".cm-content").innerText();
  const readFocus = () => page.locator(":focus").getAttribute("id");
  const readMarked = (severity: string): Promise<string[]> =>
    page.locator(`.cm-lintRange-${severity}`).allTextContents();
  const listErrors = async (): Promise<string[]> =>
    (await listFindings(page)).filter((text) => text.startsWith("error"));

  it("shows a finding at its place while it is typed, and clears it when it is mended", async () => {
    await typeText(page, BROKEN);
    expect(await listErrors()).toEqual([expect.stringContaining("8:3 Pathz is not a member")]);
    expect(await readMarked("error")).toEqual(["Pathz"]);
    await page.locator(".cm-line", { hasText: "Pathz" }).click();
    await page.keyboard.press("Home");
    for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await page.keyboard.type("s");
    await settle(page);
    expect(await readText()).toContain("Paths: [data]");
    expect(await readMarked("error")).toEqual([]);
    expect(await listErrors()).toEqual([]);
  });

  it("colours YAML and JSON, with grammars that come after the first report", async () => {
    const keys = page.locator(".tok-propertyName, .tok-definition");
    await keys.getByText("FileSystemId").waitFor();
    await page.fill("#name", "request.json");
    await page.locator("#name").press("Enter");
    await typeText(page, '{ "operation": "fsx:CreateFileSystem" }');
    await keys.getByText("operation").waitFor();
    expect(opened.requests.filter((url) => url.includes("modes"))).toHaveLength(2);
  });

  it("leads from a finding to its place with the keyboard", async () => {
    await typeText(page, `# a comment\n${BROKEN}`);
    await page.locator("#findings button", { hasText: "Pathz" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Paths");
    expect((await readText()).trim()).toBe(`# a comment\n${MENDED}`.trim());
  });

  it("shows the report with the drawing of who calls what", async () => {
    await chooseExample("examples/permissions/nightly-report.yaml");
    const report = page.frameLocator("#report");
    // The report of the text before may still be there.
    const title = report.locator("svg title", { hasText: "NightlyReportWriter writes to" }).first();
    await title.waitFor({ state: "attached" });
    expect(await report.locator(".link.fail .tip").count()).toBeGreaterThan(0);
  });

  it("goes by context, configuration and rules of its own", async () => {
    await typeText(page, MENDED);
    const before = await page.textContent("#status");
    await page.click("#tab-config");
    await typeText(page, "rules:\n  fsx/paths-distinct: of\n");
    expect(await page.textContent("#status")).toBe("nothing was checked");
    expect(await page.textContent("#problem")).toContain("countersign.yaml:2");
    await typeText(page, "");
    expect(await page.textContent("#status")).toBe(before);
    await page.click("#tab-rules");
    await typeText(
      page,
      `operation: fsx:CreateDataRepositoryTask
rules:
  - id: own/task-has-ticket
    severity: error
    at: /Tags
    assert: orElse(request.Tags, []).exists(tag, tag.Key == 'ticket')
    message: the task has no tag \`ticket\`
    help: name it
    examples:
      pass:
        - request: { Tags: [{ Key: ticket, Value: INC-1234 }] }
        - request: { Tags: [{ Key: ticket, Value: INC-1235 }] }
      fail:
        - request: {}
        - request: { Tags: [{ Key: team, Value: storage }] }
`,
    );
    expect(await page.textContent("#problem")).toBe("");
    expect(await listFindings(page)).toContainEqual(expect.stringContaining("own/task-has-ticket"));
  });

  it("says with each finding what to do, and hides the choice of one file", async () => {
    expect(await listFindings(page)).toContainEqual(
      expect.stringContaining("help: write true without quotes"),
    );
    expect(await page.isVisible("#file")).toBe(false);
  });

  it("has one configuration, whose name stands", async () => {
    await page.click("#tab-config");
    expect(await page.isEditable("#name")).toBe(false);
    expect(await page.isVisible("#add")).toBe(false);
    await page.click("#tab-document");
    expect(await page.isEditable("#name")).toBe(true);
    await page.click("#add");
    expect(await page.isVisible("#file")).toBe(true);
  });

  it("keeps the item of a finding, and the focus on it, while it is still found", async () => {
    await typeText(page, BROKEN);
    const button = page.locator("#findings button", { hasText: "Pathz" });
    await button.evaluate((element) => element.setAttribute("data-kept", ""));
    await page.locator(".cm-content").press("Control+End");
    await page.keyboard.insertText("# further down");
    await settle(page);
    expect(await button.getAttribute("data-kept")).toBe("");
  });

  it("shares what is in the tabs by a link, says what it holds, and writes no address before", async () => {
    await typeText(page, BROKEN);
    await page.click("#tab-context");
    await typeText(page, '{ "Gateways": [] }');
    expect(page.url()).not.toContain("#");
    await page.click("#share");
    expect(await page.locator("#held li").allTextContents()).toEqual([
      `Document: examples/broken/export.yaml, ${BROKEN.length} characters`,
      "Context: context/facts.json, 18 characters",
    ]);
    const link = await page.inputValue("#link");
    expect(page.url()).not.toContain("#");
    const other = await openPlayground(browser, { url: link });
    expect(await listFindings(other.page)).toEqual(await listFindings(page));
    expect((await other.page.locator(".cm-content").innerText()).trim()).toBe(BROKEN.trim());
    await other.page.click("#tab-context");
    expect(await other.page.locator(".cm-content").innerText()).toBe('{ "Gateways": [] }');
    await other.close();
  });

  it("keeps hostile text as text: script, markup, and what turns text around", async () => {
    const script = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";
    page.on("dialog", () => expect.unreachable("a script of the text ran"));
    await typeText(page, `${BROKEN}  "${script}\u202Eevil\u0007": "<!--"\n`);
    await page.fill("#name", `${script}/request.yaml`);
    await page.locator("#name").press("Enter");
    await settle(page);
    const report = page.frameLocator("#report");
    await report.getByText("onerror").first().waitFor();
    for (const frame of page.frames()) expect(await frame.locator("img[src], [onerror]").count()).toBe(0);
    expect(await page.textContent("#findings")).toContain("<img src=x");
    expect(await page.textContent("#findings")).not.toMatch(/[\u202E\u0007]/);
    expect(await report.locator("body").textContent()).not.toMatch(/[\u202E\u0007]/);
  });

  it("answers a permission question with the statement that decides", async () => {
    await chooseExample("examples/permissions/nightly-report.yaml");
    await page.click("#tab-view-question");
    await page.fill("#question-principal", "arn:aws:iam::123456789012:role/NightlyReportWriter");
    await page.fill("#question-resource", "arn:aws:s3:::cache-reports/nightly/report.csv");
    await page.fill("#question-account", "123456789012");
    await page.check("#question-policy");
    await page.click("#question-ask");
    await page.locator(".chain .deciding").waitFor();
    expect(await page.textContent(".chain .deciding")).toContain("WriteReports");
    expect(await page.textContent(".chain .end")).toBe("allowed");
    await page.fill("#question-account", "12");
    await page.click("#question-ask");
    await page.getByText("is no account id").waitFor();
    expect(await page.locator("#answer .error").innerText()).toMatch(/id\n {2}help: an account id has 12/);
    await page.fill("#question-account", "123456789012");
    await page.click("#tab-policies");
    const deny = { Statement: [{ Sid: "Never", Effect: "Deny", Action: "s3:*", Resource: "*" }] };
    await typeText(page, JSON.stringify({ Version: "2012-10-17", ...deny }));
    await page.fill("#name", "policies/scp.json");
    await page.locator("#name").press("Enter");
    await page.click("#question-ask");
    await page.locator(".chain .explicitDeny").waitFor();
    expect(await page.textContent(".chain .deciding.Deny")).toContain("Never");
  });

  it("makes a schema of the page or the model of another operation, and checks with it", async () => {
    const paste = async (file: string): Promise<void> => {
      await page.fill("#schema-text", readFileSync(join(ROOT, "test/schemagen", file), "utf8"));
      await page.click("#schema-make");
    };
    await typeText(page, "operation: toybox:StackBlocks\nrequest:\n  Layer: x\n");
    await page.click("#tab-view-schema");
    await paste("fixtures/stack_blocks.rst");
    await page.getByText("toybox:StackBlocks: schemas/").waitFor();
    await settle(page);
    expect((await listFindings(page)).join("\n")).toContain("Layer is not a member");
    await page.fill("#schema-service", "toybox");
    await page.fill("#schema-operation", "toybox:Shake");
    await paste("model-fixtures/toybox/2020-01-01/service-2.json");
    await page.getByText("toybox:Shake: schemas/").waitFor();
    await page.fill("#schema-text", "<!DOCTYPE html>");
    await page.click("#schema-make");
    await page.getByText("not the documentation page of an operation").waitFor();
  });

  it("says that a part can't be loaded, and that nothing was checked", async () => {
    const server = await servePlayground();
    const other = await openPlayground(browser, { url: server.url });
    await other.page.route("**/parts/code-src-permissions-evaluator.js", (route) => route.abort());
    await other.page.selectOption("#examples", "examples/permissions/nightly-report.yaml");
    await settle(other.page);
    expect(await other.page.textContent("#status")).toBe("nothing was checked");
    expect(await other.page.textContent("#problem")).toMatch(
      /^error: the file .*evaluator\.js. .*can't be loaded/,
    );
    await expect(other.close()).rejects.toThrow("ERR_FAILED");
    server.close();
  });

  it("opens what explains a code in a page of its own", async () => {
    const links = page.frameLocator("#report").locator('a[href^="https:"]');
    await links.first().waitFor();
    for (const link of await links.all())
      expect(await link.getAttribute("rel")).toBe(
        (await link.getAttribute("target")) === "_blank" ? "noopener noreferrer" : "",
      );
  });

  it("sends nothing: it loads parts from beside itself, and nothing else", async () => {
    await chooseExample("examples/programs/broken/main.go");
    await typeText(page, BROKEN);
    const base = new URL(".", page.url()).href;
    expect(opened.requests.length).toBeGreaterThan(2);
    for (const url of opened.requests) expect(url.startsWith(base), url).toBe(true);
    expect(opened.requests.filter((url) => !/\/index\.html$|\/parts\/[\w-]+\.js$/.test(url))).toEqual([]);
  });

  it.each([
    { name: "light", options: {} },
    { name: "dark", options: { colorScheme: "dark" } },
    { name: "on a telephone", options: { viewport: { width: 375, height: 700 } } },
  ] as const)("has no fault that axe knows, in any of its views, $name", async ({ options }) => {
    const axe = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
    const server = await servePlayground();
    // axe is a script of its own, which the page's policy denies.
    const other = await openPlayground(browser, { ...options, url: server.url, bypassCSP: true });
    await other.page.evaluate(axe);
    for (const view of ["view-report", "view-question", "view-schema"]) {
      await other.page.click(`#tab-${view}`);
      const { violations } = (await other.page.evaluate("axe.run()")) as { violations: AxeViolation[] };
      expect(violations.map(({ id, nodes }) => `${view}: ${id}: ${nodes.map(({ html }) => html)}`)).toEqual(
        [],
      );
    }
    expect(await other.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await other.close();
    server.close();
  });

  it("shows all findings on a telephone, in one page to scroll", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const listed = await page
      .locator("#findings")
      .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    const width = await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth);
    expect([listed, width]).toEqual([0, 360]);
  });

  it("is worked with the keyboard alone", async () => {
    await page.locator("#tab-document").focus();
    await page.keyboard.press("ArrowRight");
    expect(await readFocus()).toBe("tab-context");
    expect(await page.getAttribute("#tab-context", "aria-selected")).toBe("true");
    await page.click("#tab-document");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("F8");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await readFocus()).toBe("tab-view-report");
    await page.locator("#share").focus();
    await page.keyboard.press("Enter");
    await page.locator("#share-dialog").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("#share-dialog").isVisible()).toBe(false);
    expect(await readFocus()).toBe("share");
  });

  it("is opened from a web server, and loads at the start no more than 600 kB", async () => {
    const server = await servePlayground();
    try {
      const other = await openPlayground(browser, { url: server.url });
      expect(await listFindings(other.page)).toHaveLength(5);
      const loaded = other.requests.map((url) => join(buildPlayground(), new URL(url).pathname));
      const sizes = loaded.filter((file) => existsSync(file)).map(compressedSize);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
      await other.close();
    } finally {
      server.close();
    }
  });
});

interface AxeViolation {
  id: string;
  nodes: { html: string }[];
}
