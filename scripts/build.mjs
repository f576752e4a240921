/** Builds dist/: the compiled schemas, the library (ESM and types) and the bundled command line with its licences. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { copyActionFacts } from "./action-facts.mjs";
import { bundleProgram } from "./bundle.mjs";
import { compileBuiltinRules } from "./compile-rules.mjs";
import { compileSchemas } from "./compile-schemas.mjs";
import { copyGrammars, grammarPackages } from "./grammars.mjs";
import { licencesOf } from "./licences.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(at("dist"), { recursive: true, force: true });
await compileSchemas(at("dist"));
await compileBuiltinRules(at("dist"));

const tsc = spawnSync(
  process.execPath,
  [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.build.json")],
  { stdio: "inherit" },
);
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
for (const name of readdirSync(at("src"), { recursive: true }).filter((each) =>
  /[.]generated([.]d[.]ts|[.]js)$/.test(each),
)) {
  mkdirSync(dirname(at(`dist/${name}`)), { recursive: true });
  copyFileSync(at(`src/${name}`), at(`dist/${name}`));
}

copyGrammars(at("dist"));
copyActionFacts(at("dist"));
const metafile = await bundleProgram(at("dist"));
writeFileSync(at("dist/THIRD-PARTY-LICENCES.txt"), licencesOf(at("."), [metafile], grammarPackages()));
