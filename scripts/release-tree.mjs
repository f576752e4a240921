/**
 * Writes the tree of a release tag: `npm run release:tree -- DIR`. The GitHub Action and the pre-commit hook
 * run directly from it: everything is bundled, and nothing is built or fetched on installation (npm runs a
 * git dependency's `prepare` without development dependencies, so there must not be one). The output is
 * reproducible.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { copyActionFacts } from "./action-facts.mjs";
import { bundleProgram } from "./bundle.mjs";
import { compileBuiltinRules } from "./compile-rules.mjs";
import { compileSchemas } from "./compile-schemas.mjs";
import { copyGrammars, grammarPackages } from "./grammars.mjs";
import { licencesOf } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [target] = process.argv.slice(2);

const COPIED = [
  "action.yml",
  ".pre-commit-hooks.yaml",
  "LICENSE",
  "README.md",
  "CHANGELOG.md",
  "schemas",
  "rules",
  "docs/codes",
];

if (target === undefined) fail("name the directory to write to: npm run release:tree -- DIR");
const directory = resolve(target);
if (existsSync(directory) && readdirSync(directory).some((name) => name !== ".git"))
  fail(`${target} is not empty: name a new or empty directory (a .git in it is fine)`);

mkdirSync(directory, { recursive: true });
const dist = join(directory, "dist");
await compileSchemas(dist);
await compileBuiltinRules(dist);
for (const name of COPIED) cpSync(join(root, name), join(directory, name), { recursive: true });
copyGrammars(dist);
copyActionFacts(dist);
const metafile = await bundleProgram(dist);
writeFileSync(join(directory, "THIRD-PARTY-LICENCES.txt"), licencesOf(root, [metafile], grammarPackages()));
writeFileSync(join(directory, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);

/**
 * The package.json of the release tree. It has no scripts and no dependencies, so installing only copies
 * files.
 */
function manifest() {
  const { name, version, description, license, type, engines, bin } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  return { name, version, description, license, type, private: true, engines, bin };
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
