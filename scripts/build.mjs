/** Builds dist/: the compiled schemas, the library (ESM and types) and the bundled command line. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileRules } from "./compile-rules.mjs";
import { compileSchemas } from "./compile-schemas.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

rmSync(at("dist"), { recursive: true, force: true });
await compileSchemas();
await compileRules();

const tsc = spawnSync(
  process.execPath,
  [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.build.json")],
  { stdio: "inherit" },
);
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
for (const room of ["schema", "rules"]) {
  for (const name of ["builtin.generated.js", "builtin.generated.d.ts"]) {
    copyFileSync(at(`src/${room}/${name}`), at(`dist/${room}/${name}`));
  }
}

await build({
  entryPoints: { cli: at("src/cli/main.ts") },
  outdir: at("dist"),
  // What only some runs need (YAML, rules, ajv, the generator) is in files of its own: Node reads the whole of a
  // file at the start, and that is felt.
  splitting: true,
  chunkNames: "cli-parts/[name]-[hash]",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  minify: true,
  legalComments: "none",
  define: { COUNTERSIGN_VERSION: JSON.stringify(version) },
  banner: {
    js: '#!/usr/bin/env node\nimport{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);',
  },
});
chmodSync(at("dist/cli.js"), 0o755);
