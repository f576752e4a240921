import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { scratch } from "./measure.mjs";

const CASES = 400;
const FILLINGS = 1000;

/**
 * How complete decisions about texts with holes are: for each operator, how many random cases are decided, and how
 * many are undecided although all of 1,000 fillings agree. Some of those are right: a filling that differs is rare.
 */
export async function holes() {
  const { OPERATORS, runCase } = await loadCases();
  console.log("  operator            decided  depends  agree, but undecided");
  const total = [0, 0, 0];
  for (const operator of Object.keys(OPERATORS)) {
    const counts = [0, 0, 0];
    for (let seed = 0; seed < CASES; seed++) {
      const { partial, filled, counterexample, text } = runCase(operator, seed, FILLINGS);
      if (counterexample) throw new Error(`${text} is wrong for ${JSON.stringify(counterexample)}`);
      counts[partial.kind === "value" ? 0 : filled.size > 1 ? 1 : 2]++;
    }
    for (const [index, count] of counts.entries()) total[index] += count;
    print(operator, counts);
  }
  print("all", total);
}

function print(name, [decided, depends, agree]) {
  const share = ((100 * agree) / (decided + agree)).toFixed(1);
  const [a, b, c] = [decided, depends, agree].map((count) => String(count).padStart(7));
  console.log(`  ${name.padEnd(18)} ${a}  ${b}  ${c} (${share} %)`);
}

/** The cases are those of the tests, which are TypeScript. */
async function loadCases() {
  const directory = scratch();
  const outfile = join(directory, "cases.mjs");
  const entry = fileURLToPath(new URL("../test/rules/hole-cases.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm" });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
