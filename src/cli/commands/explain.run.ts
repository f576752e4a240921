import { CODES } from "../../diagnostics/codes.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import { readCodePage } from "../../run/code-page.ts";
import type { DefinitionFlags } from "../../run/configured.ts";
import { findDefinitions } from "../../run/configured.ts";
import { EXIT } from "../../run/exit-status.ts";
import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { loadRunSchemas } from "../../run/schemas.ts";

/** Runs `countersign explain`: prints a code's documentation page, or the list of codes. */
export async function run(code: string | undefined, flags: DefinitionFlags, io: Io): Promise<number> {
  if (code !== undefined && !Object.hasOwn(CODES, code)) return explainRule(code, flags, io);
  io.stdout(code === undefined ? formatCodeList() : readCodePage(code));
  return EXIT.ok;
}

/** Anything that isn't a code is a rule id, or mistyped. */
async function explainRule(code: string, flags: DefinitionFlags, io: Io): Promise<number> {
  const { loadRulesWithPacks } = await import("../../engine/rule-packs.ts");
  const { schemas, rulePacks } = await findDefinitions(flags);
  const ids = loadRulesWithPacks(rulePacks, await loadRunSchemas(schemas)).rules.map(({ id }) => id);
  if (ids.includes(code)) return (await import("./rules.run.ts")).showRule(code, flags, io);
  const near = findNearest(code, [...Object.keys(CODES), ...ids]);
  throw new UsageError(
    `there is no code ${quoted(code)}`,
    near ? `did you mean ${quoted(near)}?` : "`countersign explain` and `countersign rules list` list them",
  );
}

const formatCodeList = (): string =>
  Object.entries(CODES)
    .map(([code, severity]) => `${code.padEnd(28)} ${severity}\n`)
    .join("");
