import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const CONFIG_FILE_NAMES = ["countersign.yaml", "countersign.yml"];

/**
 * Finds the configuration file for a directory: the nearest one from there up to the root of the repository.
 */
export const findConfig = (from: string): string | undefined => listConfigPaths(from).find(existsSync);

/**
 * The paths where the configuration for a directory may be, nearest first, up to the root of the repository.
 */
export function listConfigPaths(from: string): string[] {
  const places: string[] = [];
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    places.push(...CONFIG_FILE_NAMES.map((name) => join(directory, name)));
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return places;
  }
}
