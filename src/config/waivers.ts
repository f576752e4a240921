import { relative, resolve, sep } from "node:path";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Config, Waiver } from "./config.ts";

type WaiverFault = Pick<Finding, "message" | "help" | "path">;

/**
 * A waiver past its day is an error: it must be renewed or removed, not forgotten. That each day is one, the schema has
 * seen to. `today` as `YYYY-MM-DD`.
 */
export const findExpiredWaivers = (waivers: readonly Waiver[], today: string): WaiverFault[] =>
  waivers.flatMap(({ expires }, index) => {
    const path = ["waivers", index, "expires"];
    if (expires === undefined || expires >= today) return [];
    const help = "fix what it waived and remove it, or give it a new day and say why";
    return [{ path, message: `this waiver ended on ${quoted(expires)}`, help }];
  });

/** White space and characters that are shown as nothing. */
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]+/gu;

/** Reasons that show nothing to a reader. */
export const findBlankReasons = (waivers: readonly Waiver[]): WaiverFault[] =>
  waivers.flatMap(({ reason }, index) =>
    reason.replace(INVISIBLE, "") === ""
      ? [
          {
            path: ["waivers", index, "reason"],
            message: "the reason is blank",
            help: "write why the finding is accepted, in words that can be read",
          },
        ]
      : [],
  );

export interface WaiverLookup {
  /**
   * Finds the waiver that covers a diagnostic and records that it was used. Undecided diagnostics can be
   * waived, too.
   */
  findFor(diagnostic: Diagnostic): Waiver | undefined;
  /** Indexes of the waivers that have covered nothing so far. */
  listUnused(): number[];
}

export async function createWaiverLookup(config: Config): Promise<WaiverLookup> {
  const { default: picomatch } = await import("picomatch");
  const rows = config.waivers.map((waiver) => ({
    waiver,
    matches: waiver.file === undefined ? () => true : picomatch(waiver.file, { dot: true }),
  }));
  const used = new Set<Waiver>();
  return {
    findFor(diagnostic) {
      const path = relative(config.directory, resolve(diagnostic.file ?? ""))
        .split(sep)
        .join("/");
      const found = rows.find(({ waiver, matches }) => waives(waiver, diagnostic) && matches(path))?.waiver;
      if (found) used.add(found);
      return found;
    },
    listUnused: () => [...config.waivers.keys()].filter((index) => !used.has(config.waivers[index]!)),
  };
}

const waives = ({ code, pointer }: Waiver, diagnostic: Diagnostic): boolean =>
  code === diagnostic.code && (pointer === undefined || pointer === diagnostic.pointer);
