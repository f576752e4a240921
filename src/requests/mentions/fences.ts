import type { Span } from "../../diagnostics/lines.ts";
import type { Unread } from "../request.ts";
import { splitLines } from "../scripts/lines.ts";
import { languageCalled } from "./detect-language.ts";
import { findCalls } from "./find.ts";
import type { ProgramLanguage } from "./languages.ts";
import type { KnownNames } from "./names.ts";

export interface Fence extends Span {
  language: ProgramLanguage;
}

/** The calls of programs that stand in fences of Markdown, AsciiDoc and reStructuredText. */
export function callsInFences(text: string, names: KnownNames): Unread[] {
  return fencesIn(text).flatMap(({ start, end, language }) =>
    findCalls(text.slice(start, end), language, names).map((one) => ({
      ...one,
      span: { start: start + one.span.start, end: start + one.span.end },
    })),
  );
}

/** A block that is open: where it starts, and what its last line is like. */
interface Open {
  /** None where the block names none: then what is in it may tell. */
  language: ProgramLanguage | "untold" | undefined;
  start: number;
  isEnd(line: string): boolean;
  /** The last line is part of what comes next. */
  isIndented?: true;
}

export function fencesIn(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: Open | undefined;
  /** The language that AsciiDoc's `[source,python]` names for the block in the next line. */
  let source: ProgramLanguage | undefined;
  const close = (end: number): void => {
    const { start = 0, language: told } = open ?? {};
    const language = told === "untold" ? guessLanguage(text.slice(start, end)) : told;
    if (language) fences.push({ language, start, end });
    open = undefined;
  };
  for (const { start, end, next } of splitLines(text)) {
    const line = text.slice(start, Math.min(end, start + 300));
    if (open) {
      if (!open.isEnd(line)) continue;
      const isOver = !open.isIndented;
      close(start);
      if (isOver) continue;
    }
    open = openedBy(line, next, source);
    source = languageCalled(/^\[source, *([\w#+-]+)/.exec(line)?.[1] ?? "");
  }
  close(text.length);
  return fences;
}

/** How a program names the SDK of its language. */
const SDKS: readonly (readonly [language: string, sign: RegExp])[] = [
  ["python", /\b(?:boto3|aiobotocore|aioboto3)\b/],
  ["typescript", /["']@aws-sdk\/|\b(?:require\(|from )["']aws-sdk/],
  ["go", /github\.com\/aws\/aws-sdk-go/],
  ["java", /\bsoftware\.amazon\.awssdk\b/],
  ["ruby", /\bAws::[A-Z]\w*::Client\b/],
  ["terraform", /^[ \t]*resource[ \t]+"aws_/m],
];

const guessLanguage = (code: string): ProgramLanguage | undefined =>
  languageCalled(SDKS.find(([, sign]) => sign.test(code))?.[0] ?? "");

const MARKDOWN = /^[ \t>*+\d.-]{0,40}?(`{3,60}|~{3,60})[ \t]*\{?\.?([\w#+-]*)/;
const RST = /^([ \t]*)\.\. +(?:code-block|code|sourcecode)::[ \t]*([\w#+-]+)/;
const ADOC = /^-{4,}\s*$/;

function openedBy(line: string, start: number, source: ProgramLanguage | undefined): Open | undefined {
  const [, mark, name = ""] = MARKDOWN.exec(line) ?? [];
  if (mark !== undefined) {
    const end = new RegExp(`^[ \\t>]*${mark}${mark[0]}*\\s*$`);
    const language = name === "" ? "untold" : languageCalled(name);
    return { language, start, isEnd: (each) => end.test(each) };
  }
  if (source && ADOC.test(line)) return { language: source, start, isEnd: (each) => ADOC.test(each) };
  const [, indent, code = ""] = RST.exec(line) ?? [];
  if (indent === undefined) return undefined;
  const isEnd = (each: string): boolean =>
    /\S/.test(each) && !(each.startsWith(indent) && /^\s/.test(each.slice(indent.length)));
  return { language: languageCalled(code), start, isEnd, isIndented: true };
}
