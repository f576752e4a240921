import { resolve } from "node:path";
import type { Document, Fault, ParsedText } from "./documents/document.ts";
import { isOwnByName } from "./documents/file-kinds.ts";
import { parseText } from "./documents/parse.ts";
import type { Engine } from "./engine.ts";
import { isWritten, looksMeant, mayHoldCommand, mayHoldRequest, wasMeant } from "./meant.ts";
import type { FoundRequests } from "./requests/find.ts";
import { findRequests } from "./requests/find.ts";
import type { OperationNames } from "./requests/operations.ts";
import { operationNames } from "./requests/operations.ts";
import type { ScriptFile } from "./requests/scripts/find.ts";
import { scriptKindOf } from "./requests/scripts/index.ts";
import { schemaAt } from "./schema/json-schema.ts";

const NO_DOCUMENTS: ParsedText = { documents: [], faults: [], directives: [] };

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
  const kind = scriptKindOf(resolve(file), text);
  const mayHold = mayHoldRequest(text);
  const mayCall = kind !== undefined && mayHoldCommand(text);
  if (!isWanted && !mayHold && !mayCall) return undefined;
  if (kind && !kind.isYaml) return inScripts({ file, text, kind, parsed: NO_DOCUMENTS }, isWanted, engine);
  const parsed = await parseText(file, text);
  if (!isWanted && (parsed.documents.some(isRuleFile) || isOwn(file, parsed))) return undefined;
  const inDocuments = findRequests(parsed, text, { operation, operations: namesOf(engine) });
  const commands = mayCall ? await inScripts({ file, text, kind, parsed }, false, engine) : undefined;
  const found = commands ? together(inDocuments, commands) : inDocuments;
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  const names = engine.schemas.names();
  const isMeant = (): boolean =>
    !parsed.documents.some(({ value }) => isWritten(value)) &&
    (looksMeant(text, names) || (parsed.faults.length > 0 && wasMeant(text, names)));
  if (nothing && !isWanted && !isMeant()) return undefined;
  const faults: Fault[] = [...parsed.faults, ...found.faults];
  return { ...found, faults };
}

/** The requests of a file that is all text, with scripts in it. */
async function inScripts(
  script: Omit<ScriptFile, "schemas">,
  isWanted: boolean,
  { schemas }: Engine,
): Promise<FoundRequests | undefined> {
  const { findInScripts } = await import("./requests/scripts/find.ts");
  const found = await findInScripts({ ...script, schemas });
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  return nothing && !isWanted ? undefined : found;
}

const together = (a: FoundRequests, b: FoundRequests): FoundRequests => ({
  requests: [...a.requests, ...b.requests],
  faults: [...a.faults, ...b.faults],
  unread: [...a.unread, ...b.unread],
  reads: [...(a.reads ?? []), ...(b.reads ?? [])],
});

/** Made once for an engine. */
function namesOf(engine: Engine): OperationNames {
  const { schemas } = engine;
  engine.operationNames ??= operationNames(schemas.operations(), (operation, path) => {
    const source = schemas.find(operation)?.source;
    return Object.keys((source && schemaAt(source, path))?.properties ?? {});
  });
  return engine.operationNames;
}

/** A configuration, or what a schema is made with: by its name, unless a request stands in it after all. */
const isOwn = (file: string, { documents, directives }: ParsedText): boolean =>
  isOwnByName(file) && directives.length === 0 && !documents.some(({ value }) => holdsEnvelope(value));

const holdsEnvelope = (value: unknown): boolean =>
  isObject(value) &&
  (("request" in value && !isLimits(value)) ||
    (Array.isArray(value.requests) && value.requests.some(holdsEnvelope)));

/** Limits are said of members, by pointers. */
const isLimits = ({ source, request }: Record<string, unknown>): boolean =>
  source !== undefined && isObject(request) && Object.keys(request).every((key) => key.startsWith("/"));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Rules of a user's own, in the same repository: they name an operation, too, but never hold a request. */
const isRuleFile = ({ value }: Document): boolean =>
  typeof value === "object" &&
  value !== null &&
  "operation" in value &&
  !("request" in value) &&
  (("rules" in value && Array.isArray(value.rules)) ||
    ("permissions" in value && Array.isArray(value.permissions)));
