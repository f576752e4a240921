import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countInstructions, findCounter, warm } from "./instructions.mjs";
import { CLI, cpuInTurns, scratch } from "./measure.mjs";
import { REQUESTS } from "./validate.mjs";

const FIGURES = fileURLToPath(new URL("figures.json", import.meta.url));
const LIBRARY = new URL("../dist/index.js", import.meta.url).href;

/** What is a fifth slower than in the last release is said to be. */
const TOLERATED = 1.2;

/** Calls in two processes, whose difference is that of the calls alone. */
const CALLS = [10_000, 60_000];

/**
 * Compares the start of the command line, and `validate()`, with the figures of the last release in figures.json. `--update`
 * writes them anew. All are multiples of what bare Node takes in the same run, since machines differ: of CPU instructions, which
 * hardly vary, where the machine counts them, and otherwise of CPU time.
 */
export function compare(isUpdate = process.argv.includes("--update")) {
  const counter = findCounter();
  const found = {};
  if (isUpdate || !counter) found["CPU time"] = collect(timed);
  if (counter) found["CPU instructions"] = collect((commands) => counted(counter, commands));
  if (isUpdate) {
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(FIGURES, `${JSON.stringify({ date, node: process.version, figures: found }, null, 2)}\n`);
  }
  const kept = JSON.parse(readFileSync(FIGURES, "utf8"));
  for (const [unit, figures] of Object.entries(found)) print(unit, figures, kept);
}

/** One table: what is over a fifth more than in the last release is marked. */
function print(unit, found, { date, node, figures: { [unit]: figures = {} } }) {
  const isComparable = major(node) === major(process.version);
  console.log(`  ${unit}, of bare Node = 1; compared with figures of ${date}, Node ${node}`);
  if (!isComparable) console.log(`  not compared: these are of Node ${process.version}`);
  for (const [name, value] of Object.entries(found)) {
    const ratio = isComparable && name in figures ? value / figures[name] : undefined;
    const change = ratio === undefined ? "" : `${ratio.toFixed(2)} times`;
    const warning = ratio > TOLERATED ? "  SLOWER by more than a fifth" : "";
    console.log(`  ${name.padEnd(56)} ${value.toFixed(3).padStart(10)}  ${change}${warning}`);
  }
}

const major = (version) => version.split(".")[0];

function collect(measure) {
  const directory = scratch();
  try {
    const commands = listCommands(directory);
    const [bare, start, ...calls] = measure(commands.map(({ args }) => args));
    const figures = { [commands[1].name]: start / bare };
    for (let index = 0; index < calls.length; index += 2) {
      const one = (calls[index + 1] - calls[index]) / (CALLS[1] - CALLS[0]);
      figures[commands[index + 2].name] = (1000 * one) / bare;
    }
    return figures;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** As many rounds that of most of them, the compiled code is in the cache. */
const ROUNDS = 9;

const timed = (commands) => cpuInTurns(commands, ROUNDS).map(({ cpu }) => cpu);

function counted(counter, commands) {
  warm(commands[1]);
  return commands.map((args) => countInstructions(counter, args));
}

function listCommands(directory) {
  const [[operation, request]] = Object.entries(REQUESTS);
  const file = join(directory, "request.json");
  writeFileSync(file, JSON.stringify({ operation, request }));
  return [
    { name: "node -e 0", args: ["-e", "0"] },
    { name: "start, one JSON request", args: [CLI, "check", file] },
    ...Object.entries(REQUESTS).flatMap((each) =>
      CALLS.map((calls) => ({
        name: `1,000 validate(), ${each[0]}`,
        args: ["--input-type=module", "-e", CALL, ...[...each, calls].map((value) => JSON.stringify(value))],
      })),
    ),
  ];
}

const CALL = `
const { validate } = await import(${JSON.stringify(LIBRARY)});
const [operation, request, calls] = process.argv.slice(1).map((text) => JSON.parse(text));
const input = { operation, request, justification: "INC-4242: the files were verified in the source system" };
for (let call = 0; call < calls; call++) validate(input).outcome;
`;
