import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { LineIndex } from "../../src/diagnostics/lines.ts";
import type { RequestParties } from "../../src/diagnostics/report.ts";
import { REPORTERS } from "../../src/reporters/index.ts";
import { runCli } from "../cli/run.ts";
import { createFinding } from "./findings.ts";
import { buildReport } from "./hostile.ts";

const ROLE = "arn:aws:iam::123456789012:role/Writer";
const PARTIES: RequestParties = {
  caller: "arn:aws:iam::123456789012:role/Operator",
  parties: [
    { kind: "target", pointer: "/FileShareARN", name: "share-1" },
    { kind: "role", pointer: "/Role", name: ROLE },
    { kind: "destination", pointer: "/LocationARN", name: "arn:aws:s3:::reports" },
  ],
};

async function renderPage(diagnostics: Diagnostic[], parties = PARTIES): Promise<string> {
  const reporter = await REPORTERS.html!();
  const report = buildReport(diagnostics);
  const sources = new Map([["dir/a b.yaml", new LineIndex("one\ntwo\n  Type: AAA\nfour\n")]]);
  const requestOf = ({ file }: Diagnostic) => report.requests.find((request) => request.file === file);
  return reporter(report, sources, { color: false, requestOf, partiesOf: () => parties });
}

/** The links of the drawing, with their state. */
const linksOf = (page: string): string[] =>
  [...page.matchAll(/<g class="link (\w+)">.*?<text[^>]*>(.*?)<\/text>/g)].map(
    ([, state, verb]) => `${verb} ${state}`,
  );

describe("the html format", () => {
  it("is one file that a browser may load nothing for", async () => {
    const page = await renderPage([createFinding()]);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(/);
  });

  it("has a row for each request and a column for each code, whose cells lead to findings", async () => {
    const page = await renderPage([
      createFinding(),
      createFinding({ code: "fsx/paths-no-comma", severity: "warning" }),
      createFinding({ file: "b.yaml", status: "undecided", missing: [{ kind: "value", name: "${X}" }] }),
    ]);
    expect(page.match(/<tr class="request \w+">/g)).toHaveLength(2);
    expect(page.match(/<th scope="col"><span>/g)).toHaveLength(2);
    for (const [, id] of page.matchAll(/<td class="\w+"><a href="#(f\d+)"/g))
      expect(page).toContain(`id="${id}"`);
  });

  it("marks the range of a finding in its source", async () => {
    expect(await renderPage([createFinding()])).toContain("    3</span>   Type: <mark>AAA</mark>\n");
  });

  it.each<[string, Partial<Diagnostic>, string[]]>([
    [
      "no link without a finding",
      { pointer: "/Other" },
      ["calls ok", "on ok", "with role ok", "writes to ok"],
    ],
    [
      "the call where the caller may not make it",
      { code: "iam/implicit-deny" },
      ["calls ✗ fail", "on ok", "with role ok", "writes to ok"],
    ],
    [
      "the role where it may not be passed",
      { code: "iam/pass-role-denied" },
      ["calls ok", "on ok", "with role ✗ fail", "writes to ok"],
    ],
    [
      "writing where the role may not write",
      { code: "iam/partial-grant", pointer: "/Role" },
      ["calls ok", "on ok", "with role ok", "writes to ✗ fail"],
    ],
    [
      "the target of a malformed id",
      { pointer: "/FileShareARN" },
      ["calls ok", "on ✗ fail", "with role ok", "writes to ok"],
    ],
    [
      "an undecided destination",
      { pointer: "/LocationARN", status: "undecided", missing: [] },
      ["calls ok", "on ok", "with role ok", "writes to ? undecided"],
    ],
  ])("draws in red: %s", async (_title, more, expected) => {
    const { pointer: _, ...finding } = createFinding();
    expect(linksOf(await renderPage([{ ...finding, ...more }]))).toEqual(expected);
  });

  it("has the parties of the requests of a run", async () => {
    const { stdout } = await runCli([
      ..."check examples/permissions --context examples/context --context examples/permissions/iam.json --format html".split(
        " ",
      ),
    ]);
    expect(linksOf(stdout)).toEqual(["calls ok", "on ok", "with role ! warning", "writes to ✗ fail"]);
    for (const name of [
      "role/StorageOperator",
      "share/share-2B3C4D5E",
      "role/NightlyReportWriter",
      "cache-reports/nightly",
    ])
      expect(stdout).toContain(name);
  });
});
