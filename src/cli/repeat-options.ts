import type { CheckFlags } from "../run/types.ts";

/** The options that `check` shares with `context pull`, by which both read the same requests against the same facts. */
const SHARED = {
  operation: "--operation",
  config: "--config",
  schemas: "--schemas",
  values: "--values",
  assumeDefaults: "--assume-defaults",
  caller: "--caller",
  rules: "--rules",
  context: "--context",
  maxAge: "--max-age",
} as const satisfies Partial<Record<keyof CheckFlags, string>>;

/** The words of a command line that give the shared options again, for commands that a report suggests. */
export function repeatOptions(flags: CheckFlags): string[] {
  const given = Object.entries(SHARED).flatMap(([key, option]) => {
    const value = flags[key as keyof typeof SHARED];
    if (value === true) return [option];
    const values = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
    return values.flatMap((one) => [option, one]);
  });
  return flags.config === false ? ["--no-config", ...given] : given;
}

/**
 * The words of a command line that reads the same requests again. A hook names every file of a commit, most of which hold
 * no request: a person runs it over the repository.
 */
export const listInput = (flags: CheckFlags, paths: readonly string[]): string[] => [
  ...repeatOptions(flags),
  ...(flags.skipUnrelated ? [] : paths),
];
