import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Path } from "../../src/diagnostics/pointer.ts";
import { Unknown } from "../../src/documents/document.ts";
import { parseText } from "../../src/documents/parse.ts";
import { findRequests } from "../../src/requests/find.ts";
import { createOperationNames } from "../../src/requests/operations.ts";
import { listFound, OPERATIONS } from "./list-found.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../../examples/containers/", import.meta.url));

const listFixtures = (directory: string): string[] =>
  readdirSync(directory).filter((name) => /\.(?:json|ya?ml)$/.test(name) && !name.endsWith(".found.json"));

/**
 * Each fixture has a `.found.json` file with the output of `find --format json`; UPDATE_DOCS=1 updates it.
 */
describe.each(listFixtures(FIXTURES))("findRequests() in the fixture %s", (name) => {
  test("finds what the .found.json file beside it lists", async () => {
    const actual = `${JSON.stringify(await listFound(FIXTURES, name), null, 2)}\n`;
    const beside = join(FIXTURES, `${name}.found.json`);
    if (process.env.UPDATE_DOCS) writeFileSync(beside, actual);
    expect(actual).toBe(readFileSync(beside, "utf8"));
  });
});

/** All scalar values with their paths. */
function* leaves(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  if (typeof value !== "object" || value === null || value instanceof Unknown) yield [path, value];
  else for (const [key, part] of Object.entries(value)) yield* leaves(part, [...path, key]);
}

/** Removes quotes and their escapes, which differ by the level of embedding. */
const removeQuotes = (text: string): string => text.replaceAll(/\\u0022|[\\"']/g, "");

/**
 * The `unfilled` fixtures only become JSON once their placeholders are filled in, which the finders alone
 * don't handle.
 */
const READABLE = [FIXTURES, EXAMPLES].flatMap((folder) =>
  listFixtures(folder).flatMap((name) => (name.startsWith("unfilled") ? [] : { folder, name })),
);

describe.each(READABLE)("positions of requests in $name", ({ folder, name }) => {
  test("cover exactly the text of each key and value", async () => {
    const text = readFileSync(join(folder, name), "utf8");
    const { requests } = findRequests(await parseText(name, text), text, {
      operations: createOperationNames(OPERATIONS),
    });
    expect(requests.length).toBeGreaterThan(0);
    for (const { payload, payloadPath, payloadDocument, document } of requests) {
      for (const [path, value] of leaves(payload)) {
        const part = (at: "key" | "value"): string => {
          const { start, end } = (payloadDocument ?? document).span([...payloadPath, ...path], at);
          return removeQuotes(text.slice(start, end));
        };
        if (!(value instanceof Unknown) && path.length > 0 && !name.startsWith("scheduler-more"))
          expect(part("value")).toBe(String(value));
        const key = String(path.at(-1) ?? "");
        if (/^[A-Z]/.test(key)) expect(part("key").replace(/\.\$$/, "")).toBe(key);
      }
    }
  });
});
