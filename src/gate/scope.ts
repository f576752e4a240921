import { readFileSync } from "node:fs";
import { findConfig } from "../config/find.ts";
import { builtinSchemas } from "../schema/builtin.ts";

/** What brings schemas of further operations. */
export interface ScopeFlags {
  schemas: readonly string[];
  config?: string | false;
  policyFrom?: string;
}

/** Characters. A longer word may carry a request, or a script in another encoding. */
const MAX_WORD = 200;

/** Files and the AWS CLI inside of words, and what lets it ask for words: what they hold isn't told here. */
const CARRIER = /fileb?:|cli-input|cli-a|(?<!\barn:)aws/i;

/**
 * Whether a command surely has nothing to do with an operation that has a schema: its words name none, nor the service
 * of one. That is told without loading what checks.
 */
export function isOutOfScope(words: readonly string[], flags: ScopeFlags): boolean {
  if (flags.schemas.length > 0 || flags.policyFrom !== undefined || mayBringSchemas(flags.config))
    return false;
  if (words.some((word) => word.length > MAX_WORD || CARRIER.test(word))) return false;
  const text = squash(words.join(" "));
  return !listNames().some((name) => text.includes(name));
}

/** Services and operations, squashed: their spelling differs between commands, SDKs and templates. */
const listNames = (): string[] => [
  ...new Set(builtinSchemas.operations().flatMap((operation) => operation.split(":").map(squash))),
];

const squash = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

function mayBringSchemas(named: string | false | undefined): boolean {
  const file = named === undefined ? findConfig(".") : named;
  if (file === undefined || file === false) return false;
  try {
    // Escapes and aliases of YAML could hide the key.
    return /schemas|[\\&*<]/.test(readFileSync(file, "utf8"));
  } catch {
    return true;
  }
}
