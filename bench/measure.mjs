import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export const scratch = () => mkdtempSync(join(tmpdir(), "countersign-bench-"));

/** Runs Node with these arguments and returns the wall-clock time in milliseconds. */
function once(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return milliseconds;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * The median times of several commands in milliseconds. They run in turns, so that load affects all of them
 * alike.
 */
export function inTurns(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, args] of commands.entries()) times[index].push(once(args));
  }
  return times.map(median);
}

/** Prints one line for each command, with its ratio to the first. */
export function print(names, medians, goal) {
  for (const [index, name] of names.entries()) {
    const ratio =
      index === 0 ? "" : `  ${(medians[index] / medians[0]).toFixed(2)} times (goal: at most ${goal})`;
    console.log(`  ${name.padEnd(44)} ${medians[index].toFixed(1).padStart(8)} ms${ratio}`);
  }
}
