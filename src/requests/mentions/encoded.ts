import type { Unread } from "../request.ts";
import { ENCODED_BEGINNINGS } from "../scripts/encoded-scripts.ts";
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
export function callsInBase64(text: string, names: KnownNames): Unread[] {
  return [...text.matchAll(ENCODED)].flatMap(({ 0: encoded, index }) => {
    const decoded = Buffer.from(encoded.replaceAll("\\n", ""), "base64").toString("utf8");
    const candidates = commandsInCode(decoded, names).flatMap((mention) => mention.candidates);
    if (candidates.length === 0) return [];
    const span = { start: index, end: index + encoded.length };
    const operations = new Set(candidates.map(({ operation }) => operation));
    const services = new Set(candidates.map(({ service }) => service));
    return [toUnread(span, [...operations], [...services], LANGUAGE)];
  });
}
