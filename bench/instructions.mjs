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

/** Compiled code is in the cache, and isn't added to, after so many runs. */
const WARMING_RUNS = 5;

/** Runs Node with these arguments as when it is counted, so that what it caches is there. */
export function warm(args) {
  for (let index = 0; index < WARMING_RUNS; index++) run(NODE[0], [...NODE.slice(1), ...args]);
}

function count({ command: [program, ...options], printed }, counted) {
  const { stderr } = run(program, [...options, ...counted]);
  const found = printed.exec(stderr ?? "")?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(",", ""));
}

function run(program, args) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  return spawnSync(program, args, { encoding: "utf8", env, stdio: ["ignore", "ignore", "pipe"] });
}
