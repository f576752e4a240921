/** How the command line and the action are bundled: by the build, and into the release tree. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

const REQUIRE = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';

/** Bundles one entry of src/; returns esbuild's account of what went in. `options` are esbuild's. */
export async function bundle(entryPoints, outdir, options = {}) {
  const { metafile } = await build({
    entryPoints,
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    minify: true,
    legalComments: "none",
    metafile: true,
    absWorkingDir: at("."),
    define: { COUNTERSIGN_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE },
    ...options,
  });
  return metafile;
}

/**
 * dist/cli.js and dist/cli-parts/. What only some runs need (YAML, rules, ajv, the generator) is in files of its own:
 * Node reads the whole of a file at the start, and that is felt.
 */
export const bundleCli = (outdir) =>
  bundle({ cli: "src/cli/main.ts" }, outdir, {
    splitting: true,
    chunkNames: "cli-parts/[name]-[hash]",
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  });

/** dist/action.js, one file. */
export const bundleAction = (outdir) =>
  bundle({ action: "src/action/main.ts" }, outdir, { target: "node24" });
