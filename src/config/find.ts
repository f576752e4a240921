import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const NAMES = ["countersign.yaml", "countersign.yml"];

/** The configuration file for a directory: the nearest from there upwards to the root of the repository. */
export function findConfig(from: string): string | undefined {
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    const name = NAMES.find((candidate) => existsSync(join(directory, candidate)));
    if (name) return join(directory, name);
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
}
