/** Bundles the command line and the action, for the build and for the release tree. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

const REQUIRE = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';

/** Bundles entry points of src/ and returns esbuild's metafile. `options` are esbuild's. */
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
 * Writes dist/cli.js and dist/cli-parts/. Code that only some runs need (YAML, rules, ajv, the generator) is
 * split off, because loading all of it would noticeably slow down the start.
 */
export const bundleCli = (outdir) =>
  bundle({ cli: "src/cli/main.ts" }, outdir, {
    splitting: true,
    chunkNames: "cli-parts/[name]-[hash]",
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
  });

/** Writes dist/action.js as a single file. */
export const bundleAction = (outdir) =>
  bundle({ action: "src/action/main.ts" }, outdir, { target: "node24" });
