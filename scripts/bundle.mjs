/**
 * Bundles the command line and the action, for the build and for the release tree. Two entries, dist/bin/cli.js and
 * dist/bin/action.js, start the same parts in dist/parts/: `core`, which holds what most runs need, so that one file is
 * read, and others that are read when they are used. `parts.mjs` plans them; docs/ARCHITECTURE.md explains why.
 */
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { rollup } from "rollup";
import { lateImports, MODULES, planParts } from "./parts.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  legalComments: "none",
  absWorkingDir: at("."),
  write: false,
};

/** What loads a part from code of another one. */
const LATE = { COUNTERSIGN_REQUIRE: "require" };

/** A part is a script that returns a function, so that the loader need not copy the text to add what is around it. */
const PART_START = "(function(exports,require,module,__filename,__dirname){";

const ENTRIES = { cli: "src/cli/main.ts", action: "src/action/main.ts" };

/** Writes the entries and the parts, and returns esbuild's metafile. */
export async function bundleProgram(outdir) {
  const options = {
    ...COMMON,
    splitting: true,
    metafile: true,
    chunkNames: "[name]-[hash]",
    define: {
      COUNTERSIGN_VERSION: JSON.stringify(version),
      "import.meta.dirname": "__dirname",
      "import.meta.filename": "__filename",
    },
  };
  const plan = await planParts(options, outdir);
  const { plugin, names, partOfInput } = lateImports(plan);
  const entries = [...Object.entries(ENTRIES), ...names.map((name) => [name, `late:${name}`])];
  const { metafile, outputFiles } = await build({
    ...options,
    entryPoints: [
      ...entries.map(([out, path]) => ({ in: path, out })),
      ...MODULES.filter((path) => !Object.values(ENTRIES).includes(path)).map((path) => ({
        in: path,
        out: path.replace(/[.][jt]s$/, ""),
      })),
    ],
    outdir,
    plugins: [plugin],
  });
  const chunks = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const inputs = entries.map(([name]) => [name, join(outdir, `${name}.js`)]);
  const hash = await writeParts(chunks, inputs, partsOf(metafile, partOfInput), join(outdir, "parts"));
  await writeEntries(outdir, hash);
  return metafile;
}

/**
 * Writes the files that start a part. They are CommonJS, in a folder that says so, since an ES module costs Node a sixth more before
 * it runs; `dist/cli.js` and `dist/action.js` are links to them.
 */
async function writeEntries(outdir, hash) {
  const bin = join(outdir, "bin");
  await build({
    ...COMMON,
    format: "cjs",
    entryPoints: Object.fromEntries(Object.keys(ENTRIES).map((name) => [name, `src/${name}/start.ts`])),
    outdir: bin,
    minify: true,
    write: true,
    define: { COUNTERSIGN_PARTS: JSON.stringify(hash), "import.meta.dirname": "__dirname" },
  });
  writeFileSync(join(bin, "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
  const cli = join(bin, "cli.js");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
  chmodSync(cli, 0o755);
  for (const name of Object.keys(ENTRIES)) link(`bin/${name}.js`, join(outdir, `${name}.js`));
}

/** Not everybody may make links on Windows: a module does the same there, more slowly. */
function link(target, path) {
  rmSync(path, { force: true });
  try {
    symlinkSync(target, path);
  } catch {
    writeFileSync(path, `import "./${target}";\n`);
  }
}

/** The part of each chunk, which is one module, or several that import each other and are of one part. */
function partsOf({ outputs }, partOf) {
  const parts = new Map();
  for (const [path, { entryPoint, inputs }] of Object.entries(outputs)) {
    const module = Object.keys(inputs)[0] ?? entryPoint;
    // What esbuild itself adds is of no module, and is used everywhere.
    parts.set(at(path), module === undefined ? "core" : partOf(module));
  }
  return parts;
}

/**
 * Merges chunks into parts, which are like CommonJS modules, since V8 can be given cached code only for scripts. Returns a hash of all.
 */
async function writeParts(chunks, inputs, partOfChunk, folder) {
  const merged = await rollup({
    input: Object.fromEntries(inputs),
    preserveEntrySignatures: "allow-extension",
    treeshake: false,
    // Of eval in the engine of the grammars, which is only for modules of another kind.
    logLevel: "silent",
    plugins: [chunkReader(chunks)],
  });
  const { output } = await merged.generate({
    format: "cjs",
    exports: "named",
    interop: "default",
    dynamicImportInCjs: false,
    manualChunks: (id) => partOfChunk.get(id),
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const hash = createHash("sha256");
  const { imports } = output.find(({ name }) => name === "core");
  if (imports.some((name) => name.endsWith(".cjs"))) throw new Error(`core imports other parts: ${imports}`);
  // Nothing that it imports can see it half set up.
  const isAlone = (fileName) => fileName === "core.cjs";
  for (const { fileName, code } of output) {
    const options = { minify: true, format: "cjs", target: "node20", legalComments: "none", define: LATE };
    const part = await transform(isAlone(fileName) ? withOneExport(code) : code, options);
    const text = `${PART_START}${part.code}\n})`;
    hash.update(text);
    writeFileSync(join(folder, fileName), text);
  }
  return hash.digest("hex").slice(0, 24);
}

/** `exports.a = b;` at the end of a part. */
const EXPORTS = /(?:^exports[.][\w$]+ = [\w$]+;\n?)+$/m;

/**
 * Sets all exports of a part at once. V8 makes a new shape of the object for each that is set on its own, up to 128: that
 * takes a millisecond and 170 kB.
 */
function withOneExport(code) {
  const found = EXPORTS.exec(code);
  if (!found) throw new Error("a part has no exports at its end");
  const members = found[0].replaceAll(/exports[.]([\w$]+) = ([\w$]+);/g, "$1: $2,");
  return `${code.slice(0, found.index)}module.exports = {__proto__: null, ${members}};\n`;
}

/** A plugin of Rollup's that takes what esbuild wrote into memory. */
const chunkReader = (chunks) => ({
  name: "chunks",
  resolveId(id, importer) {
    const path = importer === undefined ? id : resolve(dirname(importer), id);
    return chunks.has(path) ? path : { id, external: true };
  },
  load: (id) => chunks.get(id),
});
