import type { Unread } from "../request.ts";
import { ENCODED_BEGINNINGS, listDecodedWords } from "../scripts/encoded-scripts.ts";
import { toUnread } from "./find.ts";
import type { KnownNames } from "./names.ts";
import { commandsInCode } from "./words.ts";

/** A text in base64 that may hold a script, also one that is broken into lines. */
const ENCODED = new RegExp(
  `(?<![A-Za-z0-9+/])(?:${ENCODED_BEGINNINGS.join("|")})[A-Za-z0-9+/=]*(?:(?:\\\\n|\\s)+[A-Za-z0-9+/=]{20,})*`,
  "g",
);

const LANGUAGE = "base64";

/** The calls of scripts in base64 that no reader knows. */
export const callsInBase64 = (text: string, names: KnownNames): Unread[] =>
  [...text.matchAll(ENCODED)].flatMap(({ 0: encoded, index }) => {
    const decoded = Buffer.from(encoded.replaceAll("\\n", ""), "base64").toString("utf8");
    const span = { start: index, end: index + encoded.length };
    return findCalls(decoded, span, LANGUAGE, names);
  });

/** The calls of scripts that a command which is about to run gives to a decoder. */
export const callsInEncodedWords = (text: string, names: KnownNames): Unread[] =>
  listDecodedWords(text).flatMap(({ span, decoded }) => findCalls(decoded, span, "an encoded text", names));

/** A program in the words or the input of the command that runs it. */
const INLINE_CODE =
  /\b(?:python[\d.]*|node|ruby|perl|php|deno|bun)(?:[ \t]+-[\w-]+)*[ \t]+(?:-[A-Za-z]*[cer]|--eval|eval|-|<<)(?![\w-])/;

const IDENTIFIER = /(?<![\w-])[A-Za-z]\w{5,80}(?![\w-])/g;

/** Inline code that names an operation, though no call of it could be found: it may be put together there. */
export function findInlineCode(text: string, names: KnownNames): Unread[] {
  if (!INLINE_CODE.test(text)) return [];
  for (const { 0: word, index } of text.matchAll(IDENTIFIER)) {
    const [known] = names.find(word);
    if (known)
      return [
        toUnread({ start: index, end: index + word.length }, [known.operation], [known.service], "text"),
      ];
  }
  return [];
}

function findCalls(decoded: string, span: Unread["span"], language: string, names: KnownNames): Unread[] {
  const candidates = commandsInCode(decoded, names).flatMap((mention) => mention.candidates);
  if (candidates.length === 0) return [];
  const operations = new Set(candidates.map(({ operation }) => operation));
  const services = new Set(candidates.map(({ service }) => service));
  return [toUnread(span, [...operations], [...services], language)];
}
