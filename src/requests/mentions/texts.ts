import type { Span } from "../../diagnostics/lines.ts";
import type { Unread } from "../request.ts";
import type { Mention } from "./calls.ts";
import { callsInCode } from "./calls.ts";
import { meantBy, toUnread } from "./find.ts";
import type { KnownNames } from "./names.ts";
import type { ProgramLanguage } from "./program-language.ts";
import { createServiceMatcher } from "./services.ts";
import { qualifiedIn } from "./strings.ts";
import { cmdletsInText, commandsInCode } from "./words.ts";

/** Programs inside of documents and scripts: nothing tells where their strings are. */
const INSIDE: ProgramLanguage = { name: "text", endings: [], lineComments: [], strings: [] };

/** Comments, where they begin a line or stand behind a blank; of JSON none. */
const COMMENT = /(?:^|(?<=[ \t]))#[^\n]*/gm;

/** Escapes of JSON and YAML: a name may stand right behind them. */
const ESCAPE = /\\[nrt"\\/]/g;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Keys whose values are prose. */
const PROSE_KEY =
  /^[ \t{,-]*["']?(?:description|summary|title|name|help|comment|notes?|message|label)["']?\s*:/i;

function isProseAt(text: string, { start }: Span): boolean {
  const before = text.slice(Math.max(0, start - 300), start);
  return PROSE_KEY.test(before.slice(before.lastIndexOf("\n") + 1));
}

/**
 * Calls of programs that stand in a document or a script, as in a function's inline code: only what is a call beyond
 * doubt, a method of something with arguments or a new object of a command.
 */
export function callsInside(
  text: string,
  names: KnownNames,
  about: { language: string; hasComments: boolean },
): Unread[] {
  const plain = (about.hasComments ? text.replace(COMMENT, blank) : text).replace(ESCAPE, blank);
  const said = [...certainMentions(plain, names), ...cmdletsInText(plain, names)].filter(
    ({ span }) => !isProseAt(plain, span),
  );
  const headers = qualifiedIn(plain, 0, names).filter(
    ({ span }) => !plain.startsWith(":aws-sdk:", span.start),
  );
  return toUnreadCalls([...said, ...headers], text, about.language);
}

/** The same, in code of which nothing says what language it is in. */
export const certainCallsIn = (code: string, names: KnownNames): Unread[] =>
  toUnreadCalls([...certainMentions(code, names), ...cmdletsInText(code, names)], code, "text");

/** The same, in a part of a file that may be a script. */
export function certainCallsInPart(code: string, names: KnownNames, language: string): Unread[] {
  const plain = code.replace(COMMENT, blank);
  return toUnreadCalls([...certainMentions(plain, names), ...commandsInCode(plain, names)], code, language);
}

function certainMentions(code: string, names: KnownNames): Mention[] {
  return callsInCode({ code }, INSIDE, names).filter(({ span, kind }) => {
    const before = code.slice(Math.max(0, span.start - 300), span.start);
    return (
      kind === "object" ||
      (/(?:\.|->|::)\s*$/.test(before) && /^\s*[(<]/.test(code.slice(span.end, span.end + 10)))
    );
  });
}

function toUnreadCalls(
  mentions: readonly Pick<Mention, "span" | "candidates">[],
  text: string,
  language: string,
): Unread[] {
  const isNamed = createServiceMatcher(text);
  return mentions.flatMap(({ span, candidates }) => {
    const meant = meantBy(candidates, isNamed);
    return meant ? [toUnread(span, meant.operations, meant.services, language)] : [];
  });
}
