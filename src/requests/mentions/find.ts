import type { Span } from "../../diagnostics/lines.ts";
import { formatList } from "../../diagnostics/text.ts";
import type { Unread } from "../request.ts";
import type { Mention } from "./calls.ts";
import { callsInCode, dynamicAccesses } from "./calls.ts";
import { languageCalled } from "./detect-language.ts";
import { lex } from "./lexer.ts";
import type { KnownNames, KnownOperation } from "./names.ts";
import type { ProgramLanguage } from "./program-language.ts";
import { createServiceMatcher } from "./services.ts";
import { callsInStrings } from "./strings.ts";
import { commandsInCode, kebabCalls, namedSymbols } from "./words.ts";

/** More than these tell nobody anything. */
const MAX_CALLS = 500;

/** The calls that a program makes, none of which is read. */
export function findCalls(text: string, language: ProgramLanguage, names: KnownNames): Unread[] {
  const mentions = [...mentionsIn(text, language, names, 0)].sort((a, b) => a.span.start - b.span.start);
  const isNamed = createServiceMatcher(text);
  const called = mentions.flatMap((mention) => resolve(mention, isNamed));
  const made = new Set(called.filter(({ kind }) => kind === "object").map(({ operations }) => operations[0]));
  return called
    .filter(({ kind, operations, isItsOwn }) => kind === "object" || isItsOwn || !made.has(operations[0]))
    .slice(0, MAX_CALLS)
    .map(({ span, operations, services }) => toUnread(span, operations, services, language.name));
}

/** The calls of a text that begins at a place of another one. */
export const placedAt = (from: number, calls: readonly Unread[]): Unread[] =>
  calls.map((one) => ({ ...one, span: { start: from + one.span.start, end: from + one.span.end } }));

/** A program in a program in a program is enough. */
const MAX_DEPTH = 2;

function* mentionsIn(
  text: string,
  language: ProgramLanguage,
  names: KnownNames,
  depth: number,
): Generator<Mention> {
  const lexed = lex(text, language);
  const places = names.placesIn(text);
  yield* callsInCode(lexed, language, names, places);
  if (language.runsCommands) yield* commandsInCode(lexed.code, names);
  if (language.namesInKebab) yield* kebabCalls(lexed.code, names);
  const { mentions, constants, programs } = callsInStrings({ text, lexed, language, names }, places);
  // What a string names is no object that is made elsewhere in the file.
  for (const mention of mentions) yield { ...mention, isItsOwn: true };
  const [first] =
    constants.length > 0 || language.name !== "ruby" ? constants : namedSymbols(lexed.code, names);
  for (const span of first ? dynamicAccesses(lexed, language) : [])
    yield { span, candidates: [first!], kind: "call" };
  for (const { start, end } of depth < MAX_DEPTH ? programs : []) {
    const inner = text.slice(start, end);
    const guess = languageCalled(/boto/.test(inner) ? "python" : "javascript")!;
    for (const { span, ...mention } of mentionsIn(inner, guess, names, depth + 1))
      yield { ...mention, span: { start: start + span.start, end: start + span.end } };
  }
}

interface Called {
  span: Span;
  kind: Mention["kind"];
  isItsOwn: boolean;
  operations: string[];
  services: string[];
}

function resolve(
  { span, candidates, kind, isItsOwn = false }: Mention,
  isNamed: (service: string) => boolean,
): Called[] {
  const meant = meantBy(candidates, isNamed);
  return meant ? [{ span, kind, isItsOwn, ...meant }] : [];
}

/** Which operations a name can mean: a short name, or one that several services have, only those of a service in sight. */
export function meantBy(
  candidates: readonly KnownOperation[],
  isNamed: (service: string) => boolean,
): { operations: string[]; services: string[] } | undefined {
  const meant = candidates.filter(({ isTelling, service }) => isTelling || isNamed(service));
  if (meant.length === 0) return undefined;
  return {
    operations: [...new Set(meant.map(({ operation }) => operation))],
    services: [...new Set(meant.map(({ service }) => service))],
  };
}

const HELP =
  "write the request as a document and check that, or accept this call with a waiver that says why";

export function toUnread(
  span: Span,
  operations: readonly string[],
  services: readonly string[],
  language: string,
): Unread {
  const what = formatList(operations);
  return {
    span,
    why: `a call of ${what} stands in ${placeOf(language)}, and what it requests is not read`,
    help: HELP,
    ...(operations.length === 1 && { operation: operations[0]! }),
    ...(services.length === 1 && { service: services[0]! }),
    language,
  };
}

/** What a call stands in that is of no language. */
const TEXTS: Readonly<Record<string, string>> = {
  text: "a text",
  base64: "a text in base64",
  patch: "a patch",
};

const placeOf = (language: string): string => TEXTS[language] ?? `a program (${language})`;
