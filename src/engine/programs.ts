import type { Span } from "../diagnostics/lines.ts";
import { isProse, isVendored } from "../files/file-kinds.ts";
import type { FoundRequests } from "../requests/find.ts";
import { detectLanguage, isNotebook, isWebPage } from "../requests/mentions/detect-language.ts";
import type { Unread } from "../requests/request.ts";
import { createSpanMatcher } from "../requests/span-matcher.ts";
import { beginProgram } from "./counting/tuning.ts";
import type { Engine } from "./engine.ts";
import { loadFirstLook } from "./first-look/expected.ts";

/** One file to extract requests from. */
export interface FileToExtract {
  file: string;
  text: string;
  /** The operation of the file's bare payloads. */
  operation: string | undefined;
  /** Whether the user named the file or its operation, and so expects a result for it. */
  isWanted: boolean;
  /** Whether the run uses the file as its configuration, context, rules, schemas or baseline. */
  isOwnFile?: boolean;
}

const NOTHING: FoundRequests = { requests: [], faults: [], unread: [] };
const NOTHING_SEEN: FoundRequests & { seen?: readonly Span[]; missed?: Unread } = NOTHING;

/** Is a file code of a programming language, or a notebook? Such a file is no document, whatever stands in it. */
export const isProgram = (file: string, text: string): boolean =>
  isNotebook(file) || isWebPage(file) || detectLanguage(file, text) !== undefined;

/** The calls of a program. Those in test files are counted, those in other people's programs are nothing. */
export async function readProgram(
  { file, text, isWanted }: FileToExtract,
  { schemas }: Engine,
): Promise<FoundRequests | undefined> {
  const look = await loadFirstLook(schemas);
  const silent = isWanted ? NOTHING : undefined;
  if (look.names.placesIn(text).length === 0 || (!isWanted && isVendored(file))) return silent;
  await beginProgram();
  const { callsInBase64, callsInFile, isTestFile } = await import("../requests/mentions/index.ts");
  const calls = [...callsInFile(file, text, look.names), ...callsInBase64(text, look.names)];
  if (!isWanted && isTestFile(file, text))
    return calls.length > 0 ? { ...NOTHING, passedOver: calls.length } : silent;
  const { findInProgramFile } = await import("../requests/programs/find.ts");
  const { seen, missed, ...read } = (await findInProgramFile(file, text, schemas)) ?? NOTHING_SEEN;
  const found = addCalls(read, calls, seen) ?? NOTHING;
  if (holdsAny(found)) return found;
  return missed ? { ...NOTHING, unread: [missed] } : silent;
}

/** The calls in what a patch adds to files. */
export async function readPatch(
  { file, text, isWanted }: FileToExtract,
  { schemas }: Engine,
): Promise<FoundRequests | undefined> {
  if (!isWanted && isVendored(file)) return undefined;
  const look = await loadFirstLook(schemas);
  const { callsInPatch } = await import("../requests/mentions/index.ts");
  const unread = look.mayName(text) ? callsInPatch(text, look.names) : [];
  return unread.length > 0 || isWanted ? { ...NOTHING, unread } : undefined;
}

const holdsAny = ({ requests, faults, unread, unchecked = [] }: FoundRequests): boolean =>
  requests.length + faults.length + unread.length + unchecked.length > 0;

/** Adds the calls that are neither read nor said already. */
function addCalls(
  found: FoundRequests | undefined,
  calls: readonly Unread[],
  seen: readonly Span[] = [],
): FoundRequests | undefined {
  const isRead = createSpanMatcher([...spansOf(found ?? NOTHING), ...seen]);
  const others = calls.toSorted(byPlace).filter(({ span }) => !isRead(span.start));
  if (others.length === 0) return found;
  const { unread, ...rest } = found ?? NOTHING;
  return { ...rest, unread: [...unread, ...others] };
}

/** What may hold programs besides pages: templates with the code of functions, and steps that are run by an interpreter. */
const HOLDS_PROGRAMS = /::|ZipFile|InlineCode|(?:^|[\s{,"'])(?:shell|script|source)["']?[ \t]*:|windows/im;

/** The requests of the programs in a document or a page. */
async function readInnerPrograms(
  found: FoundRequests | undefined,
  { file, text }: FileToExtract,
  engine: Engine,
): Promise<{ found: FoundRequests | undefined; seen: readonly Span[] }> {
  if (!isProse(file) && !HOLDS_PROGRAMS.test(text)) return { found, seen: [] };
  const { findInnerPrograms } = await import("../requests/programs/find.ts");
  const { seen = [], ...inner } = (await findInnerPrograms(file, text, engine)) ?? NOTHING_SEEN;
  if (!holdsAny(inner)) return { found, seen };
  const { requests, faults, unread, unchecked = [], ...rest } = found ?? NOTHING;
  const all = {
    ...rest,
    requests: [...requests, ...inner.requests],
    faults: [...faults, ...inner.faults],
    unread: [...unread, ...inner.unread],
    unchecked: [...unchecked, ...(inner.unchecked ?? [])],
  };
  return { found: all, seen };
}

/** Documents that are requests have no other texts: what stands in them is their own. */
const isRequestThroughout = ({ requests }: FoundRequests): boolean =>
  requests.length > 0 && requests.every(({ container }) => container === "envelope" || container === "bare");

/** What was found in a document or a script, and the calls of programs that stand in its texts. */
export async function withCallsInside(
  found: FoundRequests | undefined,
  source: FileToExtract,
  engine: Engine,
): Promise<FoundRequests | undefined> {
  const { file, text } = source;
  if (found && isRequestThroughout(found)) return found;
  const look = await loadFirstLook(engine.schemas);
  if (!look.mayName(text)) return found;
  await beginProgram();
  const { callsInBase64, callsInPage, callsInside } = await import("../requests/mentions/index.ts");
  const calls = isProse(file)
    ? callsInPage(file, text, look.names)
    : callsInside(text, look.names, { language: "text", hasComments: !/\.json$/i.test(file) });
  const inner = await readInnerPrograms(found, source, engine);
  return addCalls(inner.found, [...calls, ...callsInBase64(text, look.names)], inner.seen);
}

const byPlace = (a: Unread, b: Unread): number => a.span.start - b.span.start;

/** What is read or said already. */
const spansOf = ({ requests, unread }: FoundRequests): Span[] => [
  ...requests.map((request) => request.span?.() ?? request.document.span(request.path, "value")),
  ...unread.map(({ span }) => span),
];
