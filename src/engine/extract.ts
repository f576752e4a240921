import { resolve } from "node:path";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Document, Fault, ParsedText } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import { isData, isOwnByName, isProse } from "../files/file-kinds.ts";
import type { FoundRequests } from "../requests/find.ts";
import { findRequests } from "../requests/find.ts";
import type { OperationNames } from "../requests/operations.ts";
import { operationNames } from "../requests/operations.ts";
import type { Unread } from "../requests/request.ts";
import type { ScriptFile } from "../requests/scripts/find.ts";
import { scriptKindOf } from "../requests/scripts/index.ts";
import type { ScriptKind } from "../requests/scripts/kind.ts";
import { readHoledJson } from "../requests/templates/embedded-json.ts";
import { schemaAt } from "../schema/json-schema.ts";
import type { Engine } from "./engine.ts";
import { firstLookOf } from "./first-look.ts";
import type { FileText } from "./programs.ts";
import { isProgram, readProgram, withCallsInside } from "./programs.ts";
import { isWritten, looksMeant, mayHoldCommand, mayHoldRequest, wasMeant } from "./relevance.ts";

const NO_DOCUMENTS: ParsedText = { documents: [], faults: [], directives: [] };

/** The requests of a file, and every fault of its text; undefined for a file that a walk passes over in silence. */
export async function readRequests(about: FileText, engine: Engine): Promise<FoundRequests | undefined> {
  const { file, text } = about;
  const kind = scriptKindOf(resolve(file), text);
  const look = firstLookOf(engine.schemas);
  if (!kind && isProgram(file, text)) return readProgram(about, look);
  return withCallsInside(await readDocuments(about, kind, engine), about, look);
}

/** The requests of what is no program: documents, and files with commands in them. */
async function readDocuments(
  { file, text, operation, isWanted }: FileText,
  kind: ScriptKind | undefined,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  if (!kind && !isWanted && isProse(file)) return undefined;
  const mayHold = mayHoldRequest(text) || firstLookOf(engine.schemas).mayName(text);
  const mayCall = kind !== undefined && mayHoldCommand(text);
  const strange = kind ? [] : await strangeIn(text, engine);
  if (!isWanted && !mayHold && !mayCall && strange.length === 0) return undefined;
  if (kind && !kind.isYaml) return inScripts({ file, text, kind, parsed: NO_DOCUMENTS }, isWanted, engine);
  const parsed = await parseDocuments(file, text, isWanted);
  if (!isWanted && parsed.documents.some(isRuleFile)) return undefined;
  const parseYaml = text.includes("mainSteps")
    ? (await import("../documents/yaml/yaml.ts")).parseYaml
    : undefined;
  const inDocuments = findRequests(parsed, text, { operation, operations: namesOf(engine), parseYaml });
  if (!parsed.documents.some(({ value }) => isWritten(value))) inDocuments.unread.push(...strange);
  const commands = mayCall ? await inScripts({ file, text, kind, parsed }, false, engine) : undefined;
  const found = commands ? together(inDocuments, commands) : inDocuments;
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  const names = engine.schemas.names();
  const isMeant = (): boolean =>
    isData(file) &&
    !parsed.documents.some(({ value }) => isWritten(value)) &&
    (looksMeant(text, names) || (parsed.faults.length > 0 && wasMeant(text, names)));
  if (nothing && !isWanted && !isMeant()) return undefined;
  // By its name it is a file of our own; but a request in it counts.
  const holdsNone = found.requests.length + found.faults.length === 0 || parsed.documents.every(isLimits);
  if (isOwnByName(file) && !isWanted && holdsNone) return undefined;
  const faults: Fault[] = [...parsed.faults, ...found.faults];
  return { ...found, faults };
}

/** What has no ending of a document, and was not named, is one only if it can be read as one. */
async function parseDocuments(file: string, text: string, isWanted: boolean): Promise<ParsedText> {
  const parsed = filledIn(await parseText(file, text), text);
  return isWanted || isData(file) || parsed.faults.length === 0 ? parsed : NO_DOCUMENTS;
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
