import type { CheckRunFlags } from "./commands/check.run.ts";

/** A command line of `check` that needs no help and no words about mistakes. */
interface PlainCheck {
  paths: string[];
  flags: CheckRunFlags;
}

/** Options that take a text, by the name of their flag. */
const TEXTS: Readonly<Record<string, string>> = {
  "--operation": "operation",
  "--config": "config",
  "--max-age": "maxAge",
  "--caller": "caller",
  "--policy-from": "policyFrom",
  "--changed-from": "changedFrom",
  "--output": "output",
  "--baseline": "baseline",
};

const LISTS: Readonly<Record<string, string>> = {
  "--schemas": "schemas",
  "--context": "context",
  "--rules": "rules",
  "--values": "values",
  "--format": "format",
};

const SWITCHES: Readonly<Record<string, readonly [string, boolean]>> = {
  "--no-config": ["config", false],
  "--no-baseline": ["baseline", false],
  "--live": ["live", true],
  "--skip-unrelated": ["skipUnrelated", true],
  "--quiet": ["quiet", true],
  "--strict": ["strict", true],
  "--allow-empty": ["allowEmpty", true],
  "--assume-defaults": ["assumeDefaults", true],
};

/**
 * Parses `check` with paths and common options, as the full parser would. Undefined for everything else (another command, an
 * option that isn't here, an abbreviation, a mistake): loading commander and declaring all commands takes longer than the check of a file.
 */
export function parsePlainCheck([command, ...words]: readonly string[]): PlainCheck | undefined {
  if (command !== "check") return undefined;
  const paths: string[] = [];
  const given: Record<string, unknown> = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "-" || !word.startsWith("-")) paths.push(word);
    else if (Object.hasOwn(SWITCHES, word)) given[SWITCHES[word]![0]] = SWITCHES[word]![1];
    else if (!takeValue(given, word, words[++at])) return undefined;
  }
  return { paths, flags: { format: ["text"], schemas: [], context: [], rules: [], ...given } };
}

function takeValue(given: Record<string, unknown>, flag: string, value: string | undefined): boolean {
  if (value === undefined || value.startsWith("-")) return false;
  if (Object.hasOwn(TEXTS, flag)) given[TEXTS[flag]!] = value;
  else if (Object.hasOwn(LISTS, flag))
    given[LISTS[flag]!] = [...((given[LISTS[flag]!] as string[]) ?? []), value];
  else return false;
  return true;
}
