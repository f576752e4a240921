/**
 * Times `schema generate` on a directory of documentation pages, compared with merely reading the files.
 *
 *     python3 bench/pages.py pages        writes the pages with boto3: all, or those of named services
 *     node bench/generate.mjs pages       needs a build: npm run build
 */
import { join } from "node:path";
import { CLI, inTurns, print, scratch } from "./measure.mjs";

const READ = `
const fs = require("node:fs"), path = require("node:path");
let characters = 0;
for (const name of fs.readdirSync(process.argv[1], { recursive: true }).sort()) {
  if (name.endsWith(".rst")) characters += fs.readFileSync(path.join(process.argv[1], name), "utf8").length;
}
if (characters === 0) process.exit(1);
`;

const [pages] = process.argv.slice(2);
if (pages === undefined) {
  console.error("usage: node bench/generate.mjs PAGES");
  process.exit(2);
}
print(
  ["read every page", "countersign schema generate"],
  inTurns(
    [
      ["-e", READ, pages],
      [CLI, "schema", "generate", pages, "--out", join(scratch(), "schemas")],
    ],
    3,
  ),
  100,
);
