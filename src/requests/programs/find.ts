import type { Span } from "../../diagnostics/lines.ts";
import type { Document, ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { embedSlice } from "../../documents/embedded.ts";
import { parseText } from "../../documents/parse.ts";
import { isProse } from "../../files/file-kinds.ts";
import type { ShapeStore } from "../aws-cli/operations.ts";
import { languageCalled } from "../mentions/detect-language.ts";
import { findCalls } from "../mentions/find.ts";
import { lex } from "../mentions/lexer.ts";
import { knownNamesOf } from "../mentions/names.ts";
import type { Request, RequestFault, Unchecked, Unread } from "../request.ts";
import { findScriptCommands } from "../scripts/find.ts";
import type { CommandProgram } from "../shell/interpreters.ts";
import { createSpanMatcher } from "../span-matcher.ts";
import { fencedPrograms } from "./fences.ts";
import { ProgramFindings } from "./findings.ts";
import { inlinePrograms } from "./inline-code.ts";
import { innerCodeIn } from "./inner-code.ts";
import type { LanguageReader } from "./language.ts";
import { languageNamed, programLanguage } from "./languages/index.ts";
import { readNotebook } from "./notebook.ts";
import { programOperations } from "./operations.ts";
import { inertIn } from "./outline/inert.ts";
import { holdsScripts, scriptsIn } from "./page-scripts.ts";
import type { ProgramFile } from "./program.ts";
import { SourceProgram } from "./program.ts";
import { hasCallSign, mayComputeCall } from "./signs.ts";
import { stepPrograms } from "./step-code.ts";
import { parseSyntax } from "./tree/syntax-tree.ts";

export interface FoundInProgram {
  requests: (Request & { document: Document })[];
  faults: RequestFault[];
  unread: Unread[];
  /** Calls of operations without a schema. */
  unchecked: Unchecked[];
  /** Where a program that can't be parsed names an operation: to be said if nothing else is. */
  missed?: Unread;
  /** What was looked at by a reader: nothing else needs to be said of it. */
  seen: Span[];
}

/** The requests that a program makes; undefined for a file that is no program, or names no operation. */
export async function findInProgramFile(
  path: string,
  text: string,
  schemas: ShapeStore,
): Promise<FoundInProgram | undefined> {
  const file = { path, text, schemas };
  if (!mayHoldCall(text, file)) return undefined;
  if (path.toLowerCase().endsWith(".ipynb")) return findInNotebook(file);
  if (holdsScripts(path)) return findInAll(scriptsIn(path, text), file);
  const language = programLanguage(path);
  return language && findInProgram(language, embedSlice(text, { start: 0, end: text.length }), file);
}

/** The requests of a notebook's program, and those of the commands in it. */
async function findInNotebook(file: ProgramFile): Promise<FoundInProgram | undefined> {
  const notebook = readNotebook(file.text);
  if (!notebook) return undefined;
  const all = await findInAll(notebook.programs, file);
  const { programs, ...commands } = findScriptCommands(notebook.scripts, file);
  addAll(all, commands);
  for (const inner of programs) addAll(all, await findInCommand(inner, file));
  return all;
}

async function findInAll(
  programs: readonly { language: LanguageReader; within: EmbeddedText }[],
  file: ProgramFile,
): Promise<FoundInProgram> {
  const all: FoundInProgram = { requests: [], faults: [], unread: [], unchecked: [], seen: [] };
  for (const { language, within } of programs) {
    if (!mayHoldCall(within.text, file)) continue;
    const found = await findInProgram(language, within, file);
    addAll(all, found);
    if (found.missed) all.missed = found.missed;
  }
  return all;
}

const mayHoldCall = (text: string, { schemas }: ProgramFile): boolean =>
  programOperations(schemas).isNamedIn(text) || hasCallSign(text) || mayComputeCall(text);

/** The requests of programs inside of a file of another kind: Markdown, or templates with code in them. */
export async function findInnerPrograms(
  path: string,
  text: string,
  { schemas, parseEdited }: { schemas: ShapeStore; parseEdited?: (file: string, text: string) => ParsedText },
): Promise<FoundInProgram | undefined> {
  if (!programOperations(schemas).isNamedIn(text)) return undefined;
  const all: FoundInProgram = { requests: [], faults: [], unread: [], unchecked: [], seen: [] };
  const { documents } = isProse(path) ? { documents: [] } : await parseText(path, text, parseEdited);
  const inline = documents.flatMap((document) => [
    ...inlinePrograms(document, text),
    ...stepPrograms(path, text, document),
  ]);
  const fenced = isProse(path) ? fencedPrograms(path, text) : [];
  for (const { language, within, ...more } of [...fenced, ...inline]) {
    if (!within && "part" in more)
      all.unread.push({ span: more.part.span(), why: FILLED_IN, language: language.name });
    if (!within || !programOperations(schemas).isNamedIn(within.text)) continue;
    const found = await findInProgram(language, within, { path, text, schemas });
    const caller = "caller" in more ? more.caller : undefined;
    const requests =
      caller === undefined ? found.requests : found.requests.map((one) => ({ caller, ...one }));
    addAll(all, { ...found, requests });
  }
  return all;
}

/** The requests of a text in a language by its name; none where it names no operation. */
export async function findInCode(
  language: string,
  within: EmbeddedText,
  file: ProgramFile,
): Promise<FoundInProgram> {
  const reader = languageNamed(language);
  const isNamed = programOperations(file.schemas).isNamedIn(within.text);
  return reader && isNamed
    ? findInProgram(reader, within, file)
    : { requests: [], faults: [], unread: [], unchecked: [], seen: [] };
}

/** The requests of a program that a command runs, and the calls in it that its reader doesn't know. */
async function findInCommand(
  { language, within }: CommandProgram,
  file: ProgramFile,
): Promise<FoundInProgram> {
  const found = await findInCode(language, within, file);
  const known = languageCalled(language);
  const calls = known ? findCalls(within.text, known, knownNamesOf(file.schemas)) : [];
  const isRead = createSpanMatcher([
    ...found.requests.flatMap(({ callSpan }) => callSpan ?? []),
    ...found.unread.map(({ span }) => span),
    ...found.seen,
  ]);
  const left = calls
    .map((call) => ({ ...call, span: within.span(call.span) }))
    .filter(({ span }) => !isRead(span.start));
  return { ...found, unread: [...found.unread, ...left] };
}

/** A program in a program. */
async function addInnerCode(program: SourceProgram, found: ProgramFindings): Promise<void> {
  for (const { call, language, within } of innerCodeIn(program)) {
    if (within) addAll(found, await findInCommand({ language: language.name, within }, program.file));
    else found.skip(call.span, FILLED_IN);
  }
}

function addAll(all: FoundInProgram, found: FoundInProgram): void {
  all.requests.push(...found.requests);
  all.faults.push(...found.faults);
  all.unread.push(...found.unread);
  all.unchecked.push(...found.unchecked);
  all.seen.push(...found.seen);
}

const FILLED_IN = "something is filled into this code, which names an operation: it can't be read";

/** Of a shorter text, nothing is worth leaving out. */
const MIN_LENGTH = 1000;

/** What of a program has nothing to do with its calls, and needn't be parsed. */
function omittedIn(text: string, { name }: LanguageReader, { schemas }: ProgramFile): Span[] {
  const language = text.length < MIN_LENGTH ? undefined : languageCalled(name);
  return language ? inertIn(text, lex(text, language).code, language.name, programOperations(schemas)) : [];
}

async function withYaml(file: ProgramFile): Promise<ProgramFile> {
  if (!file.text.includes("mainSteps")) return file;
  const { parseYaml } = await import("../../documents/yaml/yaml.ts");
  return { ...file, parseYaml };
}

/** The requests of a program, some parts of which needn't be looked at. */
export async function findInProgram(
  language: LanguageReader,
  within: EmbeddedText,
  file: ProgramFile,
  omitted: readonly Span[] = omittedIn(within.text, language, file),
): Promise<FoundInProgram> {
  const text = language.prepared?.(within.text) ?? within.text;
  const tree = await parseSyntax(language.grammar, text, omitted);
  const program = new SourceProgram(language, within, tree, await withYaml(file));
  const { operations } = program;
  const found = new ProgramFindings(program);
  const deep = tree.unread.filter(({ start, end }) => operations.isNamedIn(within.text.slice(start, end)));
  for (const span of deep) found.skip(span, "this nests too deep to be read, and names an operation");
  for (const find of language.finders) await find(program, found);
  await addInnerCode(program, found);
  for (const inner of found.programs) addAll(found, await findInCommand(inner, file));
  if (tree.root.hasError) found.miss(operations.firstNamedIn(within.text, tree.comments));
  return found;
}
