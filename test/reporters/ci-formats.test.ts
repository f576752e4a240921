import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { LineIndex } from "../../src/diagnostics/lines.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import type { ReporterOptions } from "../../src/reporters/reporter.ts";
import { createFinding } from "./findings.ts";
import { buildReport } from "./hostile.ts";

async function print(
  format: string,
  diagnostics: Diagnostic[],
  { text = "a\nb\n  Type: AAA\n", ...options }: Partial<ReporterOptions> & { text?: string } = {},
): Promise<string> {
  const reporter = await REPORTERS[format]!();
  const sources = new Map([["dir/a b.yaml", new LineIndex(text)]]);
  return reporter(buildReport(diagnostics), sources, { color: false, ...options });
}

const wait = (name: string, more: Partial<Diagnostic> = {}): Diagnostic =>
  createFinding({
    status: "undecided",
    missing: [{ kind: "fact", name, command: "aws x > x.json" }],
    ...more,
  });

describe("the gitlab format", () => {
  const issuesOf = async (...diagnostics: Diagnostic[]) => JSON.parse(await print("gitlab", diagnostics));

  it("has what GitLab reads of each issue, and nothing else", async () => {
    const [issue] = await issuesOf(createFinding({ file: "./a.yaml", help: "do this" }));
    expect(issue).toEqual({
      description: "`A` is not a value of `Type` (do this)",
      check_name: "schema/enum",
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: "major",
      location: { path: "a.yaml", lines: { begin: 3, end: 3 } },
    });
  });

  it("has one issue for each finding and each missing fact, and none for waived ones", async () => {
    const issues = await issuesOf(
      wait("context.gateway"),
      wait("context.gateway", { file: "c.yaml" }),
      createFinding({ severity: "warning" }),
      createFinding(),
      createFinding({ status: "waived", waiver: "agreed" }),
    );
    const rows = issues.map((issue: Record<string, string>) => `${issue.severity} ${issue.check_name}`);
    expect(rows).toEqual(["major schema/enum", "minor schema/enum", "info undecided"]);
  });

  it("gives equal findings different fingerprints, which stay when lines move", async () => {
    const marksOf = async (line: number) =>
      (
        await issuesOf(createFinding({ line }), createFinding({ line }), wait("context.gateway", { line }))
      ).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    const marks = await marksOf(3);
    expect(new Set(marks).size).toBe(3);
    expect(await marksOf(9)).toEqual(marks);
  });
});

describe("the rdjsonl format", () => {
  const linesOf = async (...args: Parameters<typeof print> extends [string, ...infer Rest] ? Rest : never) =>
    (await print("rdjsonl", ...args))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("has one diagnostic a line, with columns in bytes of UTF-8", async () => {
    const linkCode = (code: string) => `https://docs.example/${code}`;
    const [diagnostic] = await linesOf([createFinding()], { text: "a\nb\n  äö💥: AAA\n", linkCode });
    expect(diagnostic).toEqual({
      message: "`A` is not a value of `Type`",
      location: {
        path: "dir/a b.yaml",
        range: { start: { line: 3, column: 13 }, end: { line: 3, column: 16 } },
      },
      severity: "ERROR",
      source: { name: "countersign" },
      code: { value: "schema/enum", url: "https://docs.example/schema/enum" },
    });
  });

  it("has whole lines where the text is not known", async () => {
    const [{ location }] = await linesOf([createFinding({ file: "other.yaml" })]);
    expect(location.range).toEqual({ start: { line: 3 }, end: { line: 3 } });
  });

  it("suggests every fix of the same file, since a reviewer sees it before it is applied", async () => {
    const edits = [{ file: "dir/a b.yaml", start: 12, end: 15, text: "BBB" }];
    const [safe, unsafe, other] = await linesOf([
      createFinding({ fix: { safe: true, edits } }),
      createFinding({ fix: { safe: false, edits } }),
      createFinding({ fix: { safe: true, edits: [{ ...edits[0]!, file: "other.yaml" }] } }),
    ]);
    const range = { start: { line: 3, column: 9 }, end: { line: 3, column: 12 } };
    expect(safe.suggestions).toEqual([{ range, text: "BBB" }]);
    expect(unsafe.suggestions).toEqual(safe.suggestions);
    expect(other).not.toHaveProperty("suggestions");
  });

  it("has warnings, and undecided as information", async () => {
    const lines = await linesOf([wait("context.gateway"), createFinding({ severity: "warning" })]);
    expect(lines.map(({ severity }) => severity)).toEqual(["WARNING", "INFO"]);
    expect(lines[1].message).toMatch(/^undecided: 1 check of 1 request waits for: gateway/);
  });
});

describe("the azure format", () => {
  it("has a logging command for each finding, with escaped delimiters", async () => {
    const text = await print("azure", [createFinding({ file: "a;b].yaml", message: "50%;]" })]);
    expect(text.split("\n")[0]).toBe(
      "##vso[task.logissue type=error;sourcepath=a%3Bb%5D.yaml;linenumber=3;columnnumber=9;code=schema/enum;]50%AZP25;]",
    );
  });

  it("resolves paths, warns of what is undecided, and ends in the verdict", async () => {
    const text = await print("azure", [wait("context.gateway"), createFinding({ severity: "info" })], {
      resolveFile: (file) => `/repo/${file}`,
    });
    expect(text.split("\n")).toEqual([
      expect.stringMatching(
        /^##vso\[task\.logissue type=warning;sourcepath=\/repo\/dir\/a b\.yaml;.*\]undecided: /,
      ),
      "note: dir/a b.yaml:3: `A` is not a value of `Type`",
      expect.stringMatching(/^undecided: 1 request /),
      "",
    ]);
  });
});

describe("the sarif format", () => {
  it("has the edits of a fix, by file", async () => {
    const edits = [
      { file: "dir/a b.yaml", start: 12, end: 15, text: "BBB" },
      { file: "dir/a b.yaml", start: 1, end: 2, text: "" },
    ];
    const [result] = JSON.parse(await print("sarif", [createFinding({ fix: { safe: true, edits } })])).runs[0]
      .results;
    expect(result.fixes).toEqual([
      {
        description: { text: "can be applied as it is" },
        artifactChanges: [
          {
            artifactLocation: { uri: "dir/a%20b.yaml", uriBaseId: "%SRCROOT%" },
            replacements: [
              { deletedRegion: { charOffset: 12, charLength: 3 }, insertedContent: { text: "BBB" } },
              { deletedRegion: { charOffset: 1, charLength: 1 } },
            ],
          },
        ],
      },
    ]);
  });
});
