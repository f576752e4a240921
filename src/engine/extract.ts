import { resolve } from "node:path";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import type { ParsedText } from "../documents/document.ts";
import { isErrorFault } from "../documents/document.ts";
import { parseText } from "../documents/parse.ts";
import { isConfigFile, isDataFile, isPatch, isProse } from "../files/file-kinds.ts";
import { isOwnDocument } from "../requests/containers/own-files.ts";
import { listDistinctUnread } from "../requests/distinct-unread.ts";
import type { FoundRequests } from "../requests/find.ts";
import { findRequests } from "../requests/find.ts";
import type { OperationNames } from "../requests/operations.ts";
import { createOperationNames } from "../requests/operations.ts";
import { dropFaulty, selectFaults, withRecovered } from "../requests/recovered.ts";
import type { Unread } from "../requests/request.ts";
import { listDecodedWords } from "../requests/scripts/encoded-scripts.ts";
import type { ScriptFile } from "../requests/scripts/find.ts";
import type { ScriptKind } from "../requests/scripts/kind.ts";
import type { CommandLine } from "../requests/shell/command-line.ts";
import { listNamedFiles } from "../requests/shell/named-files.ts";
import { parseJsonWithPlaceholders } from "../requests/templates/embedded-json.ts";
import { parseRecords } from "../requests/trail/parse-records.ts";
import { findSchemaAt } from "../schema/json-schema.ts";
import type { Engine } from "./engine.ts";
import { loadFirstLook } from "./first-look/expected.ts";
import type { FileToExtract } from "./programs.ts";
import { isProgram, readPatch, readProgram, withCallsInside } from "./programs.ts";
import {
  callsKnownOperation,
  declaresKnownOperation,
  isOwnOutput,
  isRunPart,
  locateDeclaration,
  mayContainCommand,
  mayContainRequest,
} from "./relevance.ts";

/** What to do about a call that can't be read, where nothing better is known. */
export const UNREAD_HELP =
  "check what it does by hand; a waiver with a reason in `countersign.yaml` accepts it";

const NO_DOCUMENTS: ParsedText = { documents: [], faults: [], directives: [] };

const NOTHING_FOUND: FoundRequests = { requests: [], faults: [], unread: [] };

/**
 * Extracts a file's requests and all faults of its text. Returns undefined for a file that a directory walk
 * should skip silently.
 */
export async function extractRequests(
  source: FileToExtract,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const found = await extractFromSource(source, engine);
  return found && { ...found, unread: listDistinctUnread(found.unread) };
}

async function extractFromSource(source: FileToExtract, engine: Engine): Promise<FoundRequests | undefined> {
  const { file, text } = source;
  if (engine.commandLine) return extractFromCommandLine(source, engine.commandLine, engine);
  if (isRunPart(text)) return source.isWanted ? NOTHING_FOUND : undefined;
  const records = parseRecords(text);
  if (records) return extractFromRecords(source, records, engine);
  if (isPatch(file)) return readPatch(source, engine);
  const kind = await findScripts(file, text);
  if (!kind && isProgram(file, text)) return readProgram(source, engine);
  const found = await extractFromFile(source, kind, engine);
  return source.isOwnFile ? found : withCallsInside(found, source, engine);
}

/** Extracts the requests of a command that is about to run. */
async function extractFromCommandLine(
  source: FileToExtract,
  commandLine: CommandLine,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const { file, text } = source;
  const look = await loadFirstLook(engine.schemas);
  const isWorthReading =
    mayContainCommand(text) ||
    look.mayName(text) ||
    listDecodedWords(text).length > 0 ||
    listNamedFiles(text, commandLine).some((path) => look.mayHoldCall(path));
  if (!isWorthReading) return NOTHING_FOUND;
  const { callsInEncodedWords, findInlineCode } = await import("../requests/mentions/index.ts");
  const encoded = callsInEncodedWords(text, look.names);
  const found = file.endsWith(".ps1")
    ? await extractFromPowerShell(source, engine)
    : await extractFromShell(source, commandLine, engine);
  const unread = holdsAny(found) ? encoded : [...encoded, ...findInlineCode(text, look.names)];
  return mergeFoundRequests(found, { ...NOTHING_FOUND, unread });
}

async function extractFromShell(source: FileToExtract, commandLine: CommandLine, engine: Engine) {
  const { createCommandLineKind } = await import("../requests/scripts/command-line.ts");
  const { file, text } = source;
  const script = { file, text, kind: createCommandLineKind(commandLine), parsed: NO_DOCUMENTS, commandLine };
  const found = await withCallsInside(await extractFromScripts(script, true, engine), source, engine);
  return found ?? NOTHING_FOUND;
}

const holdsAny = ({ requests, faults, unread }: FoundRequests): boolean =>
  requests.length + faults.length + unread.length > 0;

async function extractFromPowerShell(source: FileToExtract, engine: Engine) {
  const found = (await readProgram(source, engine)) ?? NOTHING_FOUND;
  if (holdsAny(found)) return found;
  const { findPowerShellCommands } = await import("../requests/scripts/find.ts");
  return { ...found, unread: findPowerShellCommands(source.text, engine.schemas) };
}

/** Extracts the requests that records of CloudTrail are of. Commands that stand in records are none. */
function extractFromRecords(
  { text, operation, isWanted }: FileToExtract,
  parsed: ParsedText,
  engine: Engine,
): FoundRequests | undefined {
  const { seenEvents, includesReads } = engine;
  const operations = loadOperationNames(engine);
  const known = { operation, operations, isExpected: isWanted, seenEvents, includesReads };
  const found = findRequests(parsed, text, known);
  const all = { ...found, faults: [...selectFaults(parsed, found), ...found.faults] };
  const isSilent = all.requests.length + all.faults.length + all.unread.length === 0;
  return isSilent && !isWanted ? countOnly(all) : all;
}

/** The kind of script that a file is. Documents are none unless they may contain a command. */
async function findScripts(file: string, text: string): Promise<ScriptKind | undefined> {
  if (isDataFile(file) && !mayContainCommand(text)) return undefined;
  const { findScriptKind } = await import("../requests/scripts/index.ts");
  return findScriptKind(resolve(file), text);
}

/** Files of other kinds than documents hold requests only if they say so, and can be read as documents then. */
async function extractFromFile(
  source: FileToExtract,
  kind: ScriptKind | undefined,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const { file, text, isWanted, isOwnFile } = source;
  if (kind || isWanted || isDataFile(file)) return extractFromDocuments(source, kind, engine);
  const declared = locateDeclaration(text, engine.schemas.names());
  if (isProse(file)) return declared && extractFromDocuments(source, kind, engine);
  const found = await extractFromDocuments(source, kind, engine);
  const isSilent = !found || isNothing({ ...found, unchecked: [] });
  return declared && isSilent && !isOwnFile ? withUnreadDocument(found, declared) : found;
}

/** Extracts the requests of documents, and of files with commands in them. */
async function extractFromDocuments(
  { file, text, operation, isWanted, isOwnFile = false }: FileToExtract,
  kind: ScriptKind | undefined,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  // Of a file that somebody named, there is something to say in any case.
  const mayHold = isWanted || mayContainRequest(text) || (await loadFirstLook(engine.schemas)).mayName(text);
  const mayCall = kind !== undefined && mayContainCommand(text);
  const strange = kind || isProse(file) ? [] : await findUnreadCommands(text, engine);
  if (!mayHold && !mayCall && strange.length === 0) return undefined;
  if (kind && !kind.isYaml)
    return extractFromScripts({ file, text, kind, parsed: NO_DOCUMENTS }, isWanted, engine);
  // Of a text that is read for its commands alone, nobody expects a document.
  const parsed = await parseDocuments({ file, text, isWanted: isWanted && strange.length === 0 }, engine);
  const readable = withRecovered(parsed);
  const parseYaml = await loadInnerYaml(text);
  const { seenEvents } = engine;
  const operations = loadOperationNames(engine);
  const known = { operation, operations, isExpected: isWanted, parseYaml, seenEvents };
  const inDocuments = dropFaulty(findRequests(readable, text, known), parsed);
  const isOwn =
    (!isWanted && (isOwnFile || isConfigFile(file))) ||
    (parsed.documents.length > 0 &&
      parsed.documents.every(({ value }) => isOwnOutput(value) || isOwnDocument(value)));
  if (!isOwn) inDocuments.unread.push(...strange);
  const commands = mayCall
    ? await extractFromScripts({ file, text, kind, parsed: readable }, false, engine)
    : undefined;
  const found = commands ? mergeFoundRequests(inDocuments, commands) : inDocuments;
  const isMeant = (): boolean => !isOwn && isDataFile(file) && meansRequests(text, parsed, engine);
  const holdsCalls = found.requests.length + found.faults.length + found.unread.length > 0;
  if (!isWanted && !holdsCalls && !isMeant()) return countOnly(found);
  const textFaults = isFilledInLater(commands, text) ? [] : selectFaults(parsed, found);
  return { ...found, faults: [...textFaults, ...found.faults] };
}

/** The YAML parser, for a text that may hold YAML of its own. */
const loadInnerYaml = async (text: string) =>
  text.includes("mainSteps") ? (await import("../documents/yaml/yaml.ts")).parseYaml : undefined;

/** Whether a file without a request was meant to hold one. */
function meansRequests(text: string, { faults }: ParsedText, { schemas }: Engine): boolean {
  const names = schemas.names();
  return (
    declaresKnownOperation(text, names) || (faults.some(isErrorFault) && callsKnownOperation(text, names))
  );
}

/** A template that is no YAML until it is filled in isn't faulty if its commands are found all the same. */
function isFilledInLater(commands: FoundRequests | undefined, text: string): boolean {
  const { requests, unread } = commands ?? { requests: [], unread: [] };
  return text.includes("{{") && requests.length + unread.length > 0;
}

/** A file of another kind than documents may be one all the same, as a template of one or JSON with comments is. */
const withUnreadDocument = (found: FoundRequests | undefined, span: Span): FoundRequests => ({
  requests: [],
  faults: [],
  ...found,
  unread: [{ span, why: NO_DOCUMENT, help: NO_DOCUMENT_HELP, language: "text" }],
});

const NO_DOCUMENT = "the file names an operation as a request does, but can't be read as YAML or JSON";
const NO_DOCUMENT_HELP = "name the file to see why, or save the request as a document of its own";

/** What remains of a file that a walk passes over: calls of operations without a schema. */
const countOnly = ({ unchecked = [] }: FoundRequests): FoundRequests | undefined =>
  unchecked.length > 0 ? { requests: [], faults: [], unread: [], unchecked } : undefined;

/** AWS CLI commands in a kind of file that is not searched for commands. */
async function findUnreadCommands(text: string, { schemas }: Engine): Promise<Unread[]> {
  if (!/(?:\b|\\[nrt])aws["',\s\\<\])]/.test(text)) return [];
  const { findStrayCommands } = await import("../requests/scripts/find.ts");
  return findStrayCommands(text, schemas);
}

/** A file that was not named, and has no ending of a document, is one only if it can be parsed as one. */
async function parseDocuments(
  { file, text, isWanted }: Pick<FileToExtract, "file" | "text" | "isWanted">,
  { parseEdited }: Engine,
): Promise<ParsedText> {
  const parsed = parseWithPlaceholders(await parseText(file, text, parseEdited), text);
  return isWanted || isDataFile(file) || !parsed.faults.some(isErrorFault) ? parsed : NO_DOCUMENTS;
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
  script: Omit<ScriptFile, "schemas" | "names" | "findInProgram">,
  isWanted: boolean,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const { findInScripts } = await import("../requests/scripts/find.ts");
  const { schemas, cliVersion, openTexts } = engine;
  const names = loadOperationNames(engine);
  const findInProgram: ScriptFile["findInProgram"] = async ({ language, within }) => {
    const { findInCode } = await import("../requests/programs/find.ts");
    return findInCode(language, within, { path: script.file, text: script.text, schemas });
  };
  const found = await findInScripts({ ...script, schemas, cliVersion, openTexts, names, findInProgram });
  return isNothing(found) && !isWanted ? undefined : found;
}

/** Whether there is nothing to say of a file, not even that it calls operations without a schema. */
const isNothing = ({ requests, faults, unread, unchecked = [] }: FoundRequests): boolean =>
  [requests, faults, unread, unchecked].every((list) => list.length === 0);

const mergeFoundRequests = (a: FoundRequests, b: FoundRequests): FoundRequests => ({
  requests: [...a.requests, ...b.requests],
  faults: [...a.faults, ...b.faults],
  unread: [...a.unread, ...b.unread],
  unchecked: [...(a.unchecked ?? []), ...(b.unchecked ?? [])],
  reads: [...(a.reads ?? []), ...(b.reads ?? [])],
});

/** The operation names of the engine's schemas, built once per engine. */
export function loadOperationNames(engine: Engine): OperationNames {
  const { schemas } = engine;
  const shapeAt = (operation: string, path: Path) => {
    const source = schemas.find(operation)?.source;
    return source && findSchemaAt(source, path);
  };
  engine.operationNames ??= createOperationNames(
    schemas.operations(),
    (operation, path) => Object.keys(shapeAt(operation, path)?.properties ?? {}),
    shapeAt,
  );
  return engine.operationNames;
}
