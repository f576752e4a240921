import { sep } from "node:path";
import type { Diagnostic, Related } from "../diagnostics/diagnostic.ts";
import { escapedJson, grouped, harmless } from "../diagnostics/text.ts";
import { kindOf, worstFirst } from "./kind.ts";
import type { Explanation, Reporter, ReporterOptions } from "./reporter.ts";

/** GitHub code scanning accepts no more results per run, and no more locations per result. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 1_000;

/**
 * SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), limited to what GitHub code scanning reads
 * (docs.github.com/code-security, "SARIF support for code scanning").
 */
export const sarif: Reporter = (report, _sources, options) => {
  const ordered = worstFirst(report.diagnostics);
  const left = ordered.length - MOST_RESULTS;
  const shown = new Set(left > 0 ? ordered.slice(0, MOST_RESULTS) : ordered);
  const findings = report.diagnostics.filter((diagnostic) => shown.has(diagnostic));
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const fingerprints = options.fingerprints?.();
  const about: About = {
    indexes: new Map(codes.map((code, index) => [code, index])),
    fingerprintOf: (diagnostic) => diagnostic.fingerprint ?? fingerprints?.get(diagnostic),
    hasBaseline: report.summary.baselined !== undefined,
  };
  const { version } = options;
  const driver = {
    name: "Countersign",
    ...(version !== undefined && { version, semanticVersion: version }),
    rules: codes.map((code) => ruleOf(code, severityIn(findings, code), options)),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT]: { description: { text: "the directory that the check ran in" } } },
    automationDetails: { id: "countersign/" },
    invocations: [{ executionSuccessful: true, ...(left > 0 && notice(left)) }],
    results: findings.map((diagnostic) => resultOf(diagnostic, about)),
  };
  return `${escapedJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
};

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const ROOT = "%SRCROOT%";

interface About {
  indexes: ReadonlyMap<string, number>;
  fingerprintOf: (diagnostic: Diagnostic) => string | undefined;
  hasBaseline: boolean;
}

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

const severityIn = (findings: readonly Diagnostic[], code: string) =>
  findings.find((diagnostic) => diagnostic.code === code)!.severity;

const notice = (left: number) => ({
  toolExecutionNotifications: [
    {
      level: "warning",
      message: {
        text: `${grouped(left)} more results are left out, because a run may have ${grouped(MOST_RESULTS)}`,
      },
    },
  ],
});

function ruleOf(code: string, severity: Diagnostic["severity"], { explain }: ReporterOptions) {
  const { summary, markdown, url }: Explanation = explain?.(code) ?? { summary: code };
  const text = said(summary);
  return {
    id: code,
    shortDescription: { text },
    help: { text, ...(markdown !== undefined && { markdown }) },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/**
 * Defuses SARIF's embedded links, `[text](address)`. Our own messages have none, so any that occur come from
 * untrusted input.
 */
const plain = (text: string): string => text.replaceAll("](", "] (");

const said = (text: string): string => plain(harmless(text));

function resultOf(diagnostic: Diagnostic, { indexes, fingerprintOf, hasBaseline }: About) {
  const { code, message, help, waiver, operation, pointer, related = [] } = diagnostic;
  const kind = kindOf(diagnostic);
  const fingerprint = fingerprintOf(diagnostic);
  const text = help === undefined ? said(message) : `${said(message)}\n\nhelp: ${said(help)}`;
  return {
    ruleId: code,
    ruleIndex: indexes.get(code),
    // The kind "open" means that there was not enough information to decide; this kind requires level "none"
    // (3.27.9, 3.27.10).
    ...(kind === "undecided" ? { kind: "open", level: "none" } : { level: LEVELS[diagnostic.severity] }),
    message: { text },
    locations: [{ physicalLocation: physical(diagnostic), ...logical(operation, pointer) }],
    ...(related.length > 0 && {
      relatedLocations: related.slice(0, MOST_LOCATIONS - 1).map(relatedLocation),
    }),
    ...(fingerprint !== undefined && {
      partialFingerprints: { primaryLocationLineHash: fingerprint, "countersign/v1": fingerprint },
    }),
    ...(hasBaseline && { baselineState: kind === "known" ? "unchanged" : "new" }),
    ...(diagnostic.status === "waived" && {
      suppressions: [{ kind: "external", status: "accepted", justification: said(waiver ?? "waived") }],
    }),
  };
}

const logical = (operation: string | undefined, pointer: string | undefined) =>
  operation !== undefined && {
    logicalLocations: [{ fullyQualifiedName: `${operation}${pointer ?? ""}`, kind: "member" }],
  };

const relatedLocation = (related: Related, index: number) => ({
  id: index + 1,
  physicalLocation: physical(related),
  message: { text: said(related.message) },
});

type Placed = Pick<Diagnostic, "file" | "line" | "column" | "endLine" | "endColumn">;

function physical({ file = "request", line, column, endLine, endColumn }: Placed) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: location(file), ...(line !== undefined && { region }) };
}

/** Relative to the directory that the check ran in, unless the path is absolute. */
function location(file: string): { uri: string; uriBaseId?: string } {
  const parts = file.replace(LONE, "\ufffd").split(sep);
  const uri = parts.map((part) => encodeURIComponent(part)).join("/");
  if (uri.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]%3A\//.test(uri) && sep === "\\") return { uri: `file:///${uri.replace("%3A", ":")}` };
  return { uri, uriBaseId: ROOT };
}

/** Lone surrogates can't be encoded in a URI. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
