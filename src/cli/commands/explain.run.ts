import { CODES } from "../../diagnostics/codes.ts";
import { nearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import { page } from "../../run/code-page.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";

/** Runs `countersign explain`: prints a code's documentation page, or the list of codes. */
export async function run(code: string | undefined, io: Io): Promise<number> {
  if (code !== undefined && !Object.hasOwn(CODES, code)) return explainRule(code, io);
  io.stdout(code === undefined ? list() : page(code));
  return EXIT.ok;
}

/** Anything that isn't a code is a rule id, or mistyped. */
async function explainRule(code: string, io: Io): Promise<number> {
  const { builtinRules } = await import("../../rules/builtin.ts");
  const ids = builtinRules().rules.map(({ id }) => id);
  if (ids.includes(code)) return (await import("./rules.run.ts")).show(code, {}, io);
  const near = nearest(code, [...Object.keys(CODES), ...ids]);
  throw new UsageError(
    `there is no code ${quoted(code)}`,
    near ? `did you mean ${quoted(near)}?` : "`countersign explain` and `countersign rules list` list them",
  );
}

const list = (): string =>
  Object.entries(CODES)
    .map(([code, severity]) => `${code.padEnd(28)} ${severity}\n`)
    .join("");
