/**
 * Writes src/requests/aws-cli/customized/customizations.generated.ts from what read-tables.py prints for a version 1 and a version 2 of
 * the AWS CLI. Where both have a command, version 1 counts, which is the newer one of the two that are installed here; what
 * only version 2 has is added.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [one, two] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
if (!one || !two) throw new Error("give the tables of version 1 and of version 2");

const merged = {};
for (const name of [...new Set([...Object.keys(one.commands), ...Object.keys(two.commands)])].sort()) {
  const [first = {}, second = {}] = [one.commands[name], two.commands[name]];
  const row = { ...second, ...first };
  if (first.renamed || second.renamed) row.renamed = { ...second.renamed, ...first.renamed };
  for (const list of ["added", "files", "writes"])
    if (first[list] || second[list])
      row[list] = [...new Set([...(first[list] ?? []), ...(second[list] ?? [])])];
  if (Object.keys(row).length > 0) merged[name] = row;
}

const rows = Object.entries(merged).map(
  ([name, row]) => `  ${JSON.stringify(name)}: ${JSON.stringify(row)},`,
);
const text = `import type { CommandTable } from "./command-table.ts";

/** Where commands differ from the operations of botocore. Written by scripts/aws-cli/write-tables.mjs; not to be edited. */
export const CLI_VERSIONS = { 1: "${one.version}", 2: "${two.version}" } as const;

/** By boto3's name of the service and the command. */
export const CUSTOMIZATIONS: Readonly<Record<string, CommandTable>> = {
${rows.join("\n")}
};
`;
const target = fileURLToPath(
  new URL("../../src/requests/aws-cli/customized/customizations.generated.ts", import.meta.url),
);
writeFileSync(target, text);
console.log(`${rows.length} commands of AWS CLI ${one.version} and ${two.version}`);
