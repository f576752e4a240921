import type { Span } from "../../../diagnostics/lines.ts";
import type { Unread } from "../../request.ts";
import type { ScriptLine } from "../../scripts/lines.ts";
import { INDENTED_CODE } from "../../scripts/pages/code-block.ts";
import { createSpanMatcher } from "../../span-matcher.ts";
import { languageCalled } from "../detect-language.ts";
import { findCalls, placedAt } from "../find.ts";
import type { KnownNames } from "../names.ts";
import type { ProgramLanguage } from "../program-language.ts";
import { certainCallsIn } from "../texts.ts";
import { fencesIn } from "./fences.ts";
import { codeElementsIn, languagesNamedBy } from "./markup.ts";
import { callsInPatch } from "./patch.ts";
import { callsOfRenamed } from "./renamed-commands.ts";

/** A stretch of a page that is code. */
export interface PageCode extends Span {
  /** None where neither the page nor the code says which. */
  language: ProgramLanguage | undefined;
  /** It stands in elements of HTML, where some characters are written otherwise. */
  isMarkup?: true;
  /** It shows what is changed in code. */
  isPatch?: true;
}

/** The code in a page: in fences and other blocks, in elements, and in lines that are indented. */
export function codeInPage(path: string, text: string): PageCode[] {
  const { fences, outside } = fencesIn(path, text);
  const told = fences.flatMap(({ language, ...span }): PageCode[] => {
    if (language === undefined) return [];
    if (language === "patch") return [{ ...span, language: undefined, isPatch: true }];
    return [{ ...span, language: language === "untold" ? guessLanguage(text, span) : language }];
  });
  const elements = elementsOutside(text, outside);
  const isInElement = createSpanMatcher(elements);
  const plain = outside.filter(({ start }) => !isInElement(start));
  return [...told, ...elements, ...linesOfCode(path, text, plain)];
}

/** The calls of programs that stand in the code of a page. */
export const callsInPage = (path: string, text: string, names: KnownNames): Unread[] => [
  ...callsInBlocks(path, text, names),
  ...(IMPORTS_SDK.test(text) && /\.mdx$/i.test(path) ? callsInMdx(path, text, names) : []),
];

/** A page that is a program itself: of MDX, what stands in braces outside of blocks runs. */
const IMPORTS_SDK = /^import\b[^;]{0,2000}?\bfrom\s{1,9}["'](?:@aws-sdk\/|aws-sdk\b)/m;

function callsInMdx(path: string, text: string, names: KnownNames): Unread[] {
  const { outside } = fencesIn(path, text);
  const isOutside = createSpanMatcher(outside.map(({ start, next }) => ({ start, end: next })));
  const shown = text.replace(/`[^`\n]{0,1000}`/g, (code) => " ".repeat(code.length));
  return [...certainCallsIn(shown, names), ...callsOfRenamed(shown, names)].filter(({ span }) =>
    isOutside(span.start),
  );
}

function callsInBlocks(path: string, text: string, names: KnownNames): Unread[] {
  return codeInPage(path, text).flatMap(({ language, start, end, isPatch }) => {
    const code = text.slice(start, end);
    if (isPatch) return placedAt(start, callsInPatch(code, names, languageOf));
    const calls = language ? findCalls(code, language, names) : certainCallsIn(code, names);
    return placedAt(start, calls);
  });
}

function elementsOutside(text: string, outside: readonly ScriptLine[]): PageCode[] {
  const isOutside = createSpanMatcher(outside.map(({ start, next }) => ({ start, end: next })));
  return codeElementsIn(text)
    .filter(({ start }) => isOutside(start - 1))
    .map(({ tag, attributes, start, end }) => {
      const inner =
        tag === "pre" ? (/^\s*<code\b([^<>]{0,1000})>/i.exec(text.slice(start, end))?.[1] ?? "") : "";
      const named = languagesNamedBy(`${attributes} ${inner}`).flatMap((name) => languageCalled(name) ?? []);
      const language =
        tag === "script" ? languageCalled("javascript") : (named[0] ?? guessLanguage(text, { start, end }));
      return { start, end, language, isMarkup: true };
    });
}

/** How a program names the SDK of its language, or calls it. */
const SIGNS: readonly (readonly [language: string, sign: RegExp])[] = [
  ["python", /\b(?:boto3|aiobotocore|aioboto3)\b/],
  ["typescript", /["']@aws-sdk\/|\b(?:require\(|from )["']aws-sdk|\bnew \w{1,80}Command\(/],
  ["go", /github\.com\/aws\/aws-sdk-go|&\w{1,40}\.\w{1,80}Input\{/],
  ["java", /\bsoftware\.amazon\.awssdk\b|\wRequest\.builder\(\)/],
  ["ruby", /\bAws::[A-Z]\w*::Client\b/],
  ["php", /\bAws\\[A-Z]\w*\\|->\w{1,80}\(\[/],
  ["csharp", /\bAmazon\.\w{1,40}\.Model\b|\bnew \w{1,80}Request\b/],
  ["terraform", /^[ \t]*resource[ \t]+"aws_/m],
  ["python", /\.[a-z]+(?:_[a-z\d]{1,40}){1,12}\([ \t\r\n]{0,200}(?:\*\*\w|[A-Z]\w{0,80}=[^=])/],
  ["ruby", /\.[a-z]+(?:_[a-z\d]{1,40}){1,12}[( ]\{?[ \t\r\n]{0,200}[a-z_]{1,80}:[ \t\n]/],
  ["javascript", /\.[a-z]\w{1,80}\(\{[ \t\r\n]{0,200}["']?[A-Z]\w{0,80}["']?:/],
];

const guessLanguage = (text: string, { start, end }: Span): ProgramLanguage | undefined =>
  languageOf(text.slice(start, end));

const languageOf = (code: string): ProgramLanguage | undefined =>
  languageCalled(SIGNS.find(([, sign]) => sign.test(code))?.[0] ?? "");

const isPlainText = (path: string): boolean => /\.(?:txt|text)$/i.test(path);

/** Runs of lines that are indented as code is, or that a console of Python's shows; in a plain text, all of it. */
function linesOfCode(path: string, text: string, lines: readonly ScriptLine[]): PageCode[] {
  const runs = runsOfCode(text, lines);
  if (runs.length === 0 && isPlainText(path)) runs.push({ start: 0, end: text.length });
  return runs.flatMap((run) => (isProse(text, run) ? [] : [{ ...run, language: guessLanguage(text, run) }]));
}

function runsOfCode(text: string, lines: readonly ScriptLine[]): Span[] {
  const runs: Span[] = [];
  let open: (Span & { isConsole: boolean }) | undefined;
  let [isBelowBlank, isIntroduced] = [true, false];
  for (const { start, end, next } of lines) {
    const line = text.slice(start, Math.min(end, start + 300));
    const isBlank = line.trim() === "";
    const isConsole = CONSOLE.test(line);
    const isIndented = isConsole || (isIntroduced ? INTRODUCED : INDENTED_CODE).test(line);
    const goesOn = open && open.end <= start && (open.isConsole ? !isBlank : isIndented || isBlank);
    if (open && goesOn) open.end = next;
    else if (!isBlank && isIndented && (isBelowBlank || isConsole)) {
      open = { start, end: next, isConsole: isConsole && !INDENTED_CODE.test(line) };
      runs.push(open);
    } else open = undefined;
    if (!isBlank && !open) isIntroduced = /::[ \t]*$/.test(text.slice(Math.max(start, end - 40), end));
    isBelowBlank = isBlank;
  }
  return runs;
}

/** Below a line that ends in two colons. */
const INTRODUCED = /^[ \t]/;
const CONSOLE = /^[ \t]*(?:>>>|In \[\d{1,6}\]:)[ \t]/;

/** What is indented may also be the text of a list. */
const isProse = (text: string, { start, end }: Span): boolean =>
  /^\s*(?:[-*+]|\d+[.)])[ \t]|`[^`\n]{1,300}`|\b(?:the|an|your|you|this|that|these|which)\b(?=[ \t]+[a-z])/i.test(
    text.slice(start, Math.min(end, start + 300)).split(/\r?\n/, 1)[0]!,
  );
