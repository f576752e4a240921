/** Bundles the playground's page and worker: what is there at the start, and the code that is loaded later, in parts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
/** How both bundles are made: that of the page, and that of its worker. */
export const FOR_PAGES = {
  bundle: true,
  write: false,
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none",
  metafile: true,
  absWorkingDir: ROOT,
};

const standIn = (name) => join(ROOT, "src/playground/stand-ins", `${name}.ts`);

/** Nothing of a run in a browser reaches these, although a run could: AWS, git, and formats that the page doesn't show. */
const ABSENT =
  /\/(?:live|trusted-base|changed-files|junit|markdown|concise|sarif|github|gitlab|rdjsonl|azure)\.ts$/;

const MODULES = {
  "node:fs": standIn("fs"),
  "node:path": join(ROOT, "node_modules/path-browserify/index.js"),
};
const SMALL = standIn("small");

const forBrowsers = {
  name: "stand-ins",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:|^module$/ }, ({ path }) => ({ path: MODULES[path] ?? SMALL }));
    onResolve({ filter: ABSENT }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, namespace: "absent" } : undefined,
    );
    onLoad({ filter: /./, namespace: "absent" }, () => ({ contents: "export {}" }));
    // ajv makes its validators with `new Function`, which the page's policy denies.
    onLoad({ filter: /node_modules\/ajv\/dist\/compile\/index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace(
        "new Function(",
        `require(${JSON.stringify(standIn("evaluate"))}).createFunction(`,
      );
      if (contents === text) throw new Error("ajv makes its validators in another way");
      return { contents };
    });
  },
};

/** Bundles the worker; returns what `bundleInParts` does. */
export const bundleWorker = () =>
  bundleInParts("src/playground/worker/main.ts", isEarly, {
    inject: [standIn("globals")],
    define: {
      COUNTERSIGN_VERSION: JSON.stringify(version),
      "import.meta.dirname": '"/countersign"',
      // web-tree-sitter makes an address of it, and loads nothing from there.
      "import.meta.url": '"file:///countersign/worker.js"',
      "import.meta.filename": '"/countersign/worker.js"',
    },
    plugins: [forBrowsers],
  });

/** Bundles the script of the page; what it imports dynamically comes later. */
export const bundlePage = () => bundleInParts("src/playground/page/main.ts", () => false);

/**
 * Bundles a module in parts: those that it imports dynamically come later, unless they are early. Returns the code of the start, the
 * code of each part by name, and esbuild's metafile.
 */
async function bundleInParts(entry, isEarlyEntry, options = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: "/bundle",
    splitting: true,
    format: "esm",
    ...FOR_PAGES,
    chunkNames: "[name]-[hash]",
    ...options,
  });
  const modules = new Map();
  for (const { path, text } of outputFiles)
    modules.set(path.replace(/^\/bundle\//, ""), await toFunction(text));
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [path.replace(/^.*\//, ""), output]),
  );
  return { metafile, ...arrange({ modules, outputs, entry, isEarlyEntry }) };
}

/** Modules of src/ that are imported dynamically and yet come later. Packages do, too; all other modules are there at the start. */
const LATE = [
  "cli/",
  "config/",
  "context/load/",
  "engine/counting/plain-files",
  "engine/first-look/",
  "engine/load.",
  "engine/rule-packs",
  "engine/trail/",
  "files/gitignore",
  "git/",
  "permissions/evaluator",
  "reporters/text",
  "requests/mentions/",
  "requests/programs/",
  "requests/scripts/",
  "run/values/",
  "schema/directory",
  "schemagen/",
];

const isEarly = (entryPoint) =>
  entryPoint.startsWith("src/") && !LATE.some((path) => entryPoint.startsWith(`src/${path}`));

function arrange({ modules, outputs, entry, isEarlyEntry }) {
  const main = [...outputs].find(([, { entryPoint }]) => entryPoint === entry)[0];
  const reach = (from, follow, found = new Set()) => {
    if (found.has(from)) return found;
    found.add(from);
    for (const { path, kind, external } of outputs.get(from).imports)
      if (!external && (kind === "import-statement" || follow(path.replace(/^.*\//, ""))))
        reach(path.replace(/^.*\//, ""), follow, found);
    return found;
  };
  const entryOf = (name) => outputs.get(name).entryPoint ?? "";
  const start = reach(main, (name) => isEarlyEntry(entryOf(name)));
  const parts = new Map();
  const partOf = {};
  for (const name of outputs.keys()) {
    if (start.has(name) || !/^(?:src|node_modules)\//.test(entryOf(name))) continue;
    const part = `code-${entryOf(name)
      .replace(/^.*node_modules\//, "")
      .replace(/\.[a-z]+$/, "")
      .replace(/[^\w]+/g, "-")}`;
    const needed = [...reach(name, () => false)].filter((each) => !start.has(each));
    parts.set(part, define(needed, modules));
    partOf[name] = part;
  }
  const code = [LOADER, `const countersignPartOf=${JSON.stringify(partOf)};`, define([...start], modules)];
  return { code: code.join("\n"), run: `countersignRequire(${JSON.stringify(main)});`, parts };
}

const define = (names, modules) =>
  `countersignDefine({${names.map((name) => `${JSON.stringify(name)}:${modules.get(name)}`).join(",\n")}});`;

async function toFunction(text) {
  const { code } = await transform(text, { format: "cjs", minify: true, target: "es2022" });
  return `function(require,module,exports,load){${code.replace(/\bimport\("\.\/([^"]+)"\)/g, 'load("./$1")')}}`;
}

/** Chunks as functions: a worker that is made of a text can't import files, and neither can a page that was opened from one. */
const LOADER = `
const countersignChunks = {}, countersignLoaded = {};
function countersignDefine(chunks) { for (const name in chunks) countersignChunks[name] ??= chunks[name]; }
function countersignRequire(path) {
  const name = path.replace("./", "");
  const known = countersignLoaded[name];
  if (known) return known.exports;
  const module = countersignLoaded[name] = { exports: {} };
  countersignChunks[name](countersignRequire, module, module.exports, countersignLoad);
  return module.exports;
}
async function countersignLoad(path) {
  const part = countersignPartOf[path.replace("./", "")];
  if (part) await countersignNeedPart(part);
  return countersignRequire(path);
}`;
