// `countersign schema check`: do the schemas on disk still say what the pages say?

import { join } from "node:path";
import { checkSchemas, type FileDifference, harmless, quote } from "../generate/index.ts";
import { EXIT } from "./exit.ts";
import { count, type Output, printError } from "./schema-generate.ts";

export type CheckArguments = { pages: string[]; schemas: string };

/** Enough to see what has changed; a schema that changed throughout is not printed throughout. */
const MOST_SHOWN = 20;

export async function run(args: CheckArguments, io: Output): Promise<number> {
  const { errors, differences, checked, pages } = checkSchemas(args.pages, args.schemas, {
    onPage: io.progress,
  });
  if (errors.length > 0) {
    for (const error of errors) io.stderr(printError(error));
    return EXIT.usage;
  }
  const byFile = grouped(differences);
  for (const [file, found] of byFile) {
    for (const difference of found.slice(0, MOST_SHOWN)) {
      io.stdout(`${harmless(join(args.schemas, file))}: ${words(difference)}\n`);
    }
    if (found.length > MOST_SHOWN)
      io.stdout(`  … and ${count(found.length - MOST_SHOWN, "difference")} more\n`);
  }
  if (byFile.size === 0) {
    io.stdout(
      `${count(checked, "schema")} checked: each says what its page says (${count(pages, "page")})\n`,
    );
    return EXIT.ok;
  }
  io.stdout(`\n${count(byFile.size, "file")} of ${checked} differ\n`);
  io.stdout("  help: `countersign schema generate` writes them anew; they are never edited by hand\n");
  return EXIT.failed;
}

function grouped(differences: FileDifference[]): Map<string, FileDifference[]> {
  const groups = new Map<string, FileDifference[]>();
  for (const difference of differences) {
    const group = groups.get(difference.file);
    if (group) group.push(difference);
    else groups.set(difference.file, [difference]);
  }
  return groups;
}

function words(difference: FileDifference): string {
  switch (difference.kind) {
    case "missing":
      return "missing: the page has this part, but there is no schema";
    case "superfluous":
      return "superfluous: the page doesn't have this part";
    case "unreadable":
      return `not JSON: ${quote(difference.why)}`;
    case "formatted":
      return "not as it is generated: only its formatting or the order of its keys differs";
    case "changed": {
      const where = harmless(difference.pointer) || "the whole schema";
      return `${where}: ${value(difference.old)} here, ${value(difference.new)} on the page`;
    }
  }
}

function value(found: unknown): string {
  return found === undefined ? "nothing" : quote(JSON.stringify(found));
}
