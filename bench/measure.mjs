import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync } from "node:fs";
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

/** The CPU time that this process has taken, in seconds. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

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

/** A module that runs first in a process, and prints the CPU time in milliseconds and the memory in megabytes at its end. */
export const CPU_REPORT = `data:text/javascript,${encodeURIComponent(`
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write("\\n" + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 }));
});
`)}`;

/** Runs Node with these arguments, and a file as its input if there is one. An exit status of 1 is that of findings. */
function usageOf(command) {
  const { args = command, input } = command;
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const options = { encoding: "utf8", stdio: [stdin, "ignore", "pipe"] };
  const { status, stderr } = spawnSync(process.execPath, ["--import", CPU_REPORT, ...args], options);
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stderr.slice(stderr.lastIndexOf("\n") + 1));
}

/** The median CPU time and memory of several commands, which run in turns. */
export function cpuInTurns(commands, rounds) {
  const usages = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, args] of commands.entries()) usages[index].push(usageOf(args));
  }
  return usages.map((each) => ({
    cpu: median(each.map(({ cpu }) => cpu)),
    memory: median(each.map(({ memory }) => memory)),
  }));
}

/** Prints one line for each command, with its ratios to the first. */
export function printCpu(names, usages, goal) {
  for (const [index, name] of names.entries()) {
    const { cpu, memory } = usages[index];
    const [times, space] = [cpu / usages[0].cpu, memory / usages[0].memory];
    const ratio =
      index === 0 ? "" : `  ${times.toFixed(2)} and ${space.toFixed(2)} times (goal: at most ${goal})`;
    console.log(
      `  ${name.padEnd(44)} ${cpu.toFixed(0).padStart(6)} ms CPU ${memory.toFixed(0).padStart(5)} MB${ratio}`,
    );
  }
}
