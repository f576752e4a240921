/**
 * Parses, checks and compiles rules/, and writes what a run needs to src/rules/builtin.generated.js, so that a run
 * loads neither the YAML parser nor CEL. The result is not kept in git.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { importOwn, isDeferred, operations, ownModule, readSchema } from "./compile-schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(root, "src/rules");
const COUNTERS = join(root, "src/rules/counting/counters.generated.js");

/** The rule files, sorted by name. */
export function ruleFiles() {
  const names = readdirSync(join(root, "rules"), { recursive: true }).filter((name) =>
    name.endsWith(".yaml"),
  );
  return names
    .sort()
    .map((name) => ({ file: join("rules", name), text: readFileSync(join(root, "rules", name), "utf8") }));
}

/** Bundles and imports modules of src/. `contents` is the source of the entry point. */
export async function sources(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, "src"), loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    // The modules look beside themselves for data.
    define: {
      "import.meta.dirname": JSON.stringify(join(root, "src")),
      "import.meta.filename": JSON.stringify(join(root, "src/bundle.js")),
    },
    banner: {
      js: 'import{createRequire as __cr}from"node:module";const require=__cr(process.cwd()+"/x.js");',
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

const readResponse = (name) =>
  JSON.parse(readFileSync(join(root, "schemas", `${name}.response.json`), "utf8"));

/** Loads the built-in rules with their examples. Prints all faults and exits if there are any. */
export async function builtinRules() {
  const rules = await sources(
    'export * from "./rules/index.ts"; export * from "./rules/compile/index.ts"; export { compileCounters } from "./rules/compile/counting/index.ts"; export { formatRule } from "./rules/describe.ts"; export { FUNCTIONS, formatSignature } from "./rules/functions/table.ts";',
  );
  const known = new Map(operations().map((name) => [name, readSchema(name)]));
  const schemas = { request: (name) => known.get(name), operations: () => [...known.keys()] };
  try {
    return { ...rules, set: rules.loadRules(ruleFiles(), schemas, rules.buildContextTypes(readResponse)) };
  } catch (error) {
    for (const { file, place, message, help } of error.faults ?? []) {
      console.error(
        `${relative(".", file)}:${place.line}:${place.column}: ${message}${help ? `\n  help: ${help}` : ""}`,
      );
    }
    if (!error.faults) throw error;
    process.exit(1);
  }
}

/** `*` is what counts for all operations that have no rules of their own. */
const isLate = (operation) => operation !== "*" && isDeferred(operation);

/** The rules of a bundled operation are a group of their own, those of all others are another one. */
const groupOf = (operation) => (isDeferred(operation) ? "late" : operation);

/** Prints what the compiler doesn't know and exits: no rule that ships is interpreted. */
function compile({ set, compileRules, compileCounters, CompileError, BASE }) {
  try {
    return {
      base: BASE,
      groups: compileRules(set, groupOf),
      counters: compileCounters(set, readSchema, (operation) => !isLate(operation)),
      lateCounters: compileCounters(set, readSchema, isLate),
    };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    console.error(`rules/: ${error.message}; docs/compiled-rules.md says how it learns more`);
    process.exit(1);
  }
}

/** What only deferred operations need goes to a file in `dist`, the directory of the build. */
export async function compileBuiltinRules(dist) {
  const { base, groups, counters, lateCounters } = compile(await builtinRules());
  const late = groups.get("late");
  const { imports, names } = importOwn("load");
  const rows = names.map(
    ([operation, name]) => `{ operations: new Set([${JSON.stringify(operation)}]), load: ${name} },\n`,
  );
  const writeModule = (name, text) => writeFileSync(join(OUT, name), `// Written by npm run build.\n${text}`);
  writeModule(
    "builtin.generated.js",
    `${imports}${exportRules(groups.get(base))}export const groups = [\n${rows.join("")}];\n`,
  );
  mkdirSync(join(OUT, "operations"), { recursive: true });
  for (const [operation] of names) {
    const { stored, modules } = groups.get(operation);
    writeModule(ownModule(operation), `export const load = () => [${parseOf(stored)}, ${modules}];\n`);
  }
  writeFileSync(
    join(dist, "deferred/rules.cjs"),
    `// Written by npm run build.\nmodule.exports = { stored: ${JSON.stringify(late.stored)}, modules: ${late.modules} };\n`,
  );
  // Apart from the rules, since the command line has no use for them.
  writeFileSync(COUNTERS, `// Written by npm run build.\nexport const counters = ${counters};\n`);
  writeFileSync(
    join(dist, "deferred/counters.cjs"),
    `// Written by npm run build.\nmodule.exports = { counters: ${lateCounters} };\n`,
  );
}

/** V8 reads a text of JSON sooner than code. */
const parseOf = (value) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

const exportRules = ({ stored, modules }) =>
  `export const stored = () => ${parseOf(stored)};\nexport const modules = ${modules};\n`;
