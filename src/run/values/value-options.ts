import type { Config } from "../../config/config.ts";
import { quoted } from "../../diagnostics/text.ts";
import { resolveConfigPaths } from "../config.ts";
import { UsageError } from "../io.ts";

/** A file of values, and the set that it belongs to. */
export interface ValueFile {
  name: string | undefined;
  file: string;
}

const SET_NAME = /^([A-Za-z][\w-]*)=(.+)$/s;

/** The files that `--values` names, or else those of the configuration. */
export function listValueFiles(
  given: readonly string[] | undefined,
  config: Config | undefined,
): ValueFile[] {
  if (given && given.length > 0) return given.map(parseValueOption);
  const { values } = config ?? {};
  if (!config || values === undefined) return [];
  const files = typeof values === "string" ? [[undefined, values] as const] : Object.entries(values);
  return files.map(([name, file]) => ({ name, file: resolveConfigPaths(config, [file])[0]! }));
}

/** Reads `FILE` or `NAME=FILE`. */
export function parseValueOption(option: string): ValueFile {
  const [, name, file = option] = SET_NAME.exec(option) ?? [];
  if (file === "" || option.endsWith("="))
    throw new UsageError(
      `\`--values\` names no file: ${quoted(option)}`,
      "write `--values FILE`, or `--values NAME=FILE` for a set of its own",
    );
  return { name, file };
}
