import type { Document, Fault } from "./documents/document.ts";
import { parseText } from "./documents/parse.ts";
import type { Engine } from "./engine.ts";
import { looksMeant, mayHoldRequest, wasMeant } from "./meant.ts";
import type { FoundRequests } from "./requests/find.ts";
import { findRequests } from "./requests/find.ts";
import type { OperationNames } from "./requests/operations.ts";
import { operationNames } from "./requests/operations.ts";
import { schemaAt } from "./schema/json-schema.ts";

/** What there is to read of one file. */
export interface FileText {
  file: string;
  text: string;
  /** The operation of its bare payloads. */
  operation: string | undefined;
  /** Whoever names a file, or the operation of bare payloads, expects a word about it. */
  isWanted: boolean;
}

/** The requests of a file, and every fault of its text; undefined for a file that a walk passes over in silence. */
export async function readRequests(
  { file, text, operation, isWanted }: FileText,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  if (!isWanted && !mayHoldRequest(text)) return undefined;
  const parsed = await parseText(file, text);
  if (!isWanted && parsed.documents.some(isRuleFile)) return undefined;
  const found = findRequests(parsed, text, { operation, operations: namesOf(engine) });
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  const names = engine.schemas.names();
  const isMeant = (): boolean =>
    looksMeant(text, names) || (parsed.faults.length > 0 && wasMeant(text, names));
  if (nothing && !isWanted && !isMeant()) return undefined;
  const faults: Fault[] = [...parsed.faults, ...found.faults];
  return { ...found, faults };
}

/** Made once for an engine. */
function namesOf(engine: Engine): OperationNames {
  const { schemas } = engine;
  engine.operationNames ??= operationNames(schemas.operations(), (operation, path) => {
    const source = schemas.find(operation)?.source;
    return Object.keys((source && schemaAt(source, path))?.properties ?? {});
  });
  return engine.operationNames;
}

/** Rules of a user's own, in the same repository: they name an operation, too. */
const isRuleFile = ({ value }: Document): boolean =>
  typeof value === "object" &&
  value !== null &&
  "operation" in value &&
  "rules" in value &&
  Array.isArray(value.rules);
