/**
 * Plans the parts of the bundle. Sample runs, under V8's coverage, show which modules a check of a JSON request, of a YAML one and so on
 * calls. What the same runs call becomes one part. Where code imports functions that its own runs don't call, the import is replaced by
 * functions that load the part with the real ones when they are called. So a start reads, compiles and sets up little that it doesn't use.
 */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { parseAst } from "rollup/parseAst";
import { SAMPLES } from "./samples.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The source modules of the program, each of which the bundler keeps apart, so that parts can be made of them. */
export const MODULES = readdirSync(join(ROOT, "src"), { recursive: true })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => /(?<![.]d)[.]ts$|[.]generated[.]js$/.test(path))
  .filter((path) => !/^src\/(playground|aws-sdk|start)\/|\/start[.]ts$/.test(path))
  .sort();

/** For dependencies that are CommonJS. */
const REQUIRE = `import { createRequire as createRequire_ } from "node:module";
const require = createRequire_(import.meta.url);`;

const NAMES = Object.keys(SAMPLES);

/**
 * Returns the part of each module that a sample run needs, the imports of what is loaded later, and the part in which that is.
 */
export async function planParts(options, outdir) {
  mkdirSync(outdir, { recursive: true });
  const { metafile, needs, early } = await profile(options, join(realpathSync(outdir), "profile"));
  const edges = await listEdges(metafile, early);
  const needsOf = (path) => needs.get(path) ?? 0;
  // What can't be loaded later is needed where the importing module is.
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const { from, to, canWait } of edges) {
      const needed = needsOf(to) | needsOf(from);
      if (canWait || needed === needsOf(to)) continue;
      needs.set(to, needed);
      isChanged = true;
    }
  }
  const partOf = (path) => partName(needsOf(path));
  const isLate = ({ from, to, canWait }) =>
    canWait && partOf(to) !== "core" && (needsOf(from) & ~needsOf(to)) !== 0;
  // What no run needs is by its folder, since it is likely to be needed together. What is of one operation is by that.
  const latePartOf = (path) =>
    partOf(path) ?? `late-${/[/]([^/]+)[.]generated[.]js$/.exec(path)?.[1] ?? path.split("/")[1]}`;
  return { late: edges.filter(isLate), partOf, latePartOf };
}

/** The name of a part, by the runs that need it: one bit for each, the first of which is that of the core. */
function partName(needs) {
  if (needs === 0) return undefined;
  return needs & 1 ? "core" : `for-${NAMES.filter((_, run) => needs & (1 << run)).join("-")}`;
}

/** Bundles each module on its own, makes the sample runs, and returns which call a function of each module, as bits. */
async function profile(options, outdir) {
  const { metafile } = await build({
    ...options,
    entryPoints: MODULES,
    outbase: ".",
    outdir,
    write: true,
    define: { COUNTERSIGN_VERSION: options.define.COUNTERSIGN_VERSION },
    banner: { js: REQUIRE },
  });
  const directory = mkdtempSync(join(tmpdir(), "countersign-samples-"));
  const modulesOf = (output) => Object.keys(metafile.outputs[relative(ROOT, output)]?.inputs ?? {});
  const programs = MODULES.filter((path) => path.endsWith("/main.ts"));
  const load = MODULES.filter((path) => !programs.includes(path)).map(
    (path) => `import "./${toOutput(path)}";`,
  );
  writeFileSync(join(outdir, "load.js"), load.join("\n"));
  const loaded = countCalls([join(outdir, "load.js")], join(directory, "load"));
  // What code at the top of a module calls.
  const early = new Set();
  for (const { output, functionName, count } of loaded.values())
    if (count > 0 && functionName !== "")
      for (const path of modulesOf(output)) early.add(`${path} ${functionName}`);
  const needs = new Map();
  const isImportedLate = listDynamicTargets(metafile);
  for (const [run, { file, text, input }] of Object.values(SAMPLES).entries()) {
    const cwd = join(directory, `${run}`);
    mkdirSync(cwd);
    if (file) writeFileSync(join(cwd, file), text);
    const args = file ? ["check", join(cwd, file)] : ["hook"];
    const calls = countCalls([join(outdir, toOutput("src/cli/main.ts")), ...args], cwd, input);
    for (const [key, { output, count, isTop }] of calls) {
      const isNeeded = (path) => (isTop ? isImportedLate.has(path) : count > (loaded.get(key)?.count ?? 0));
      for (const path of modulesOf(output).filter(isNeeded)) needs.set(path, needs.get(path) | (1 << run));
    }
  }
  if (needs.size === 0) throw new Error("no module was called by a sample run");
  // A program's first module runs it, so that no other program can share its part.
  for (const path of programs) needs.delete(path);
  for (const each of [directory, outdir]) rmSync(each, { recursive: true });
  return { metafile, needs, early };
}

/** The modules that are imported where they are used. */
const listDynamicTargets = ({ inputs }) =>
  new Set(
    Object.values(inputs).flatMap(({ imports }) =>
      imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path),
    ),
  );

const toOutput = (path) => path.replace(/[.]ts$/, ".js");

/** Runs a module, and returns how often each function was called, by its file and place. */
function countCalls(args, directory, input = "") {
  const coverage = join(directory, "coverage");
  mkdirSync(coverage, { recursive: true });
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  const { status } = spawnSync(process.execPath, args, { env, input, stdio: ["pipe", "ignore", "inherit"] });
  // Findings are part of what a run shows.
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  const { result } = JSON.parse(readFileSync(join(coverage, readdirSync(coverage)[0]), "utf8"));
  const calls = new Map();
  for (const { url, functions } of result) {
    if (!url.startsWith("file:")) continue;
    const output = fileURLToPath(url);
    for (const { functionName, ranges } of functions) {
      const [{ startOffset, count }] = ranges;
      const isTop = startOffset === 0 && functionName === "";
      calls.set(`${url}:${startOffset}`, { output, functionName, count, isTop });
    }
  }
  return calls;
}

/** All imports from one module of another, with the names, and whether these are functions of ours that only functions call. */
async function listEdges({ inputs }, early) {
  const functions = new Map();
  const imports = new Map();
  for (const path of Object.keys(inputs).filter((each) => MODULES.includes(each))) {
    const { code } = await transform(readFileSync(join(ROOT, path), "utf8"), {
      loader: "ts",
      target: "node20",
    });
    const { body } = parseAst(code);
    functions.set(path, listFunctions(body));
    imports.set(path, listImports(body));
  }
  const edges = [];
  for (const [from, { imports: targets }] of Object.entries(inputs)) {
    for (const { path: to, kind, original } of targets) {
      if (kind === "dynamic-import" || !inputs[to]) continue;
      const names = imports.get(from)?.get(original);
      const canWait =
        names?.every((name) => functions.get(to)?.has(name) && !early.has(`${to} ${name}`)) ?? false;
      edges.push({ from, to, names, canWait });
    }
  }
  return edges;
}

/** The exported names of a module that are functions by what is written. */
function listFunctions(body) {
  const names = new Set();
  for (const { type, declaration } of body) {
    if (type !== "ExportNamedDeclaration" || !declaration) continue;
    if (declaration.type === "FunctionDeclaration") names.add(declaration.id.name);
    if (declaration.type !== "VariableDeclaration" || declaration.kind !== "const") continue;
    for (const { id, init } of declaration.declarations)
      if (/^(ArrowFunction|Function)Expression$/.test(init?.type)) names.add(id.name);
  }
  return names;
}

/** The names that a module imports, by what it imports them from. What isn't a plain name is `*`. */
function listImports(body) {
  const names = new Map();
  const add = (source, each) => names.set(source.value, [...(names.get(source.value) ?? []), ...each]);
  for (const node of body) {
    if (!node.source) continue;
    const isPlain = node.type === "ImportDeclaration" && node.specifiers.length > 0;
    add(node.source, isPlain ? node.specifiers.map(({ imported }) => imported?.name ?? "*") : ["*"]);
  }
  return names;
}

/**
 * A plugin of esbuild's for what is loaded later, the parts that are loaded so, and a function that returns the part of what the
 * bundler then reads. Each part has stand-ins of its own.
 */
export function lateImports({ late, partOf, latePartOf }) {
  const keys = new Set(late.map(({ from, to }) => `${from} ${to}`));
  const entries = new Map();
  for (const { to, names } of late) {
    const entry = entries.get(latePartOf(to)) ?? new Map();
    entries.set(latePartOf(to), entry.set(to, new Set([...(entry.get(to) ?? []), ...names])));
  }
  const plugin = {
    name: "late-imports",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^late:/ }, ({ path }) => ({ path: path.slice(5), namespace: "late-entry" }));
      onResolve({ filter: /^[.]/, namespace: "file" }, ({ path, importer, kind }) => {
        const [from, to] = [importer, resolve(dirname(importer), path)].map((each) => relative(ROOT, each));
        const isLate = kind === "import-statement" && keys.has(`${from} ${to}`);
        return isLate ? { path: `${to}?${partOf(from)}`, namespace: "late" } : undefined;
      });
      onLoad({ filter: /./, namespace: "late" }, ({ path }) => {
        const [module] = path.split("?");
        return { contents: standIns(latePartOf(module), entries.get(latePartOf(module)).get(module)) };
      });
      onLoad({ filter: /./, namespace: "late-entry" }, ({ path }) => ({
        contents: reexports(entries.get(path)),
        resolveDir: ROOT,
      }));
    },
  };
  const isPart = (name) => late.some(({ to }) => partOf(to) === name);
  const partOfInput = (input) => {
    const [, entry] = input.split("late-entry:");
    if (entry) return isPart(entry) ? entry : undefined;
    return input.startsWith("late:") ? input.slice(input.indexOf("?") + 1) : partOf(input);
  };
  return { plugin, names: [...entries.keys()], partOfInput };
}

const standIns = (part, names) =>
  [...names]
    .map(
      (name) =>
        `export const ${name} = (...given) => COUNTERSIGN_REQUIRE("./${part}.cjs").${name}(...given);`,
    )
    .join("\n");

const reexports = (entry) =>
  [...entry].map(([path, names]) => `export { ${[...names].join(", ")} } from "./${path}";`).join("\n");
