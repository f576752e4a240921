import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { findNearest } from "../diagnostics/nearest.ts";
import { formatList, quoted } from "../diagnostics/text.ts";
import { REPORTERS } from "../reporters/index.ts";
import type { ReporterOptions } from "../reporters/reporter.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import type { RunCheckResult } from "./types.ts";
import { readPackageVersion } from "./version.ts";

/** A report format and the file it is written to; undefined means standard output. */
export interface ReportOutput {
  format: string;
  file: string | undefined;
}

/** Parses the values of `--format` and `--output`. */
export function parseOutputs(formats: readonly string[], output: string | undefined): ReportOutput[] {
  if (output !== undefined && (formats.length > 1 || formats[0]!.includes("="))) {
    throw new UsageError(
      "`--output` takes one format",
      "give each format its file: `--format text --format json=report.json`",
    );
  }
  const outputs = formats.map((format) => parseOutput(format, output));
  const printed = outputs.filter(({ file }) => file === undefined).map(({ format }) => format);
  if (!canSharePrintout(printed)) {
    const [, second = ""] = printed;
    throw new UsageError(
      `the formats ${formatList(printed, "and")} can't all go to the standard output`,
      `give all but one a file: \`--format ${second}=report.${EXTENSIONS[second] ?? second}\``,
    );
  }
  for (const [index, { file }] of outputs.entries()) {
    if (file !== undefined && outputs.findIndex((other) => other.file === file) < index)
      throw new UsageError(`two formats go to ${quoted(file)}`, "give each format a file of its own");
  }
  return outputs;
}

/**
 * Only one format may go to standard output, except `text` together with `github`: both are made for logs,
 * and neither misreads the other.
 */
const canSharePrintout = (formats: readonly string[]): boolean =>
  formats.length < 2 || (formats.length === 2 && formats.includes("text") && formats.includes("github"));

const EXTENSIONS: Record<string, string> = {
  text: "txt",
  concise: "txt",
  github: "txt",
  junit: "xml",
  markdown: "md",
};

/** Parses one value of `--format`, such as `json` or `sarif=out.sarif`. */
function parseOutput(text: string, output: string | undefined): ReportOutput {
  const [format = "", ...file] = text.split("=");
  if (!Object.hasOwn(REPORTERS, format)) {
    const near = findNearest(format, Object.keys(REPORTERS));
    const all = `the formats are ${formatList(Object.keys(REPORTERS), "and")}`;
    throw new UsageError(
      `there is no format ${quoted(format)}`,
      near ? `did you mean ${quoted(near)}? ${all}` : all,
    );
  }
  if (file.length > 0 && file.join("=") === "") {
    throw new UsageError(`${quoted(text)} names no file`, `write \`--format ${format}=FILE\``);
  }
  return { format, file: file.length > 0 ? file.join("=") : output };
}

/** Renders a report and writes it to its file or to standard output. */
export async function writeReport(
  { format, file }: ReportOutput,
  checked: RunCheckResult,
  io: Io,
  { view = {}, input = [], gather, trend }: Pick<ReporterOptions, "view" | "input" | "gather" | "trend"> = {},
): Promise<void> {
  const isPrinted = file === undefined;
  const text = await renderReport(format, checked, {
    color: io.color && isPrinted,
    input,
    ...(gather !== undefined && { gather }),
    ...(trend !== undefined && { trend }),
    view: {
      ...view,
      ...(isPrinted && io.columns !== undefined && { columns: io.columns }),
      ...(isPrinted && io.links && { links: true }),
    },
  });
  if (file === undefined) io.stdout(text);
  else writeText(file, text);
}

/** Renders a report as text. */
export async function renderReport(
  format: string,
  checked: RunCheckResult,
  options: Partial<ReporterOptions>,
): Promise<string> {
  const reporter = await REPORTERS[format]!();
  return reporter(checked.report, checked.sources, {
    color: false,
    version: readPackageVersion(),
    unchecked: checked.unchecked,
    partiesOf: checked.partiesOf,
    resolveFile: (file) => resolve(file),
    requestOf: (diagnostic) => checked.requestOf.get(diagnostic),
    ...(DOCUMENTED_FORMATS.has(format) && (await loadDocumentation(checked))),
    ...(options.view?.links && { linkCode: (await import("./explanations.ts")).findCodeUrl }),
    ...options,
  });
}

/** Formats that identify findings across runs, or carry the documentation of codes. */
const DOCUMENTED_FORMATS = new Set(["sarif", "gitlab", "rdjsonl", "html"]);

/** Options that only some formats need. They are loaded on demand because loading them is slow. */
async function loadDocumentation({
  report,
  payloads,
  engine,
}: RunCheckResult): Promise<Partial<ReporterOptions>> {
  const { createExplainer, findCodeUrl } = await import("./explanations.ts");
  const { computeFingerprints } = await import("../diagnostics/fingerprint.ts");
  return {
    explain: createExplainer(engine),
    linkCode: findCodeUrl,
    fingerprints: () => computeFingerprints(report.diagnostics, { payloads }),
  };
}

export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw createWriteError(file, error);
  }
}

export const createWriteError = (file: string, error: unknown): UsageError =>
  new UsageError(
    `${quoted(file)} can't be written: ${(error as NodeJS.ErrnoException).code}`,
    "check the directory and its permissions",
  );
