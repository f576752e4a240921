import { resolve } from "node:path";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Document, Fault, ParsedText } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import { isOwnByName } from "../files/file-kinds.ts";
import type { FoundRequests } from "../requests/find.ts";
import { findRequests } from "../requests/find.ts";
import type { OperationNames } from "../requests/operations.ts";
import { operationNames } from "../requests/operations.ts";
import type { Unread } from "../requests/request.ts";
import type { ScriptFile } from "../requests/scripts/find.ts";
import { scriptKindOf } from "../requests/scripts/index.ts";
import { readHoledJson } from "../requests/templates/embedded-json.ts";
import { schemaAt } from "../schema/json-schema.ts";
import type { Engine } from "./engine.ts";
import { isWritten, looksMeant, mayHoldCommand, mayHoldRequest, wasMeant } from "./relevance.ts";

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
export async function readRequests(about: FileText, engine: Engine): Promise<FoundRequests | undefined> {
  const { file, text, isWanted } = about;
  const look = firstLookOf(engine.schemas);
  const kind = scriptKindOf(resolve(file), text);
  const mentions = kind === undefined && mayBeProgram(file, text) ? await findInProgram(about, look) : undefined;
  if (mentions) return mentions.found;
  const mayName = look.mayName(text);
  const found = await readDocument(about, { kind, mayName }, engine);
  const inside = mayName ? await callsBeside(about, found, kind, look.names) : [];
  if (inside.length === 0) return found;
  const { requests = [], faults = [], unread = [], ...others } = found ?? {};
  return { requests, faults, unread: [...unread, ...inside], ...others };
}

/** Commands of the AWS CLI in a file that is not read for commands. */
async function strangeIn(text: string, { schemas }: Engine): Promise<Unread[]> {
  if (!/\baws["',\s\\]+[a-z]/.test(text)) return [];
  const { strangeCommands } = await import("../requests/scripts/find.ts");
  return strangeCommands(text, schemas);
}

/** JSON that placeholders outside of its strings keep from being JSON, as a definition with `"Seconds": ${WAIT}`. */
function filledIn(parsed: ParsedText, text: string): ParsedText {
  if (parsed.documents.length > 0 || parsed.faults.length === 0 || !text.includes("${")) return parsed;
  const document = readHoledJson(text);
  return document ? { ...parsed, documents: [document], faults: [] } : parsed;
}

/** The requests of a file that is all text, with scripts in it. */
async function inScripts(
  script: Omit<ScriptFile, "schemas">,
  isWanted: boolean,
  { schemas }: Engine,
): Promise<FoundRequests | undefined> {
  const { findInScripts } = await import("../requests/scripts/find.ts");
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

/** What documentation pages leave out of an operation's schema, by pointers into the request and the response. */
function isLimits({ value }: Document): boolean {
  const [source, request] = [valueAt(value, ["source"]), valueAt(value, ["request"])];
  return (
    source !== undefined &&
    typeof request === "object" &&
    request !== null &&
    Object.keys(request).every((key) => key === "" || key.startsWith("/"))
  );
}

/** Rules of a user's own, in the same repository: they name an operation, too, but never hold a request. */
const isRuleFile = ({ value }: Document): boolean =>
  typeof value === "object" &&
  value !== null &&
  "operation" in value &&
  !("request" in value) &&
  (("rules" in value && Array.isArray(value.rules)) ||
    ("permissions" in value && Array.isArray(value.permissions)));
