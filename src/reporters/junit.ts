import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ReportedRequest } from "../diagnostics/report.ts";
import { escapeHarmful, formatCount } from "../diagnostics/text.ts";
import { labelOf, sortWorstFirst } from "./labels.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

/** A JUnit test case: one request, or the faults of a file. */
interface TestCase {
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
export const junitReporter: Reporter = ({ requests, diagnostics }, _sources, options) => {
  const suites = buildSuites(requests, diagnostics, options);
  const tests = [...suites.values()].flat();
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign"${formatCountAttributes(tests)}>`,
    ...[...suites].flatMap(([file, own]) => [
      `  <testsuite name="${escapeXml(file)}"${formatCountAttributes(own)}>`,
      ...own.map(formatTestCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
};

/** Test cases by file, sorted by file name. */
function buildSuites(
  requests: readonly ReportedRequest[],
  diagnostics: readonly Diagnostic[],
  { requestOf }: ReporterOptions,
): Map<string, TestCase[]> {
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
  const suites = new Map<string, TestCase[]>([...new Set(names)].sort().map((file) => [file, []]));
  for (const [file, tests] of suites) {
    const faults = own.get(file);
    if (faults) tests.push(createDocumentTest(file, faults));
  }
  for (const request of requests) {
    const tests = suites.get(request.file)!;
    tests.push(createRequestTest(request, own.get(request) ?? [], tests));
  }
  return suites;
}

const RESULT_BY_OUTCOME = { fail: "failure", undecided: "skipped", pass: undefined } as const;

function createRequestTest(
  request: ReportedRequest,
  diagnostics: Diagnostic[],
  before: readonly TestCase[],
): TestCase {
  const { operation, line, file, outcome } = request;
  const name = `${operation} (line ${line})`;
  // Several requests may start on one line, but consumers merge test cases that have the same name.
  const same = before.filter((test) => test.name === name || test.name.startsWith(`${name} #`)).length;
  const unique = same === 0 ? name : `${name} #${same + 1}`;
  return { name: unique, file, line, result: RESULT_BY_OUTCOME[outcome], diagnostics };
}

function createDocumentTest(file: string, diagnostics: Diagnostic[]): TestCase {
  const failed = diagnostics.filter(({ status }) => status === "failed");
  const result = failed.some(({ severity }) => severity === "error") ? "error" : undefined;
  return { name: "the file itself", file, line: undefined, result, diagnostics };
}

function formatCountAttributes(tests: readonly TestCase[]): string {
  const count = (result: TestCase["result"]) => tests.filter((test) => test.result === result).length;
  return ` tests="${tests.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function formatTestCase({ name, file, line, result, diagnostics }: TestCase): string {
  const place = line === undefined ? "" : ` line="${line}"`;
  const head = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(file)}" file="${escapeXml(file)}"${place}`;
  if (!result && diagnostics.length === 0) return `${head}/>`;
  const ordered = sortWorstFirst(diagnostics);
  const text = ordered.map(formatFinding).join("\n");
  if (!result) return `${head}>\n      <system-out>${text}</system-out>\n    </testcase>`;
  const [worst] = ordered;
  const type = worst ? ` type="${escapeXml(worst.code)}"` : "";
  const message = worst
    ? summarizeFindings(worst, diagnostics.length - 1)
    : "the file is faulty inside this request";
  return `${head}>\n      <${result} message="${escapeXml(message)}"${type}>${text}</${result}>\n    </testcase>`;
}

const summarizeFindings = ({ message }: Diagnostic, more: number): string =>
  more > 0 ? `${message} (and ${formatCount(more, "more finding")})` : message;

function formatFinding(diagnostic: Diagnostic): string {
  const { code, file, line, column, message, help, waiver } = diagnostic;
  const place = line === undefined ? (file ?? "") : `${file}:${line}:${column}`;
  const rows = [
    `${labelOf(diagnostic)}[${code}] ${place}: ${message}`,
    help === undefined ? [] : `  help: ${help}`,
    waiver === undefined ? [] : `  waived: ${waiver}`,
  ];
  return rows.flat().map(escapeXml).join("\n");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** `harmless` escapes every character that XML 1.0 forbids. */
const escapeXml = (text: string): string =>
  escapeHarmful(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
