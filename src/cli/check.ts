import { writeFileSync } from "node:fs";
import type { Checked, CheckOptions } from "../check.ts";
import { checkFiles, STDIN } from "../check.ts";
import type { Config } from "../config/config.ts";
import { operationsByFile } from "../config/operations.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import type { Report } from "../diagnostics/report.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import type { Entry } from "../documents/walk.ts";
import { entriesOf } from "../documents/walk.ts";
import { REPORTERS } from "../reporters/index.ts";
import { barOf, configOf, fromConfig } from "./config.ts";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import { schemasOf } from "./schemas.ts";

export interface CheckFlags {
  operation?: string;
  format: string[];
  output?: string;
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  allowEmpty?: boolean;
  schemas: string[];
}

/** `countersign check`: its exit status. */
export async function run(paths: readonly string[], flags: CheckFlags, io: Io): Promise<number> {
  if (flags.output !== undefined && flags.format.length > 1) {
    throw new UsageError(
      "`--output` takes one format",
      "give each format its file: `--format text --format json=report.json`",
    );
  }
  const outputs = flags.format.map((format) => outputOf(format, flags.output));
  const config = await configOf(flags.config);
  const schemas = await schemasOf([...flags.schemas, ...(config ? fromConfig(config, config.schemas) : [])]);
  const entries = await allEntries(paths.length > 0 ? paths : defaultPaths(config));
  const checked = await checkFiles(
    entries,
    { schemas },
    { ...flags, ...barOf(flags, config), ...(await mapping(config)) },
  );
  if (checked.report.summary.requests === 0 && !flags.allowEmpty) addNothingFound(checked.report, paths);
  for (const output of outputs) write(output, checked, io);
  return statusOf(checked, flags);
}

/** The working directory, and the files that the configuration names, wherever they are. */
const defaultPaths = (config: Config | undefined): string[] =>
  config
    ? [
        ".",
        ...fromConfig(
          config,
          config.requests.map(({ files }) => files),
        ),
      ]
    : ["."];

/** Which operation the configuration gives to bare payloads. */
const mapping = async (config: Config | undefined): Promise<Pick<CheckOptions, "operationOf">> =>
  config ? { operationOf: await operationsByFile(config) } : {};

interface Output {
  format: string;
  file: string | undefined;
}

/** `sarif=out.sarif` or `json`. */
function outputOf(text: string, output: string | undefined): Output {
  const [format = "", ...file] = text.split("=");
  if (!Object.hasOwn(REPORTERS, format)) {
    const near = nearest(format, Object.keys(REPORTERS));
    const all = `the formats are ${listed(Object.keys(REPORTERS), "and")}`;
    throw new UsageError(
      `there is no format ${quoted(format)}`,
      near ? `did you mean ${quoted(near)}? ${all}` : all,
    );
  }
  return { format, file: file.length > 0 ? file.join("=") : output };
}

function write({ format, file }: Output, { report, sources }: Checked, io: Io): void {
  const text = REPORTERS[format]!(report, sources, { color: io.color && file === undefined });
  if (file === undefined) {
    io.stdout(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `${quoted(file)} can't be written: ${(error as NodeJS.ErrnoException).code}`,
      "check the directory and its permissions",
    );
  }
}

/** Each file once, in the order of the arguments. */
async function allEntries(paths: readonly string[]): Promise<Iterable<Entry>> {
  const entries = new Map<string, Entry>();
  for (const path of paths) {
    const found = path === STDIN ? [{ file: path, named: true }] : await entriesOf(path);
    for (const entry of found) if (entry.named || !entries.has(entry.file)) entries.set(entry.file, entry);
  }
  return entries.values();
}

/** A run that found nothing to check says so; a wrong path would look like a pass. */
function addNothingFound(report: Report, paths: readonly string[]): void {
  report.outcome = "fail";
  if (report.diagnostics.length > 0) return;
  const where = listed(paths.length > 0 ? paths : ["."], "and");
  const diagnostic: Diagnostic = {
    code: "document/no-request",
    severity: "error",
    status: "failed",
    message: `no request was found in ${where}`,
    help: "name files or directories that hold requests, or say `--allow-empty` where none is fine",
    file: paths[0] ?? ".",
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
  report.diagnostics.push(diagnostic);
  report.summary.errors++;
}

function statusOf({ report, missing }: Checked, flags: CheckFlags): number {
  if (missing) return EXIT.usage;
  const isNothing = report.diagnostics.every(({ code }) => code === "document/no-request");
  if (report.summary.requests === 0 && isNothing) return flags.allowEmpty ? EXIT.ok : EXIT.nothing;
  return report.outcome === "fail" ? EXIT.failed : EXIT.ok;
}
