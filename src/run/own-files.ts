import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { isBelow } from "../files/paths.ts";
import { resolveConfigPaths } from "./config.ts";
import { parseValueOption } from "./values/value-options.ts";

/** The options that name files which decide about requests. */
export interface OwnFileFlags {
  config?: string | false;
  context?: readonly string[];
  rules?: readonly string[];
  schemas: readonly string[];
  baseline?: string | false;
  values?: readonly string[];
}

/** The files and directories that a run uses as its configuration, context, rules, schemas and baseline. */
export const listOwnPaths = (flags: OwnFileFlags, config: Config | undefined): string[] => [
  ...(flags.context ?? []),
  ...(flags.rules ?? []),
  ...flags.schemas,
  ...(flags.baseline ? [flags.baseline] : []),
  ...(flags.config ? [flags.config] : []),
  ...(flags.values ?? []).map((option) => parseValueOption(option).file),
  ...(config ? [config.file, ...resolveConfigPaths(config, listConfiguredPaths(config))] : []),
];

const listConfiguredPaths = ({ context, rulePacks, schemas, baseline, values = {} }: Config): string[] => [
  ...context,
  ...rulePacks,
  ...schemas,
  ...(baseline === undefined ? [] : [baseline]),
  ...(typeof values === "string" ? [values] : Object.values(values)),
];

/** Returns a test for whether a file is one of the paths, or below one. */
export function createOwnFileTest(paths: readonly string[]): (file: string) => boolean {
  const places = [...new Set(paths.map((path) => resolve(path)))];
  return (file) => {
    if (places.length === 0) return false;
    const place = resolve(file);
    return places.some((own) => place === own || isBelow(place, own));
  };
}
