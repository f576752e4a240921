/**
 * User text in messages. Text from payloads, file names and pages must be escaped here before it goes into a
 * message, so that it can't control a terminal, reorder a line or inject a CI command.
 */

/**
 * Control characters, line separators, bidi controls, characters that are shown as nothing (Unicode's
 * Default_Ignorable_Code_Point), lone surrogates, noncharacters;
 * and `##[command]`, which the runners of GitHub and Azure execute anywhere in a line.
 */
const harmful = (): RegExp =>
  /#(?=#\w*\[)|[\u0000-\u001f\u007f-\u009f\u2028-\u202e\ufff9-\ufffb\ufffe\uffff]|\p{Default_Ignorable_Code_Point}|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** Most text is plain, and the expression above takes longer to set up than everything else that a small report needs. */
const PLAIN = /^[ !"$-~]*$/;

const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const escapeCharacter = (character: string): string =>
  NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Escapes everything that a terminal or a CI log would interpret. */
export const escapeHarmful = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(harmful(), escapeCharacter);

/**
 * Formats a value as JSON, with harmful characters as JSON escapes: it parses to the same value. An empty indent
 * gives one line.
 */
export const formatSafeJson = (value: unknown, indent: number | string = 2): string =>
  JSON.stringify(value, null, indent).replace(harmful(), (character) =>
    character === "\n" ? "\n" : toJsonEscape(character),
  );

const toJsonEscape = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");

const MAX_QUOTED_LENGTH = 80;

/** Puts text in backticks, escaped, and truncated in the middle if it is longer than `longest` code units. */
export function quoted(text: string, longest = MAX_QUOTED_LENGTH): string {
  return `\`${escapeHarmful(truncateMiddle(text, longest)).replaceAll("`", "'")}\``;
}

function truncateMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, Math.ceil((longest * 2) / 3));
  const tail = text.slice(-Math.floor(longest / 4));
  // Don't leave half a surrogate pair at the cut.
  return `${head.replace(/[\ud800-\udbff]$/, "")}…${tail.replace(/^[\udc00-\udfff]/, "")}`;
}

/** Quotes a word of a command for a POSIX shell, if it needs that; what a terminal would interpret is escaped. */
export const quoteShellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${escapeHarmful(word).replaceAll("'", "'\\''")}'`;

/** Formats "`a`", "`a` or `b`", "`a`, `b` or `c`"; a long list ends in "and 12 more". */
export function formatList(words: readonly string[], last = "or", most = 12): string {
  const shown = words.slice(0, most).map((word) => quoted(word));
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} ${last} ${shown.at(-1)}`;
}

/** Formats "1 item", "2 items". */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : plural}`;

/** Formats 4357 as "4,357", regardless of the locale. */
export const formatNumber = (count: number): string =>
  Math.abs(count) < 1000 ? String(count) : String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
