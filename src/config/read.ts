import { dirname } from "node:path";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { LineIndex } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { Document } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import { readSource } from "../files/source.ts";
import { checkPayload } from "../schema/check.ts";
import type { Config, ConfigFault } from "./config.ts";
import { ConfigError } from "./config.ts";
import { getOwnSchema } from "./own-schema.ts";
import { parseRuleSettings } from "./rule-settings.ts";
import { findValueFaults } from "./value-files.ts";
import { findBlankReasons, findExpiredWaivers } from "./waivers.ts";

const EMPTY_CONFIG = { requests: [], context: [], schemas: [], rulePacks: [], rules: {}, waivers: [] };

/**
 * Reads and validates a configuration file, whose waivers may end before `now`. Throws a `ConfigError` that lists every
 * fault with its position.
 */
export async function readConfig(file: string, now = new Date()): Promise<Config> {
  const source = readSource(file);
  if ("problem" in source) throw new ConfigError(file, [source.problem]);
  const parsed = await parseText(file, source.text);
  const lines = new LineIndex(source.text);
  const faults: ConfigFault[] = parsed.faults.map(({ span, ...fault }) => ({
    ...fault,
    place: lines.place(span),
  }));
  const [document, second] = parsed.documents;
  if (second) faults.push(createSecondDocumentFault(second, lines));
  const value = (document?.value ?? {}) as Partial<Config>;
  if (document && document.value !== null)
    for (const fault of findConfigFaults(document, lines, now)) faults.push(fault);
  if (faults.length > 0) throw new ConfigError(file, faults);
  const placeOf = (path: Path, at: "key" | "value") =>
    lines.place(document?.span(path, at) ?? { start: 0, end: 0 });
  return {
    ...EMPTY_CONFIG,
    ...value,
    rules: parseRuleSettings(value.rules).settings,
    file,
    directory: dirname(file),
    placeOf,
  };
}

/**
 * Validates the configuration against its own JSON schema; the messages have the same wording as those for
 * requests.
 */
function findConfigFaults(document: Document, lines: LineIndex, now: Date): ConfigFault[] {
  const findings: UnplacedFault[] = checkPayload(document.value, getOwnSchema("config"), "the configuration");
  // Rule settings and expiry dates are checked only when the schema is satisfied, since they rely on its
  // types.
  const value = document.value as Partial<Config>;
  if (findings.length === 0) {
    for (const found of parseRuleSettings(value.rules).faults) findings.push(found);
    for (const found of findExpiredWaivers(value.waivers ?? [], now.toISOString().slice(0, 10)))
      findings.push(found);
    for (const found of findBlankReasons(value.waivers ?? [])) findings.push(found);
    for (const found of findValueFaults(value.values)) findings.push(found);
  }
  return findings
    .map((finding) => toConfigFault(finding, document, lines))
    .sort((a, b) => a.place.line - b.place.line);
}

type UnplacedFault = Pick<Finding, "message" | "help" | "path" | "at">;

function toConfigFault(
  { message, help, path, at }: UnplacedFault,
  document: Document,
  lines: LineIndex,
): ConfigFault {
  const place = lines.place(document.span(path, at === "key" ? "key" : "value"));
  return { message, ...(help !== undefined && { help }), place };
}

const createSecondDocumentFault = (second: Document, lines: LineIndex): ConfigFault => ({
  message: "the configuration is one YAML document, and here begins another",
  help: "remove the `---` line",
  place: lines.place(second.span([], "value")),
});
