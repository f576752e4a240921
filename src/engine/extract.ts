import { resolve } from "node:path";
import { valueAt } from "../diagnostics/pointer.ts";
import type { Document, DocumentFault, ParsedText } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import { isConfigFile } from "../files/file-kinds.ts";
import type { FoundRequests } from "../requests/find.ts";
import { findRequests } from "../requests/find.ts";
import type { OperationNames } from "../requests/operations.ts";
import { createOperationNames } from "../requests/operations.ts";
import type { UnreadSpan } from "../requests/request.ts";
import type { ScriptFile } from "../requests/scripts/find.ts";
import { findScriptKind } from "../requests/scripts/index.ts";
import { parseJsonWithPlaceholders } from "../requests/templates/embedded-json.ts";
import { findSchemaAt } from "../schema/json-schema.ts";
import type { Engine } from "./engine.ts";
import {
  callsKnownOperation,
  declaresKnownOperation,
  isOwnOutput,
  mayContainCommand,
  mayContainRequest,
} from "./relevance.ts";

const NO_DOCUMENTS: ParsedText = { documents: [], faults: [], directives: [] };

/** One file to extract requests from. */
export interface FileToExtract {
  file: string;
  text: string;
  /** The operation of the file's bare payloads. */
  operation: string | undefined;
  /** Whether the user named the file or its operation, and so expects a result for it. */
  isWanted: boolean;
}

/**
 * Extracts a file's requests and all faults of its text. Returns undefined for a file that a directory walk
 * should skip silently.
 */
export async function extractRequests(
  { file, text, operation, isWanted }: FileToExtract,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const kind = findScriptKind(resolve(file), text);
  const mayHold = mayContainRequest(text);
  const mayCall = kind !== undefined && mayContainCommand(text);
  const strange = kind ? [] : await findUnreadCommands(text, engine);
  if (!isWanted && !mayHold && !mayCall && strange.length === 0) return undefined;
  if (kind && !kind.isYaml)
    return extractFromScripts({ file, text, kind, parsed: NO_DOCUMENTS }, isWanted, engine);
  const parsed = parseWithPlaceholders(await parseText(file, text), text);
  if (!isWanted && parsed.documents.some(isRuleFile)) return undefined;
  const parseYaml = text.includes("mainSteps")
    ? (await import("../documents/yaml/yaml.ts")).parseYaml
    : undefined;
  const inDocuments = findRequests(parsed, text, {
    operation,
    operations: loadOperationNames(engine),
    parseYaml,
  });
  if (!parsed.documents.some(({ value }) => isOwnOutput(value))) inDocuments.unread.push(...strange);
  const commands = mayCall
    ? await extractFromScripts({ file, text, kind, parsed }, false, engine)
    : undefined;
  const found = commands ? mergeFoundRequests(inDocuments, commands) : inDocuments;
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  const names = engine.schemas.names();
  const isMeant = (): boolean =>
    !parsed.documents.some(({ value }) => isOwnOutput(value)) &&
    (declaresKnownOperation(text, names) || (parsed.faults.length > 0 && callsKnownOperation(text, names)));
  if (nothing && !isWanted && !isMeant()) return undefined;
  // Files that are Countersign's own by name are skipped, unless they hold a request.
  const holdsNone = found.requests.length + found.faults.length === 0 || parsed.documents.every(isLimitsFile);
  if (isConfigFile(file) && !isWanted && holdsNone) return undefined;
  const faults: DocumentFault[] = [...parsed.faults, ...found.faults];
  return { ...found, faults };
}

/** AWS CLI commands in a kind of file that is not searched for commands. */
async function findUnreadCommands(text: string, { schemas }: Engine): Promise<UnreadSpan[]> {
  if (!/\baws["',\s\\]+[a-z]/.test(text)) return [];
  const { findStrayCommands } = await import("../requests/scripts/find.ts");
  return findStrayCommands(text, schemas);
}

/**
 * Parses JSON that is invalid only because of placeholders outside of strings, such as `"Seconds": ${WAIT}`.
 */
function parseWithPlaceholders(parsed: ParsedText, text: string): ParsedText {
  if (parsed.documents.length > 0 || parsed.faults.length === 0 || !text.includes("${")) return parsed;
  const document = parseJsonWithPlaceholders(text);
  return document ? { ...parsed, documents: [document], faults: [] } : parsed;
}

/** Extracts requests from the scripts in a file. */
async function extractFromScripts(
  script: Omit<ScriptFile, "schemas" | "names">,
  isWanted: boolean,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const { findInScripts } = await import("../requests/scripts/find.ts");
  const found = await findInScripts({
    ...script,
    schemas: engine.schemas,
    names: loadOperationNames(engine),
  });
  const nothing = found.requests.length + found.faults.length + found.unread.length === 0;
  return nothing && !isWanted ? undefined : found;
}

const mergeFoundRequests = (a: FoundRequests, b: FoundRequests): FoundRequests => ({
  requests: [...a.requests, ...b.requests],
  faults: [...a.faults, ...b.faults],
  unread: [...a.unread, ...b.unread],
  reads: [...(a.reads ?? []), ...(b.reads ?? [])],
});

/** The operation names of the engine's schemas, built once per engine. */
function loadOperationNames(engine: Engine): OperationNames {
  const { schemas } = engine;
  engine.operationNames ??= createOperationNames(schemas.operations(), (operation, path) => {
    const source = schemas.find(operation)?.source;
    return Object.keys((source && findSchemaAt(source, path))?.properties ?? {});
  });
  return engine.operationNames;
}

/**
 * Whether the document is a limits file: constraints that documentation pages omit, keyed by pointers into
 * the request and the response of an operation.
 */
function isLimitsFile({ value }: Document): boolean {
  const [source, request] = [valueAt(value, ["source"]), valueAt(value, ["request"])];
  return (
    source !== undefined &&
    typeof request === "object" &&
    request !== null &&
    Object.keys(request).every((key) => key === "" || key.startsWith("/"))
  );
}

/** Whether the document is a rule file of the user's. It names an operation but never holds a request. */
const isRuleFile = ({ value }: Document): boolean =>
  typeof value === "object" &&
  value !== null &&
  "operation" in value &&
  !("request" in value) &&
  (("rules" in value && Array.isArray(value.rules)) ||
    ("permissions" in value && Array.isArray(value.permissions)));
