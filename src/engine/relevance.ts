/**
 * Heuristics that tell which files may hold a request: cheap tests to skip a file, and tests that keep a
 * directory walk from silently skipping a file that was intended to hold one.
 */

/** An operation name in any notation, however broken the text around it is. */
const NAMES_OPERATION = /["']?operation["']?[ \t]*[:=][ \t]*["']?(?:[a-z0-9-]+:)?([A-Z]\w*)/g;

const OUR_COMMENT = /^[ \t]*#[ \t]*countersign:/im;

/**
 * Every file that holds a request contains one of these: a `countersign:` comment, a key of an envelope, or a
 * marker of one of the containers.
 */
const MARKS =
  /countersign:|operations?["']?[ \t\r\n]*[:=#]|request["']?[ \t\r\n]*[:#]|:aws-sdk:|aws:(?:executeAwsApi|(?:waitFor|assert)AwsResourceProperty)|Custom::|CloudFormation::CustomResource/i;

/**
 * Cheap pre-filter: a text without any of the markers holds no request, and most files of a repository have
 * none.
 */
export const mayHoldRequest = (text: string): boolean => MARKS.test(text) || OBSCURED.test(text);

/**
 * Notations that may hide a marker: JSON and YAML escapes of the characters that markers consist of, a YAML
 * line continued by a backslash, and YAML keys written with `?` or an alias.
 */
const OBSCURED =
  /\\(?:u00(?:[46][1-9a-f]|[57][0-9a]|3a|2d)|U000000(?:[4-7]|3a|2d)|x(?:[4-7]|3a|2d)|\r?\n)|(?:^|[{,[])[ \t-]*(?:\?[ \t\r\n]|\*[^\s*,]+[ \t]+:)/im;

/** The same pre-filter for scripts: every AWS CLI command contains `aws`. */
export const mayHoldCommand = (text: string): boolean => /aws/i.test(text);

/**
 * How containers name an operation: a Step Functions task, or the `Api`/`action` key of an automation step or
 * a custom resource.
 */
const CALLS = /:aws-sdk:[\w-]+:(\w+)|["']?\b(?:Api|action)\\?["']?[ \t]*:[ \t]*\\?["']?(\w+)/g;

/** The operation in a command of the AWS CLI: `aws fsx create-data-repository-task`. */
const COMMANDS = /\baws\b[^\n]*?\s([a-z0-9]+(?:-[a-z0-9]+)+)\b/g;

const joined = (name: string): string => name.replaceAll("-", "").toLowerCase();

/**
 * Whether a text that can't be decoded may have been intended to hold a request. `names` are operation names
 * without the service.
 */
export function maySay(text: string, names: ReadonlySet<string>): boolean {
  const plain = text.replace(ESCAPE, (_, ...codes: (string | undefined)[]) =>
    String.fromCharCode(Number.parseInt(codes.slice(0, 3).find(Boolean)!, 16)),
  );
  if (looksMeant(plain, names) || wasMeant(plain, names)) return true;
  const commands = new Set([...names].map(joined));
  for (const [, command] of text.matchAll(COMMANDS)) if (commands.has(joined(command!))) return true;
  return false;
}

const ESCAPE = /\\(?:u00([2-7][0-9a-f])|U000000([2-7][0-9a-f])|x([2-7][0-9a-f]))/gi;

/** Whether the text names a known operation the way containers do. */
export function wasMeant(text: string, names: ReadonlySet<string>): boolean {
  for (const [, called, api] of text.matchAll(CALLS)) {
    const name = (called ?? api)!.replace(/Command$/, "");
    if (names.has(name.charAt(0).toUpperCase() + name.slice(1))) return true;
  }
  return false;
}

/**
 * Whether the text has a `countersign:` comment or an `operation` key with a known operation. `names` are
 * operation names without the service.
 */
export function looksMeant(text: string, names: ReadonlySet<string>): boolean {
  if (OUR_COMMENT.test(text)) return true;
  for (const [, name] of text.matchAll(NAMES_OPERATION)) if (names.has(name!)) return true;
  return false;
}

/** Explains why a file holds no request, and what to do about it. */
export function whyNone(text: string, names: ReadonlySet<string>): { message: string; help: string } {
  if (text.trim() === "")
    return { message: "the file is empty", help: "put a request into it, or remove it" };
  if (OUR_COMMENT.test(text)) {
    return {
      message: "a `# countersign:` comment counts in the first line only, with the payload below it",
      help: "move it to the very first line of the file",
    };
  }
  if (looksMeant(text, names)) {
    return {
      message: "the file names an operation, but holds no request",
      help: "put `operation:` and `request:` side by side at the top of the document",
    };
  }
  return {
    message: "the file holds no request",
    help: "a request has `operation:` and `request:`; for a bare payload, name its operation with `--operation`",
  };
}

/**
 * Sorted top-level keys of files that Countersign writes (baseline, JSON report, SARIF report). They name
 * operations, but hold no request.
 */
const WRITTEN = ["findings version", "diagnostics outcome requests summary version", "$schema runs version"];

export const isWritten = (value: unknown): boolean =>
  typeof value === "object" && value !== null && WRITTEN.includes(Object.keys(value).sort().join(" "));
