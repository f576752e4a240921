import type { Fix, Replacement } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { readKnown } from "../../documents/partial.ts";
import type { Container } from "../../requests/request.ts";

/** What a fix is about. */
export interface FixedRequest {
  operation: string;
  payload: unknown;
  container: Container;
  path: Path;
}

/** A text of a file, and where in it the finding is. */
export interface WrittenText {
  file: string;
  text: string;
  span: Span;
}

/** Text that is written in the same way in all quotes, escapes and languages. */
const PLAIN = /^[\w.:/-]+$/;
/** Without quotes, YAML takes such a text for something else, and a command for an option. */
const NEEDS_QUOTES = /^(?:[-:].*|.*:|[\d.:_eE+-]+|true|false|null|yes|no|on|off|[yn])$/i;

/** Documents in which quotes make a text of a boolean or number. */
const TYPED: ReadonlySet<Container> = new Set([
  "envelope",
  "bare",
  "scheduler",
  "step-functions",
  "ssm-automation",
]);

/**
 * Turns a replacement into an edit of the file's text; undefined where what stands at the span isn't plainly the text
 * that is replaced, for example because a variable holds it.
 */
export function createFix(
  { of, by, isLiteral = false }: Replacement,
  written: WrittenText,
  request: FixedRequest,
): Fix | undefined {
  if (typeof by !== "string") return createListFix(of, by, written, request);
  if (!PLAIN.test(of) || !PLAIN.test(by)) return undefined;
  const span = isLiteral ? findLiteral(of, written, request) : findWord(of, by, written);
  if (!span) return undefined;
  return { safe: isSafe([of, by], request), edits: [{ file: written.file, ...span, text: by }] };
}

/** The span of a text with its quotes, which may be escaped because the document is itself in quotes. */
function findLiteral(of: string, { text, span }: WrittenText, { container }: FixedRequest): Span | undefined {
  const quotes = readQuotes(of, text.slice(span.start, span.end));
  if (!quotes) return undefined;
  // In a command, only JSON has booleans and numbers; quotes of the shell make no difference.
  const isJson = quotes.endsWith('"') && /[:[,]\s*$/.test(text.slice(0, span.start));
  return TYPED.has(container) || (container === "aws-cli" && isJson) ? span : undefined;
}

/** The quotes around a text, with the backslashes before them; undefined if something else stands there. */
function readQuotes(of: string, written: string): string | undefined {
  const [, quotes] = /^(\\*["'])/.exec(written) ?? [];
  return quotes !== undefined && written === quotes + of + quotes ? quotes : undefined;
}

/** The span of a word where it stands only once. */
function findWord(of: string, by: string, { file, text, span }: WrittenText): Span | undefined {
  const written = text.slice(span.start, span.end);
  if (written === of && (isShorthand(file, text.slice(span.end)) || NEEDS_QUOTES.test(by))) return undefined;
  const offset = findOnly(written, of);
  return offset === undefined
    ? undefined
    : { start: span.start + offset, end: span.start + offset + of.length };
}

/** In JavaScript, `{ FileSystemID }` is a member and a variable in one: with another name, it is another variable. */
const isShorthand = (file: string, after: string): boolean =>
  /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/.test(file) && /^\s*[,}]/.test(after);

/** Where a word stands in a text, if it stands there once. */
function findOnly(text: string, word: string): number | undefined {
  const first = text.indexOf(word);
  return first >= 0 && text.indexOf(word, first + 1) < 0 ? first : undefined;
}

/** Text of an item of a list that is the same in all quotes. */
const PLAIN_ITEM = /^[\w.:/ ,+=@-]+$/;

/** One item becomes several. What deletes, exports or releases more than before is never applied, only suggested. */
function createListFix(
  of: string,
  items: readonly string[],
  written: WrittenText,
  { container }: FixedRequest,
): Fix | undefined {
  const { file, text, span } = written;
  const found = text.slice(span.start, span.end);
  const quotes = found === of ? "" : readQuotes(of, found);
  if (quotes === undefined || ![of, ...items].every((item) => PLAIN_ITEM.test(item))) return undefined;
  if (quotes === "" && items.some((item) => NEEDS_QUOTES.test(item) || item.includes(" "))) return undefined;
  const separator = findSeparator(text.slice(0, span.start), quotes, container);
  if (separator === undefined) return undefined;
  const by = items.map((item) => quotes + item + quotes).join(separator);
  return { safe: false, edits: [{ file, ...span, text: by }] };
}

/** What separates the items of the list at whose item a text ends; undefined if it is none that is known. */
function findSeparator(before: string, quotes: string, container: Container): string | undefined {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const isFirst = line.length === before.length;
  if (/^[ \t]*- $/.test(line))
    return `${!isFirst && before.at(-line.length - 2) === "\r" ? "\r\n" : "\n"}${line}`;
  if (quotes !== "" && /[[{(,]\s*$/.test(before)) return ", ";
  return container === "aws-cli" && /\s$/.test(before) ? " " : undefined;
}

/** Members that decide whether a call deletes, and what it skips. */
const DECIDING =
  /^(?:Type$|Options$|Events$|AutomaticBackupRetentionDays$|Skip|Bypass|Delete|Force|Release|Retain|Remove)/i;
/** Operations that take something away, by their first word. */
const TAKING_AWAY =
  /:(?:Abort|Cancel|Clear|CopySnapshotAndUpdate|Delete|Deregister|Detach|Disable|Disassociate|Drop|Empty|Erase|Evict|Expire|Forget|Purge|Put\w*Lifecycle|Reboot|Release|Remove|Replace|Reset|Restore|Revert|Revoke|Rollback|Shutdown|Stop|Terminate|Truncate|Wipe)/;
const KEPT_TYPES: ReadonlySet<unknown> = new Set(["EXPORT_TO_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"]);

/** AWS refuses a call with such a mistake; once it is fixed, the call is made. So none is fixed that could delete. */
const isSafe = (words: readonly string[], { path, ...request }: FixedRequest): boolean =>
  ![...path.map(String), ...words].some((name) => DECIDING.test(name)) && !mayTakeAway(request);

/** Whether a request may take something away, as far as its type is known. */
export const mayTakeAway = ({ operation, payload }: Pick<FixedRequest, "operation" | "payload">): boolean =>
  TAKING_AWAY.test(operation) ||
  (operation === "fsx:CreateDataRepositoryTask" && !KEPT_TYPES.has(readKnown(payload, "Type")));
