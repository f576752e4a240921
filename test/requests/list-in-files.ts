import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ContextStore } from "../../src/context/store.ts";
import { listRequests } from "../../src/engine/list-requests.ts";
import { expandPath } from "../../src/files/walk.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";

/** Requests as `line:column payload` and unread calls as `line why`, as a walk finds them in a file of this name. */
export async function listInFile(name: string, text: string): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), "places-"));
  mkdirSync(join(directory, ".git"));
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
  const engine = { schemas: builtinSchemas, context: new ContextStore() };
  const { requests, unread } = await listRequests(await expandPath(directory), engine, {});
  return [
    ...requests.map(({ line, column, payload }) => `${line}:${column} ${JSON.stringify(payload)}`),
    ...unread.map(({ line, why }) => `${line} ${why}`),
  ];
}
