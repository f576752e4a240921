import { relative, resolve, sep } from "node:path";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import type { Config } from "./config.ts";

/** A finding that is known and accepted. */
export interface Waiver {
  code: string;
  file?: string;
  pointer?: string;
  reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`, by UTC. */
  expires?: string;
}

type Fault = Pick<Finding, "message" | "help" | "path">;

/** A waiver past its day is an error: it must be renewed or removed, not forgotten. `today` as `YYYY-MM-DD`. */
export const expired = (waivers: readonly Waiver[], today: string): Fault[] =>
  waivers.flatMap(({ expires }, index) =>
    expires !== undefined && expires < today
      ? [
          {
            path: ["waivers", index, "expires"],
            message: `this waiver ended on ${quoted(expires)}`,
            help: "mend what it waived and remove it, or give it a new day and say why",
          },
        ]
      : [],
  );

/** The waiver of a diagnostic, where it has one. Undecided checks can be waived like failed ones. */
export async function waiversOf(config: Config): Promise<(diagnostic: Diagnostic) => Waiver | undefined> {
  if (config.waivers.length === 0) return () => undefined;
  const { default: picomatch } = await import("picomatch");
  const rows = config.waivers.map((waiver) => ({
    waiver,
    matches: waiver.file === undefined ? () => true : picomatch(waiver.file, { dot: true }),
  }));
  return (diagnostic) => {
    const path = relative(config.directory, resolve(diagnostic.file ?? ""))
      .split(sep)
      .join("/");
    return rows.find(({ waiver, matches }) => waives(waiver, diagnostic) && matches(path))?.waiver;
  };
}

const waives = ({ code, pointer }: Waiver, diagnostic: Diagnostic): boolean =>
  code === diagnostic.code && (pointer === undefined || pointer === diagnostic.pointer);
