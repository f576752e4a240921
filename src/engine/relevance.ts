import type { Span } from "../diagnostics/lines.ts";
import { holdsEncodedScript } from "../requests/scripts/encoded-scripts.ts";

/**
 * Heuristics that tell which files may hold a request: cheap tests to skip a file, and tests that keep a
 * directory walk from silently skipping a file that was intended to hold one.
 */

/**
 * An operation with its service, in any notation, however broken the text around it is. Without the service,
 * the name may be one of another tool's.
 */
const OPERATION_KEY = /["']?operation["']?[ \t]*[:=][ \t]*["']?[a-z0-9-]+:([A-Z]\w*)/g;

const COUNTERSIGN_COMMENT = /^[ \t]*#[ \t]*countersign:/im;

/**
 * Every file that holds a request contains one of these: a `countersign:` comment, a key of an envelope, or a
 * marker of one of the containers.
 */
const REQUEST_MARKERS =
  /countersign:|operations?["']?[ \t\r\n]*[:=#]|request["']?[ \t\r\n]*[:#]|:aws-sdk:|aws:(?:executeAwsApi|(?:waitFor|assert)AwsResourceProperty)|Custom::|CloudFormation::CustomResource|AWS::(?:Scheduler::Schedule|StepFunctions::StateMachine|Serverless::|SSM::Document)|aws(?:cc)?_(?:scheduler_schedule|sfn_state_machine|stepfunctions_state_machine|ssm_document)|StartAt["']?[ \t\r\n]*:|mainSteps["']?[ \t\r\n]*:/i;

/**
 * Cheap pre-filter: a text without any of the markers holds no request, and most files of a repository have
 * none.
 */
export const mayContainRequest = (text: string): boolean =>
  ENVELOPE.test(text) || REQUEST_MARKERS.test(text) || OBSCURED_MARKER.test(text);

/** The marker of most files that hold a request: V8 compiles it in a tenth of the time that all take. */
const ENVELOPE = /\boperation["']?:/;

/**
 * Notations that may hide a marker: JSON and YAML escapes of the characters that markers consist of, a YAML
 * line continued by a backslash, and YAML keys written with `?` or an alias.
 */
const OBSCURED_MARKER =
  /\\(?:u00(?:[46][1-9a-f]|[57][0-9a]|3a|2d)|U000000(?:[4-7]|3a|2d)|x(?:[4-7]|3a|2d)|\r?\n)|(?:^|[{,[])[ \t-]*(?:\?[ \t\r\n]|\*[^\s*,]+[ \t]+:)/im;

/** The same pre-filter for scripts: every AWS CLI command contains `aws`, and not as the partition of an ARN; programs that they run may name boto3 alone. */
export const mayContainCommand = (text: string): boolean =>
  /(?<!\barn:)aws|\bboto3/i.test(text) || holdsEncodedScript(text);

/**
 * How containers name an operation: a Step Functions task, or the `Api`/`action` key of an automation step or
 * a custom resource.
 */
const CONTAINER_CALL = /:aws-sdk:[\w-]+:(\w+)|["']?\b(?:Api|action)\\?["']?[ \t]*:[ \t]*\\?["']?(\w+)/g;

/** Beside an `Api` or `action`, the service. */
const SERVICE_KEY = /\bservice\\?["']?[ \t]*:/i;

/** The operation in a command of the AWS CLI: `aws fsx create-data-repository-task`. */
const CLI_COMMAND = /\baws\b[^\n]*?\s([a-z0-9]+(?:-[a-z0-9]+)+)\b/g;

const joinWords = (name: string): string => name.replaceAll("-", "").toLowerCase();

/**
 * Whether a text that can't be decoded may have been intended to hold a request. `names` are operation names
 * without the service.
 */
export function mayNameKnownOperation(text: string, names: ReadonlySet<string>): boolean {
  const plain = text.replace(ESCAPE, (_, ...codes: (string | undefined)[]) =>
    String.fromCharCode(Number.parseInt(codes.slice(0, 3).find(Boolean)!, 16)),
  );
  if (declaresKnownOperation(plain, names) || callsKnownOperation(plain, names)) return true;
  const commands = new Set([...names].map(joinWords));
  for (const [, command] of text.matchAll(CLI_COMMAND)) if (commands.has(joinWords(command!))) return true;
  return false;
}

const ESCAPE = /\\(?:u00([2-7][0-9a-f])|U000000([2-7][0-9a-f])|x([2-7][0-9a-f]))/gi;

/** Whether the text names a known operation the way containers do. */
export function callsKnownOperation(text: string, names: ReadonlySet<string>): boolean {
  const hasService = SERVICE_KEY.test(text);
  for (const [, called, api] of text.matchAll(CONTAINER_CALL)) {
    if (called === undefined && !hasService) continue;
    const name = (called ?? api)!.replace(/Command$/, "");
    if (names.has(name.charAt(0).toUpperCase() + name.slice(1))) return true;
  }
  return false;
}

/**
 * Whether the text has a `countersign:` comment or an `operation` key with a known operation and its service.
 * `names` are operation names without the service.
 */
export const declaresKnownOperation = (text: string, names: ReadonlySet<string>): boolean =>
  locateDeclaration(text, names) !== undefined;

/** Where a text declares a known operation. */
export function locateDeclaration(text: string, names: ReadonlySet<string>): Span | undefined {
  const comment = COUNTERSIGN_COMMENT.exec(text);
  const found = comment ?? [...text.matchAll(OPERATION_KEY)].find(([, name]) => names.has(name!));
  return found && { start: found.index, end: found.index + found[0].length };
}

/** Explains why a file holds no request, and what to do about it. */
export function explainNoRequest(
  text: string,
  names: ReadonlySet<string>,
): { message: string; help: string } {
  if (text.trim() === "")
    return { message: "the file is empty", help: "put a request into it, or remove it" };
  if (COUNTERSIGN_COMMENT.test(text)) {
    return {
      message: "a `# countersign:` comment counts in the first line only, with the payload below it",
      help: "move it to the very first line of the file",
    };
  }
  if (declaresKnownOperation(text, names)) {
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
const OWN_OUTPUT_KEYS = [
  "findings version",
  "diagnostics outcome requests summary version",
  "$schema runs version",
];

/** Whether a text is a part of a run that `check --shard` wrote, which holds the texts of other files. */
export const isRunPart = (text: string): boolean => text.startsWith('{"countersign":"part",');

export const isOwnOutput = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  OWN_OUTPUT_KEYS.includes(
    Object.keys(value)
      .filter((key) => key !== "asOf" && key !== "repositories")
      .sort()
      .join(" "),
  );
