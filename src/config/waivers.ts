import { relative, resolve, sep } from "node:path";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Config, Waiver } from "./config.ts";

type Fault = Pick<Finding, "message" | "help" | "path">;

/**
 * A waiver past its day is an error: it must be renewed or removed, not forgotten. So is a day that there isn't,
 * which would count for ever. `today` as `YYYY-MM-DD`.
 */
export const expired = (waivers: readonly Waiver[], today: string): Fault[] =>
  waivers.flatMap(({ expires }, index) => {
    const path = ["waivers", index, "expires"];
    if (expires === undefined) return [];
    if (!isDay(expires)) {
      return [
        { path, message: `there is no day ${quoted(expires)}`, help: "write a day such as `2026-12-31`" },
      ];
    }
    if (expires >= today) return [];
    const help = "mend what it waived and remove it, or give it a new day and say why";
    return [{ path, message: `this waiver ended on ${quoted(expires)}`, help }];
  });

const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

export interface Waivers {
  /** The waiver of a diagnostic, where it has one. Undecided checks can be waived like failed ones. */
  of(diagnostic: Diagnostic): Waiver | undefined;
  /** Those that waived nothing so far, by their index. */
  unused(): number[];
}

export async function waiversOf(config: Config): Promise<Waivers> {
  const { default: picomatch } = await import("picomatch");
  const rows = config.waivers.map((waiver) => ({
    waiver,
    matches: waiver.file === undefined ? () => true : picomatch(waiver.file, { dot: true }),
  }));
  const used = new Set<Waiver>();
  return {
    of(diagnostic) {
      const path = relative(config.directory, resolve(diagnostic.file ?? ""))
        .split(sep)
        .join("/");
      const found = rows.find(({ waiver, matches }) => waives(waiver, diagnostic) && matches(path))?.waiver;
      if (found) used.add(found);
      return found;
    },
    unused: () => [...config.waivers.keys()].filter((index) => !used.has(config.waivers[index]!)),
  };
}

const waives = ({ code, pointer }: Waiver, diagnostic: Diagnostic): boolean =>
  code === diagnostic.code && (pointer === undefined || pointer === diagnostic.pointer);
