import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CODES } from "../diagnostics/codes.ts";
import { nearest } from "../diagnostics/nearest.ts";
import { quoted } from "../diagnostics/text.ts";
import { packageRoot } from "../schema/package-root.ts";
import { EXIT } from "./exit.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";

/** `countersign explain`: a code's page of documentation, or the list of codes. */
export function run(code: string | undefined, io: Io): number {
  io.stdout(code === undefined ? list() : page(code));
  return EXIT.ok;
}

const list = (): string =>
  Object.entries(CODES)
    .map(([code, severity]) => `${code.padEnd(28)} ${severity}\n`)
    .join("");

function page(code: string): string {
  if (Object.hasOwn(CODES, code))
    return readFileSync(join(packageRoot(), "docs", "codes", `${code}.md`), "utf8");
  const near = nearest(code, Object.keys(CODES));
  throw new UsageError(
    `there is no code ${quoted(code)}`,
    near ? `did you mean ${quoted(near)}?` : "`countersign explain` lists them",
  );
}
