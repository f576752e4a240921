import { describe, expect, it } from "vitest";
import type { Diagnostic, MissingInput } from "../../src/diagnostics/diagnostic.ts";
import { LineIndex } from "../../src/diagnostics/lines.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import type { ReporterOptions, ViewOptions } from "../../src/reporters/reporter.ts";
import { createFinding, repeat } from "./findings.ts";
import { buildReport } from "./hostile.ts";

async function printText(
  diagnostics: Diagnostic[],
  { view = {}, ...options }: Partial<ReporterOptions> & { view?: ViewOptions } = {},
  format = "text",
): Promise<string> {
  const reporter = await REPORTERS[format]!();
  const sources = new Map([["dir/a b.yaml", new LineIndex("a\nb\n  Type: AAA # and more\n")]]);
  return reporter(buildReport(diagnostics), sources, { color: false, view, ...options });
}

const waitFor = (missing: MissingInput, more: Partial<Diagnostic> = {}): Diagnostic =>
  createFinding({ status: "undecided", missing: [missing], ...more });
const VALUE = { kind: "value", name: "${X}", file: "b.sh", line: 4 } as const;
const describeFileSystem = (id: string): MissingInput => ({
  kind: "fact",
  name: "context.fileSystem",
  command: `aws fsx describe-file-systems --file-system-ids ${id} > context/fs.json`,
});

describe("the text format", () => {
  it("shows ten findings with their source, the worst first, and the others in a line each", async () => {
    const text = await printText([...repeat(4, { severity: "warning" }), ...repeat(9)]);
    expect(text.match(/^error\[schema\/enum\]: /gm)).toHaveLength(9);
    expect(text.match(/^ {2}\| {9}\^\^\^$/gm)).toHaveLength(10);
    expect(text.match(/^warning\[/gm)).toHaveLength(1);
    expect(
      text.match(/^warning dir\/a b\.yaml:3:9 {2}`A` is not a value of `Type` {2}\[schema\/enum\]$/gm),
    ).toHaveLength(3);
    expect(text.lastIndexOf("\nerror[")).toBeLessThan(text.indexOf("warning["));
  });

  it("shows as many findings with their source as `max` says", async () => {
    expect((await printText(repeat(5), { view: { max: 0 } })).match(/^error {3}dir/gm)).toHaveLength(5);
    expect((await printText(repeat(15), { view: { max: 12 } })).match(/^error\[/gm)).toHaveLength(12);
  });

  it("says in the line what is meant", async () => {
    const text = await printText([createFinding({ help: "did you mean `B`? the values are `B`" })], {
      view: { max: 0 },
    });
    expect(text).toContain("  `A` is not a value of `Type`: did you mean `B`?  [schema/enum]\n");
  });

  it("ends in a verdict for each request and for the run", async () => {
    const text = await printText([
      createFinding(),
      createFinding({ file: "b.sh", severity: "warning" }),
      waitFor(VALUE),
      createFinding({ status: "undecided", missing: [] }),
      createFinding({ status: "undecided", code: "document/unread", missing: [{ kind: "call", name: "x" }] }),
    ]);
    expect(text.trimEnd().split("\n").at(-1)).toBe(
      "fail: 2 requests (1 fail, 1 undecided, 0 pass), 1 error, 1 warning; 1 check waits for 1 value; 1 check can't be decided; 1 call not read",
    );
  });

  it("prints waived and known findings without source lines and counts them separately", async () => {
    const text = await printText([
      createFinding({ status: "waived", waiver: "agreed" }),
      createFinding({ status: "waived", baseline: "known", waiver: "known, by `b.json`" }),
    ]);
    expect(text).toContain(
      "waived  dir/a b.yaml:3:9  `A` is not a value of `Type` (agreed)  [schema/enum]\n",
    );
    expect(text).toContain("known   dir/a b.yaml:3:9  ");
    expect(text).toMatch(/^pass: .*, 1 waived, 1 known$/m);
  });

  it("lists a fact once, with one command for all records and how many checks it decides", async () => {
    const checks = [
      waitFor(describeFileSystem("fs-1")),
      waitFor(describeFileSystem("fs-2"), { file: "b.sh" }),
      waitFor(describeFileSystem("FILE_SYSTEM_ID"), { file: "b.sh" }),
    ];
    const text = await printText(checks, { input: ["my dir", "b.sh"] });
    expect(text).toContain("3 checks of 2 requests wait for 1 fact; none of them counts as passed\n");
    expect(text).toContain("  facts: `countersign context pull 'my dir' b.sh` runs such commands (");
    expect(text).toContain("then `countersign check 'my dir' b.sh --context context`\n");
    expect(text).not.toContain("FILE_SYSTEM_ID");
    expect(text).toContain(
      "    file system  3 checks of 2 requests  aws fsx describe-file-systems --file-system-ids fs-1 fs-2 > context/fs.json\n",
    );
  });

  it("says which words of the commands are names that the requests don't say", async () => {
    const text = await printText([waitFor(describeFileSystem("FILE_SYSTEM_ID"))]);
    expect(text).toContain("\n    (`FILE_SYSTEM_ID` stands for a name that the requests don't say)\n");
  });

  it("adds the directory of context only where it isn't given", async () => {
    const text = await printText([waitFor(describeFileSystem("fs-1"))], {
      input: ["--context", "context", "a"],
    });
    expect(text).toContain("then `countersign check --context context a`\n");
  });

  it("lists values by file, each once", async () => {
    const own = { kind: "value", name: "${Y}" } as const;
    const checks = [waitFor(VALUE), waitFor(VALUE, { file: "b.sh" }), waitFor(own, { file: "b.sh" })];
    const text = await printText([...checks, waitFor({ kind: "value", name: "${X}" }, { file: "c.sh" })]);
    expect(text).toContain("wait for 2 values;");
    expect(text).toContain("\n    b.sh  4 checks: ${X}, ${Y}\n");
  });

  it("names undecided requests that delete data", async () => {
    const check = waitFor(VALUE);
    const report = buildReport([check]);
    const request = { ...report.requests[0]!, line: 7, deletes: true as const };
    const reporter = await REPORTERS.text!();
    const options = { color: false, requestOf: () => request };
    const text = reporter({ ...report, requests: [request] }, new Map(), options);
    expect(text).toContain("deletes data, undecided: dir/a b.yaml:7\n");
  });

  it("fits what follows the findings on a screen, and says what is left out", async () => {
    const checks = Array.from({ length: 60 }, (_, index) => [
      waitFor({ kind: "fact", name: `context.fact${index % 12}` }),
      waitFor({ ...VALUE, file: `f${index}.sh` }),
      createFinding({ status: "undecided", code: "document/unread", file: `u${index}.sh` }),
    ]).flat();
    const text = await printText(checks);
    expect(text.split("\n").length).toBeLessThanOrEqual(22);
    expect(text.match(/^ {4}… \d+ more \(--show undecided\)$/gm)).toHaveLength(3);
    const all = await printText(checks, { view: { show: "undecided" } });
    for (const name of ["u59.sh:3:9", "f59.sh", "fact11"]) expect(all).toContain(name);
  });

  it.each([
    ["all", 1, 1, 1],
    ["findings", 1, 0, 0],
    ["undecided", 0, 1, 1],
    ["none", 0, 0, 0],
  ] as const)("shows %s", async (show, findings, checks, blocks) => {
    const text = await printText([createFinding(), waitFor(VALUE)], { view: { show } });
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    expect([count(/^error\[/gm), count(/^undecided\[/gm), count(/^1 check of /gm)]).toEqual([
      findings,
      checks,
      blocks,
    ]);
    expect(text).toMatch(/^fail: .*\n$/m);
  });

  it("is quiet where nothing is to be said, and never silent about what is undecided", async () => {
    expect(await printText([], { view: { quiet: true } })).toBe("");
    const quiet = await printText([createFinding(), waitFor(VALUE)], { view: { quiet: true } });
    expect(quiet).toMatch(/^error\[/);
    expect(quiet).not.toContain("wait");
    expect(await printText([waitFor(VALUE)], { view: { quiet: true } })).toBe(
      "undecided: 1 request (1 fail, 0 undecided, 0 pass); 1 check waits for 1 value\n",
    );
  });

  it("wraps messages on a terminal only, and keeps what is in backticks together", async () => {
    const message = `${"word ".repeat(30)}\`kept in one piece\` end`;
    const flat = await printText([createFinding({ message })]);
    expect(flat).toContain(message);
    const wrapped = await printText([createFinding({ message })], { view: { columns: 50 } });
    for (const line of wrapped.split("\n").slice(0, 5)) expect(line.length).toBeLessThanOrEqual(50);
    expect(wrapped).toContain("`kept in one piece`");
  });

  it("links a code to its page on a terminal", async () => {
    const linkCode = (code: string) => `https://docs.example/${code}.md`;
    const link = "\u001b]8;;https://docs.example/schema/enum.md\u001b\\schema/enum\u001b]8;;\u001b\\";
    expect(await printText([createFinding()], { linkCode, view: { links: true } })).toContain(
      `error[${link}]: `,
    );
    expect(await printText([createFinding()], { linkCode })).not.toContain("\u001b");
  });
});

describe("the concise format", () => {
  it("prints a line per finding, calls that could not be read, and the verdict", async () => {
    const unread = createFinding({ status: "undecided", code: "document/unread", message: "not read" });
    const lines = (
      await printText([createFinding({ severity: "warning" }), waitFor(VALUE), unread], {}, "concise")
    ).split("\n");
    expect(lines).toEqual([
      "dir/a b.yaml:3:9: warning[schema/enum] `A` is not a value of `Type`",
      "dir/a b.yaml:3:9: undecided[document/unread] not read",
      expect.stringMatching(/^undecided: /),
      "",
    ]);
  });

  it("prints findings only when it is quiet", async () => {
    const text = await printText([createFinding(), waitFor(VALUE)], { view: { quiet: true } }, "concise");
    expect(text).toBe("dir/a b.yaml:3:9: error[schema/enum] `A` is not a value of `Type`\n");
  });
});
