import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ReportedRequest } from "../diagnostics/report.ts";
import { counted, harmless } from "../diagnostics/text.ts";
import { kindOf, worstFirst } from "./kind.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/** A JUnit test case: one request, or the faults of a file. */
interface Test {
  name: string;
  file: string;
  line: number | undefined;
  result: "failure" | "error" | "skipped" | undefined;
  diagnostics: Diagnostic[];
}

/**
 * JUnit XML: one suite per file, one test case per request. An undecided request is `skipped`; a file with
 * faults of its own is an `error`. JUnit XML has no standard; these are the elements that GitLab, Jenkins and
 * Azure read.
 */
export const junit: Reporter = ({ requests, diagnostics }, _sources, options) => {
  const suites = suitesOf(requests, diagnostics, options);
  const tests = [...suites.values()].flat();
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign"${counts(tests)}>`,
    ...[...suites].flatMap(([file, own]) => [
      `  <testsuite name="${xml(file)}"${counts(own)}>`,
      ...own.map(testcase),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
};

/** Test cases by file, sorted by file name. */
function suitesOf(
  requests: readonly ReportedRequest[],
  diagnostics: readonly Diagnostic[],
  { requestOf }: ReporterOptions,
): Map<string, Test[]> {
  const own = new Map<ReportedRequest | string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const of = requestOf?.(diagnostic) ?? diagnostic.file ?? "request";
    const found = own.get(of);
    if (found) found.push(diagnostic);
    else own.set(of, [diagnostic]);
  }
  const names = [
    ...requests.map(({ file }) => file),
    ...[...own.keys()].filter((of) => typeof of === "string"),
  ];
  const suites = new Map<string, Test[]>([...new Set(names)].sort().map((file) => [file, []]));
  for (const [file, tests] of suites) {
    const faults = own.get(file);
    if (faults) tests.push(documentTest(file, faults));
  }
  for (const request of requests) {
    const tests = suites.get(request.file)!;
    tests.push(requestTest(request, own.get(request) ?? [], tests));
  }
  return suites;
}

const RESULTS = { fail: "failure", undecided: "skipped", pass: undefined } as const;

function requestTest(request: ReportedRequest, diagnostics: Diagnostic[], before: readonly Test[]): Test {
  const { operation, line, file, outcome } = request;
  const name = `${operation} (line ${line})`;
  // Several requests may start on one line, but consumers merge test cases that have the same name.
  const same = before.filter((test) => test.name === name || test.name.startsWith(`${name} #`)).length;
  const unique = same === 0 ? name : `${name} #${same + 1}`;
  return { name: unique, file, line, result: RESULTS[outcome], diagnostics };
}

function documentTest(file: string, diagnostics: Diagnostic[]): Test {
  const failed = diagnostics.filter(({ status }) => status === "failed");
  const result = failed.some(({ severity }) => severity === "error") ? "error" : undefined;
  return { name: "the file itself", file, line: undefined, result, diagnostics };
}

function counts(tests: readonly Test[]): string {
  const count = (result: Test["result"]) => tests.filter((test) => test.result === result).length;
  return ` tests="${tests.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function testcase({ name, file, line, result, diagnostics }: Test): string {
  const place = line === undefined ? "" : ` line="${line}"`;
  const head = `    <testcase name="${xml(name)}" classname="${xml(file)}" file="${xml(file)}"${place}`;
  if (!result && diagnostics.length === 0) return `${head}/>`;
  const ordered = worstFirst(diagnostics);
  const text = ordered.map(findingText).join("\n");
  if (!result) return `${head}>\n      <system-out>${text}</system-out>\n    </testcase>`;
  const [worst] = ordered;
  const type = worst ? ` type="${xml(worst.code)}"` : "";
  const message = worst ? summaryOf(worst, diagnostics.length - 1) : "the file is faulty inside this request";
  return `${head}>\n      <${result} message="${xml(message)}"${type}>${text}</${result}>\n    </testcase>`;
}

const summaryOf = ({ message }: Diagnostic, more: number): string =>
  more > 0 ? `${message} (and ${counted(more, "more finding")})` : message;

function findingText(diagnostic: Diagnostic): string {
  const { code, file, line, column, message, help, waiver } = diagnostic;
  const place = line === undefined ? (file ?? "") : `${file}:${line}:${column}`;
  const rows = [
    `${kindOf(diagnostic)}[${code}] ${place}: ${message}`,
    help === undefined ? [] : `  help: ${help}`,
    waiver === undefined ? [] : `  waived: ${waiver}`,
  ];
  return rows.flat().map(xml).join("\n");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** `harmless` escapes every character that XML 1.0 forbids. */
const xml = (text: string): string => harmless(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
