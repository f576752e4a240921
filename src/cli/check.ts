import { writeFileSync } from "node:fs";
import type { Checked } from "../check.ts";
import { checkFiles } from "../check.ts";
import type { Config } from "../config/config.ts";
import type { ContextFault } from "../context/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import type { Report } from "../diagnostics/report.ts";
import { harmless, listed, quoted } from "../diagnostics/text.ts";
import { REPORTERS } from "../reporters/index.ts";
import { barOf, configOf } from "./config.ts";
import type { EngineFlags } from "./engine.ts";
import { engineOf } from "./engine.ts";
import { allEntries, byConfig, defaultPaths } from "./entries.ts";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";
import { noSchema } from "./schemas.ts";

export interface CheckFlags extends EngineFlags {
  operation?: string;
  format: string[];
  output?: string;
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  allowEmpty?: boolean;
}

/** `countersign check`: its exit status. */
export async function run(paths: readonly string[], flags: CheckFlags, io: Io): Promise<number> {
  if (flags.output !== undefined && (flags.format.length > 1 || flags.format[0]!.includes("="))) {
    throw new UsageError(
      "`--output` takes one format",
      "give each format its file: `--format text --format json=report.json`",
    );
  }
  const outputs = flags.format.map((format) => outputOf(format, flags.output));
  const config = await configOf(flags.config);
  const { engine, warnings } = await engineOf(flags, config);
  if (flags.operation !== undefined && !engine.schemas.find(flags.operation))
    throw noSchema(flags.operation, engine.schemas);
  const { entries, empty } = await allEntries(paths.length > 0 ? paths : defaultPaths(config));
  const { unused, ...settings } = await byConfig(config);
  const checked = await checkFiles(entries, engine, {
    ...flags,
    ...barOf(flags, config),
    ...settings,
  });
  if (!flags.allowEmpty) addNothingFound(checked.report, empty, paths);
  for (const warning of warnings) io.stderr(warningText(warning));
  if (config && paths.length === 0)
    for (const index of unused()) io.stderr(warningText(unusedWaiver(config, index)));
  for (const output of outputs) write(output, checked, io);
  return statusOf(checked, flags);
}

const warningText = ({ file, message, help, place }: ContextFault): string =>
  `warning: ${harmless(message)}\n --> ${harmless(file)}:${place.line}:${place.column}\n${help ? `  = help: ${harmless(help)}\n` : ""}`;

/** A waiver that waives nothing any more is one to remove; in a run over part of the files it may be another's. */
const unusedWaiver = (config: Config, index: number): ContextFault => ({
  file: config.file,
  message: `this waiver of ${quoted(config.waivers[index]!.code)} waived nothing`,
  help: "remove it where the finding is gone; check its `file` and `pointer` where it isn't",
  place: config.placeOf(["waivers", index], "value"),
});

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

/**
 * A run that found nothing to check says so, and so does one where a path led to no file: a mistyped path would
 * look like a pass.
 */
function addNothingFound(report: Report, empty: readonly string[], paths: readonly string[]): void {
  const nothing = report.summary.requests === 0 && report.diagnostics.length === 0;
  for (const path of nothing ? (paths.length > 0 ? paths : ["."]) : empty) {
    report.diagnostics.push(nothingFound(path));
    report.summary.errors++;
  }
  if (nothing || empty.length > 0 || report.summary.requests === 0) report.outcome = "fail";
}

const nothingFound = (path: string): Diagnostic => ({
  code: "document/no-request",
  severity: "error",
  status: "failed",
  message: `no request was found in ${quoted(path)}`,
  help: "name files or directories that hold requests, or say `--allow-empty` where none is fine",
  file: path,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
});

function statusOf({ report, missing }: Checked, flags: CheckFlags): number {
  if (missing) return EXIT.usage;
  const isNothing = report.diagnostics.every(
    ({ code, status }) => code === "document/no-request" || status === "undecided",
  );
  if (report.summary.requests === 0 && isNothing) return flags.allowEmpty ? EXIT.ok : EXIT.nothing;
  return report.outcome === "fail" ? EXIT.failed : EXIT.ok;
}
