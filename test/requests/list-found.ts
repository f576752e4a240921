import { join } from "node:path";
import { ContextStore } from "../../src/context/store.ts";
import { listRequests } from "../../src/engine/list-requests.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";

export const OPERATIONS = builtinSchemas.operations();

/** The output of `find` for a file, named without its directory. */
export async function listFound(directory: string, name: string) {
  const engine = { schemas: builtinSchemas, context: new ContextStore() };
  const file = join(directory, name);
  const { requests, unread, unchecked } = await listRequests([{ file, isExplicit: true }], engine, {});
  return {
    requests: requests.map((request) => ({ ...request, file: name })),
    unread: unread.map((one) => ({ ...one, file: name })),
    ...(unchecked.length > 0 && { unchecked }),
  };
}
