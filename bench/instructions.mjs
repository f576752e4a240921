import { spawnSync } from "node:child_process";

/** What counts the CPU instructions of a process, best first: how it is called, and where it prints their number. */
const COUNTERS = [
  {
    name: "perf",
    command: ["perf", "stat", "-x", ",", "-e", "instructions:u", "--"],
    printed: /^(\d+),[^,]*,instructions:u/m,
  },
  {
    name: "valgrind",
    command: ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--"],
    printed: /I\s+refs:\s+([\d,]+)/,
  },
];

/** V8's other threads do more or less, as time allows. */
const NODE = [process.execPath, "--single-threaded"];

/** A counter of this machine, if it has one; virtual machines often keep theirs from their guests. */
export const findCounter = () => COUNTERS.find((counter) => count(counter, ["true"]) !== undefined);

/** How many instructions Node takes with these arguments. More certificates cost each start as many as all else. */
export function countInstructions(counter, args) {
  const counted = count(counter, [...NODE, ...args]);
  if (counted === undefined) throw new Error(`${counter.name} counted nothing of node ${args.join(" ")}`);
  return counted;
}

function count({ command: [program, ...options], printed }, counted) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const stdio = ["ignore", "ignore", "pipe"];
  const { stderr } = spawnSync(program, [...options, ...counted], { encoding: "utf8", env, stdio });
  const found = printed.exec(stderr ?? "")?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(",", ""));
}
