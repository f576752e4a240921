import { writeFileSync } from "node:fs";
import type { Checked } from "../check.ts";
import { nearest } from "../diagnostics/nearest.ts";
import { listed, quoted } from "../diagnostics/text.ts";
import { REPORTERS } from "../reporters/index.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";

/** A report to write: its format, and the file that it goes to; without one, to the standard output. */
export interface Output {
  format: string;
  file: string | undefined;
}

/** `sarif=out.sarif` or `json`. */
export function outputOf(text: string, output: string | undefined): Output {
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

export function write({ format, file }: Output, { report, sources }: Checked, io: Io): void {
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
