import type { Trend } from "../run/trend.ts";

/** Reads the file of `--trend`, if it is given; few runs have one. */
export async function openTrend(file: string | undefined): Promise<Trend | undefined> {
  return file === undefined ? undefined : (await import("../run/trend.ts")).readTrend(file);
}
