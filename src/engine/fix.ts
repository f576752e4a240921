import type { Fix, Replacement } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/lines.ts";
import type { Path } from "../diagnostics/pointer.ts";
import { readKnown } from "../documents/partial.ts";
import type { Container } from "../requests/request.ts";

/** What a fix is about. */
export interface FixedRequest {
  operation: string;
  payload: unknown;
  container: Container;
  path: Path;
}

/** Text that is written in the same way in all quotes, escapes and languages. */
const PLAIN = /^[\w.:/-]+$/;

/** Documents in which quotes make a text of a boolean or number; in a script they don't. */
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
  { file, text, span }: { file: string; text: string; span: Span },
  request: FixedRequest,
): Fix | undefined {
  if (!PLAIN.test(of) || !PLAIN.test(by)) return undefined;
  const written = text.slice(span.start, span.end);
  if (written === of && isShorthand(file, text.slice(span.end))) return undefined;
  const isQuoted = written === `"${of}"` || written === `'${of}'`;
  if (isLiteral && (!isQuoted || !TYPED.has(request.container))) return undefined;
  const offset = isLiteral ? 0 : findOnly(written, of);
  if (offset === undefined) return undefined;
  const start = span.start + offset;
  const end = isLiteral ? span.end : start + of.length;
  return { safe: isSafe([of, by], request), edits: [{ file, start, end, text: by }] };
}

/** In JavaScript, `{ FileSystemID }` is a member and a variable in one: with another name, it is another variable. */
const isShorthand = (file: string, after: string): boolean =>
  /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/.test(file) && /^\s*[,}]/.test(after);

/** Where a word stands in a text, if it stands there once. */
function findOnly(text: string, word: string): number | undefined {
  const first = text.indexOf(word);
  return first >= 0 && text.indexOf(word, first + 1) < 0 ? first : undefined;
}

/** Members that decide whether a call deletes, and what it skips. */
const DECIDING =
  /^(?:Type$|Options$|Events$|AutomaticBackupRetentionDays$|Skip|Bypass|Delete|Force|Release|Retain|Remove)/i;
/** Operations that take something away, by their first word. */
const TAKING_AWAY =
  /:(?:Cancel|CopySnapshotAndUpdate|Delete|Deregister|Detach|Disable|Disassociate|Evict|Purge|Release|Remove|Reset|Restore|Revoke|Shutdown|Stop|Terminate)/;
const KEPT_TYPES: ReadonlySet<unknown> = new Set(["EXPORT_TO_REPOSITORY", "IMPORT_METADATA_FROM_REPOSITORY"]);

/** AWS refuses a call with such a mistake; once it is fixed, the call is made. So none is fixed that could delete. */
function isSafe(words: readonly string[], { operation, payload, path }: FixedRequest): boolean {
  const names = [...path.map(String), ...words];
  if (names.some((name) => DECIDING.test(name)) || TAKING_AWAY.test(operation)) return false;
  return operation !== "fsx:CreateDataRepositoryTask" || KEPT_TYPES.has(readKnown(payload, "Type"));
}
