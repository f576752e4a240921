import type { Code } from "../diagnostics/codes.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Unknown } from "../documents/document.ts";
import type { JsonSchema } from "./json-schema.ts";
import { findSchemaAt } from "./json-schema.ts";
import type { RequestSchema } from "./store.ts";

/**
 * Checks that a placeholder prevents, the most specific first: keyword, code, and a phrase for the message.
 */
const PREVENTED_CHECKS: readonly (readonly [keyof JsonSchema, Code, string])[] = [
  ["enum", "schema/enum", "whether it is one of the values"],
  ["pattern", "schema/pattern", "its form"],
  ["format", "schema/pattern", "its form"],
  ["minLength", "schema/length", "its length"],
  ["maxLength", "schema/length", "its length"],
  ["minimum", "schema/range", "its range"],
  ["maximum", "schema/range", "its range"],
];

/** Creates the undecided finding for a placeholder in place of a value. */
export function createUndecidedFinding(
  { path, unknown }: { path: Path; unknown: Unknown },
  schema: RequestSchema,
): Finding {
  const own = findSchemaAt(schema.source, path) ?? {};
  const [, code, what] = PREVENTED_CHECKS.find(([keyword]) => own[keyword] !== undefined) ?? [
    "type",
    "schema/type" as const,
    "its type",
  ];
  return {
    code,
    path,
    status: "undecided",
    message: `${quoted(unknown.source)} is a placeholder: ${what} can't be checked`,
    help: "check the request again with the value filled in",
  };
}
