import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Path } from "../../src/diagnostics/pointer.ts";
import { Unknown } from "../../src/documents/document.ts";
import { parseText } from "../../src/documents/parse.ts";
import { findRequests } from "../../src/requests/find.ts";
import { operationNames } from "../../src/requests/operations.ts";
import { found, OPERATIONS } from "./found.ts";

const FIXTURES = fileURLToPath(new URL("fixtures/", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../../examples/containers/", import.meta.url));

const filesOf = (directory: string): string[] =>
  readdirSync(directory).filter((name) => /\.(?:json|ya?ml)$/.test(name) && !name.endsWith(".found.json"));

/** Beside each file stands what `find --format json` says of it; UPDATE_DOCS=1 writes it anew. */
describe.each(filesOf(FIXTURES))("%s", (name) => {
  test("holds the requests that stand beside it", async () => {
    const actual = `${JSON.stringify(await found(FIXTURES, name), null, 2)}\n`;
    const beside = join(FIXTURES, `${name}.found.json`);
    if (process.env.UPDATE_DOCS) writeFileSync(beside, actual);
    expect(actual).toBe(readFileSync(beside, "utf8"));
  });
});

/** Every part of a value that has no parts. */
function* leaves(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  if (typeof value !== "object" || value === null || value instanceof Unknown) yield [path, value];
  else for (const [key, part] of Object.entries(value)) yield* leaves(part, [...path, key]);
}

/** Without quotes and what they are written with inside of other quotes. */
const bare = (text: string): string => text.replaceAll(/\\u0022|[\\"']/g, "");

/** What is no JSON before somebody fills it in is not read by the finders of requests alone. */
const READABLE = [FIXTURES, EXAMPLES].flatMap((folder) =>
  filesOf(folder).flatMap((name) => (name.startsWith("unfilled") ? [] : { folder, name })),
);

describe.each(READABLE)("$name", ({ folder, name }) => {
  test("has each value and each key where it is said to be", async () => {
    const text = readFileSync(join(folder, name), "utf8");
    const { requests } = findRequests(await parseText(name, text), text, {
      operations: operationNames(OPERATIONS),
    });
    expect(requests.length).toBeGreaterThan(0);
    for (const { payload, payloadPath, payloadDocument, document } of requests) {
      for (const [path, value] of leaves(payload)) {
        const part = (at: "key" | "value"): string => {
          const { start, end } = (payloadDocument ?? document).span([...payloadPath, ...path], at);
          return bare(text.slice(start, end));
        };
        if (!(value instanceof Unknown) && path.length > 0 && !name.startsWith("scheduler-more"))
          expect(part("value")).toBe(String(value));
        const key = String(path.at(-1) ?? "");
        if (/^[A-Z]/.test(key)) expect(part("key").replace(/\.\$$/, "")).toBe(key);
      }
    }
  });
});
