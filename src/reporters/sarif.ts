import { sep } from "node:path";
import type { Diagnostic, Edit, Fix, Related } from "../diagnostics/diagnostic.ts";
import { escapeHarmful, formatNumber, formatSafeJson } from "../diagnostics/text.ts";
import { labelOf, sortWorstFirst } from "./labels.ts";
import type { Explanation, Reporter, ReporterOptions } from "./reporter.ts";

/** GitHub code scanning accepts no more results per run, and no more locations per result. */
const MAX_RESULTS = 25_000;
const MAX_LOCATIONS = 1_000;

/**
 * SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), limited to what GitHub code scanning reads
 * (docs.github.com/code-security, "SARIF support for code scanning").
 */
export const sarifReporter: Reporter = (report, _sources, options) => {
  const ordered = sortWorstFirst(report.diagnostics);
  const left = ordered.length - MAX_RESULTS;
  const shown = new Set(left > 0 ? ordered.slice(0, MAX_RESULTS) : ordered);
  const findings = report.diagnostics.filter((diagnostic) => shown.has(diagnostic));
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const fingerprints = options.fingerprints?.();
  const about: ResultContext = {
    indexes: new Map(codes.map((code, index) => [code, index])),
    fingerprintOf: (diagnostic) => diagnostic.fingerprint ?? fingerprints?.get(diagnostic),
    hasBaseline: report.summary.baselined !== undefined,
  };
  const { version } = options;
  const driver = {
    name: "Countersign",
    ...(version !== undefined && { version, semanticVersion: version }),
    rules: codes.map((code) => toRule(code, severityOfCode(findings, code), options)),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT]: { description: { text: "the directory that the check ran in" } } },
    automationDetails: { id: "countersign/" },
    invocations: [{ executionSuccessful: true, ...(left > 0 && createTruncationNotice(left)) }],
    results: findings.map((diagnostic) => toResult(diagnostic, about)),
  };
  return `${formatSafeJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
};

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const ROOT = "%SRCROOT%";

interface ResultContext {
  indexes: ReadonlyMap<string, number>;
  fingerprintOf: (diagnostic: Diagnostic) => string | undefined;
  hasBaseline: boolean;
}

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

const severityOfCode = (findings: readonly Diagnostic[], code: string) =>
  findings.find((diagnostic) => diagnostic.code === code)!.severity;

const createTruncationNotice = (left: number) => ({
  toolExecutionNotifications: [
    {
      level: "warning",
      message: {
        text: `${formatNumber(left)} more results are left out, because a run may have ${formatNumber(MAX_RESULTS)}`,
      },
    },
  ],
});

function toRule(code: string, severity: Diagnostic["severity"], { explain }: ReporterOptions) {
  const { summary, markdown, url }: Explanation = explain?.(code) ?? { summary: code };
  const text = toMessageText(summary);
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text: cutDescription(text) },
    help: { text, ...(markdown !== undefined && { markdown }) },
    ...(url !== undefined && { helpUri: url }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

/** GitHub takes no longer description. */
const MAX_DESCRIPTION_LENGTH = 1024;

const cutDescription = (text: string): string =>
  text.slice(0, MAX_DESCRIPTION_LENGTH).replace(/[\ud800-\udbff]$/, "") || "-";

/**
 * Defuses SARIF's embedded links, `[text](address)`. Our own messages have none, so any that occur come from
 * untrusted input.
 */
const defuseLinks = (text: string): string => text.replaceAll("](", "] (");

const toMessageText = (text: string): string => defuseLinks(escapeHarmful(text));

function toResult(diagnostic: Diagnostic, { indexes, fingerprintOf, hasBaseline }: ResultContext) {
  const { code, message, help, waiver, operation, pointer, related = [] } = diagnostic;
  const kind = labelOf(diagnostic);
  const fingerprint = fingerprintOf(diagnostic);
  const text =
    help === undefined ? toMessageText(message) : `${toMessageText(message)}\n\nhelp: ${toMessageText(help)}`;
  return {
    ruleId: code,
    ruleIndex: indexes.get(code),
    // The kind "open" means that there was not enough information to decide; this kind requires level "none"
    // (3.27.9, 3.27.10).
    ...(kind === "undecided" ? { kind: "open", level: "none" } : { level: LEVELS[diagnostic.severity] }),
    message: { text },
    locations: [
      { physicalLocation: toPhysicalLocation(diagnostic), ...toLogicalLocations(operation, pointer) },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.slice(0, MAX_LOCATIONS - 1).map(toRelatedLocation),
    }),
    ...(fingerprint !== undefined && {
      partialFingerprints: { primaryLocationLineHash: fingerprint, "countersign/v1": fingerprint },
    }),
    ...(hasBaseline && { baselineState: kind === "known" ? "unchanged" : "new" }),
    ...(diagnostic.fix && { fixes: [toFix(diagnostic.fix)] }),
    ...(diagnostic.status === "waived" && {
      suppressions: [
        { kind: "external", status: "accepted", justification: toMessageText(waiver ?? "waived") },
      ],
    }),
  };
}

/** The edits of a fix, by the files that they change; offsets count UTF-16 units, as `columnKind` says. */
function toFix({ edits, safe }: Fix) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: safe ? "can be applied as it is" : "to be reviewed before it is applied" },
    artifactChanges: files.map((file) => ({
      artifactLocation: toArtifactLocation(file),
      replacements: edits.filter((edit) => edit.file === file).map(toReplacement),
    })),
  };
}

const toReplacement = ({ start, end, text }: Edit) => ({
  deletedRegion: { charOffset: start, charLength: end - start },
  ...(text !== "" && { insertedContent: { text } }),
});

const toLogicalLocations = (operation: string | undefined, pointer: string | undefined) =>
  operation !== undefined && {
    logicalLocations: [{ fullyQualifiedName: `${operation}${pointer ?? ""}`, kind: "member" }],
  };

const toRelatedLocation = (related: Related, index: number) => ({
  id: index + 1,
  physicalLocation: toPhysicalLocation(related),
  message: { text: toMessageText(related.message) },
});

type SourceLocation = Pick<Diagnostic, "file" | "line" | "column" | "endLine" | "endColumn">;

function toPhysicalLocation({ file = "request", line, column, endLine, endColumn }: SourceLocation) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: toArtifactLocation(file), ...(line !== undefined && { region }) };
}

/** Relative to the directory that the check ran in, unless the path is absolute. */
function toArtifactLocation(file: string): { uri: string; uriBaseId?: string } {
  const parts = file.replace(LONE_SURROGATE, "\ufffd").split(sep);
  const uri = parts.map((part) => encodeURIComponent(part)).join("/");
  if (uri.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]%3A\//.test(uri) && sep === "\\") return { uri: `file:///${uri.replace("%3A", ":")}` };
  return { uri, uriBaseId: ROOT };
}

/** Lone surrogates can't be encoded in a URI. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
