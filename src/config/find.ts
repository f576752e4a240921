import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const NAMES = ["countersign.yaml", "countersign.yml"];

/** The configuration file for a directory: the nearest from there upwards to the root of the repository. */
export const findConfig = (from: string): string | undefined => configPlaces(from).find(existsSync);

/** Where a directory's configuration can stand, the nearest first. */
export function configPlaces(from: string): string[] {
  const places: string[] = [];
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    places.push(...NAMES.map((name) => join(directory, name)));
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return places;
  }
}
