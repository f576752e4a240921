/**
 * Bundles the command line and the action, for the build and for the release tree. Two entries, dist/cli.js and
 * dist/action.js, start the same parts in dist/parts/: `core`, which holds what most runs need, so that one file is
 * read, and others that are read when they are used. docs/ARCHITECTURE.md explains why.
 */
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { rollup } from "rollup";

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

const ENTRIES = { cli: "src/cli/main.ts", action: "src/action/main.ts" };

/**
 * Parts that are made of several modules with all that these import, but what is in a part before. `core` has what a check of a small
 * JSON file uses; the others are used together.
 */
const PARTS = {
  core: ["src/cli/commands/check.run.ts", "src/run/run.ts", "src/rules/builtin.ts", "src/reporters/text.ts"],
};

/** Writes the entries and the parts, and returns esbuild's metafile. */
export async function bundleProgram(outdir) {
  const { metafile, outputFiles } = await build({
    ...COMMON,
    entryPoints: ENTRIES,
    outdir,
    splitting: true,
    metafile: true,
    chunkNames: "[name]-[hash]",
    define: {
      COUNTERSIGN_VERSION: JSON.stringify(version),
      "import.meta.dirname": "__dirname",
      "import.meta.filename": "__filename",
    },
  });
  const chunks = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const hash = await writeParts(chunks, partsOf(metafile), join(outdir, "parts"));
  await build({
    ...COMMON,
    entryPoints: Object.fromEntries(Object.keys(ENTRIES).map((name) => [name, `src/${name}/start.ts`])),
    outdir,
    minify: true,
    write: true,
    define: { COUNTERSIGN_PARTS: JSON.stringify(hash) },
  });
  const cli = join(outdir, "cli.js");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
  chmodSync(cli, 0o755);
  return metafile;
}

/** The part of each chunk that is in one of `PARTS`. */
function partsOf({ outputs }) {
  const parts = new Map();
  const add = (path, part) => {
    if (parts.has(at(path))) return;
    parts.set(at(path), part);
    for (const { path: next, kind } of outputs[path].imports)
      if (kind === "import-statement" && outputs[next]) add(next, part);
  };
  for (const [part, modules] of Object.entries(PARTS))
    for (const [path, { entryPoint }] of Object.entries(outputs))
      if (modules.includes(entryPoint)) add(path, part);
  return parts;
}

/**
 * Merges chunks into parts, which are CommonJS modules, since V8 can be given cached code only for scripts. Returns a hash of all.
 */
async function writeParts(chunks, partOfChunk, folder) {
  const merged = await rollup({
    input: Object.fromEntries(Object.keys(ENTRIES).map((name) => [name, join(folder, "..", `${name}.js`)])),
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
  for (const { fileName, code } of output) {
    const options = { minify: true, format: "cjs", target: "node20", legalComments: "none" };
    const part = await transform(code, options);
    hash.update(part.code);
    writeFileSync(join(folder, fileName), part.code);
  }
  return hash.digest("hex");
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
