import fc from "fast-check";
import type { Diagnostic, MissingInput } from "../../src/diagnostics/diagnostic.ts";
import { LineIndex } from "../../src/diagnostics/lines.ts";
import type { Report, Sources } from "../../src/diagnostics/report.ts";
import { decideOutcome, summarise } from "../../src/diagnostics/report.ts";

/** Fragments that an attacker could put into payloads or file names to forge parts of a report. */
const TRICKS = [
  "::error file=a.yaml,line=1::forged",
  "\n::error::forged",
  "\r\n  ::warning::forged",
  "\u2028::notice::forged",
  "::stop-commands::x",
  "##[error]forged",
  "##[",
  "##vso[task.complete]forged",
  "##",
  "[",
  ",title=forged",
  "%0A::error::forged",
  "%25",
  ":",
  "\u001b[31m",
  "\u009b2J",
  "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "[link](https://evil.example)",
  "![image](https://evil.example/x.png)",
  "](0)",
  "<img src=x onerror=alert(1)>",
  "<a href='https://evil.example'>",
  "</details>",
  "</failure></testcase>",
  "-->",
  "]]>",
  "<![CDATA[",
  "&lt;",
  "&#64;octocat",
  "https://evil.example",
  "www.evil.example",
  "somebody@evil.example",
  "@octocat",
  " a@ ",
  "#12",
  "GH-12",
  "deadbeefdeadbeef",
  ":tada:",
  "$x$",
  "|",
  "\\|",
  "\\",
  "`",
  "``",
  "`|`",
  "**bold**",
  "_x_",
  "~~x~~",
  "\n# heading\n",
  "\n\n| a | b |\n",
  "- item",
  "\u202eevil",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\ufffe",
  "\ud800",
  "\udc00",
  "\0",
  "\u0085",
  "\t",
  " ",
  "  ",
  "word",
  "a",
  "é",
  "💥",
];

export const hostileText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...TRICKS) },
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(""));

/** A message as `quoted` builds it from a payload's text, or as a rule's author writes it. */
const anyMessage = fc.oneof(
  hostileText,
  fc.tuple(hostileText, hostileText).map(([a, b]) => `\`${a.replaceAll("`", "'")}\` is not ${b}, but \`x\``),
);

const anyPlace = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), fc.boolean())
  .map(([line, column, far]) => ({ line, column, endLine: far ? line + 1 : line, endColumn: column + 3 }));

const anyStatus = fc.constantFrom(
  { status: "failed" },
  { status: "failed", baseline: "new", fingerprint: "0".repeat(32) },
  { status: "undecided" },
  { status: "waived", waiver: "accepted, for a reason" },
  { status: "waived", waiver: "known, by `b.json`", baseline: "known", fingerprint: "0".repeat(32) },
) as fc.Arbitrary<Partial<Diagnostic>>;

const FILES = ["a.yaml", "dir/b c.json", "<stdin>", "../up.yaml", "/root/x.yaml", "C:\\x.yaml"];
const anyFile = fc.oneof(fc.constantFrom(...FILES), hostileText);

const anyPosition = fc.integer({ min: 1, max: 9 });
const anyRelated = fc.array(
  fc.record({ file: anyFile, line: anyPosition, column: anyPosition, message: hostileText }),
  {
    maxLength: 2,
  },
);

/** What an undecided finding lacks, with names and commands that a payload or a rule may have formed. */
const anyMissing = fc.array(
  fc.record(
    {
      kind: fc.constantFrom("fact", "value", "policy"),
      name: hostileText,
      command: hostileText,
      file: anyFile,
      line: anyPosition,
    },
    { requiredKeys: ["kind", "name"] },
  ),
  { maxLength: 3 },
) as fc.Arbitrary<MissingInput[]>;

export const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc
  .tuple(
    fc.record(
      {
        code: fc.oneof(fc.constantFrom("schema/enum", "document/syntax", "my/rule"), hostileText),
        severity: fc.constantFrom("error", "warning", "info"),
        message: anyMessage,
        help: anyMessage,
        file: anyFile,
        pointer: hostileText,
        operation: fc.oneof(fc.constant("fsx:CreateDataRepositoryTask"), hostileText),
        related: anyRelated,
      },
      { requiredKeys: ["code", "severity", "message", "file"] },
    ),
    anyStatus,
    anyPlace,
    hostileText,
    anyMissing,
  )
  .map(([said, state, where, reason, missing]) => {
    const waiver = state.status === "waived" && !state.baseline ? { waiver: reason } : {};
    const open = state.status === "undecided" ? { missing } : {};
    return { ...said, ...state, ...where, ...waiver, ...open } as Diagnostic;
  });

export function buildReport(diagnostics: Diagnostic[]): Report {
  const files = [...new Set(diagnostics.map(({ file: name }) => name!))];
  const requests = files.map((name, index) => ({
    file: name,
    operation: diagnostics[index]?.operation ?? "fsx:CreateDataRepositoryTask",
    container: "envelope",
    line: 1 + (index % 2),
    outcome: (["fail", "undecided", "pass"] as const)[index % 3]!,
  }));
  const summary = summarise(files.length, requests.length, diagnostics);
  if (diagnostics.some(({ baseline }) => baseline))
    summary.baselined = diagnostics.filter(({ baseline }) => baseline === "known").length;
  return { version: 1, outcome: decideOutcome(summary, {}), summary, requests, diagnostics };
}

export const anyReport: fc.Arbitrary<Report> = fc.array(anyDiagnostic, { maxLength: 12 }).map(buildReport);

/** Source text for each file, as hostile as everything else. */
export const buildSources = ({ diagnostics }: Report, text: string): Sources =>
  new Map(diagnostics.map(({ file: name }) => [name!, new LineIndex(`${text}\n${text}\n${text}`)]));
