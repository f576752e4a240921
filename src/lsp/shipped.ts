import { ContextStore } from "../context/store.ts";
import { extractRequests } from "../engine/extract.ts";
import { builtinSchemas } from "../schema/builtin.ts";

/** How many requests and calls that can't be read a text holds, by the schemas that ship. */
export async function countShippedRequests(file: string, text: string): Promise<number> {
  const engine = { schemas: builtinSchemas, context: new ContextStore() };
  const found = await extractRequests(
    { file, text, operation: undefined, isWanted: false, isOwnFile: false },
    engine,
  );
  return found ? found.requests.length + found.faults.length + found.unread.length : 0;
}
