/** Files that hold no request, but were meant to: the walk's guard against passing over one in silence. */

/** Whatever is broken around it: how a request's operation stands in any of the ways to write one down. */
const NAMES_OPERATION = /["']?operation["']?[ \t]*[:=][ \t]*["']?(?:[a-z0-9-]+:)?([A-Z]\w*)/g;

const OUR_COMMENT = /^[ \t]*#[ \t]*countersign:/im;

/**
 * One of these stands in every file that holds a request: a comment of ours, a key of an envelope, or what the
 * containers of requests are known by.
 */
const MARKS =
  /countersign:|operations?["']?[ \t\r\n]*[:=#]|request["']?[ \t\r\n]*[:#]|:aws-sdk:|aws:(?:executeAwsApi|(?:waitFor|assert)AwsResourceProperty)|Custom::|CloudFormation::CustomResource|AWS::(?:Scheduler::Schedule|StepFunctions::StateMachine|Serverless::|SSM::Document)|aws(?:cc)?_(?:scheduler_schedule|sfn_state_machine|stepfunctions_state_machine|ssm_document)|StartAt["']?[ \t\r\n]*:|mainSteps["']?[ \t\r\n]*:/i;

/** A cheap look first: a text with none of these words holds no request, and most in a repository have none. */
export const mayHoldRequest = (text: string): boolean => MARKS.test(text) || OBSCURED.test(text);

/**
 * What may hide such a word, or what follows it: JSON's and YAML's escapes of characters that words are made of, a line
 * of YAML that goes on after a backslash, and keys behind `?` or `*`.
 */
const OBSCURED =
  /\\(?:u00(?:[46][1-9a-f]|[57][0-9a]|3a|2d)|U000000(?:[4-7]|3a|2d)|x(?:[4-7]|3a|2d)|\r?\n)|(?:^|[{,[])[ \t-]*(?:\?[ \t\r\n]|\*[^\s*,]+[ \t]+:)/im;

/** The same for a file of scripts: in every command of the AWS CLI stands its name. */
export const mayHoldCommand = (text: string): boolean => /aws/i.test(text);

/** How containers of requests name an operation. */
const CALLS = /:aws-sdk:[\w-]+:(\w+)|["']?\b(?:Api|action)\\?["']?[ \t]*:[ \t]*\\?["']?(\w+)/g;

/** The command of an operation in a script: `aws fsx create-data-repository-task`. */
const COMMANDS = /\baws\b[^\n]*?\s([a-z0-9]+(?:-[a-z0-9]+)+)\b/g;

const joined = (name: string): string => name.replaceAll("-", "").toLowerCase();

/** A file that can't be read as text: was it meant in any way? */
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

/** A file that can't be read: was it a container, with a call of an operation that there is a schema for? */
export function wasMeant(text: string, names: ReadonlySet<string>): boolean {
  for (const [, called, api] of text.matchAll(CALLS)) {
    const name = (called ?? api)!.replace(/Command$/, "");
    if (names.has(name.charAt(0).toUpperCase() + name.slice(1))) return true;
  }
  return false;
}

/** By a comment of ours, or by an operation that there is a schema for. `names` are those without the service. */
export function looksMeant(text: string, names: ReadonlySet<string>): boolean {
  if (OUR_COMMENT.test(text)) return true;
  for (const [, name] of text.matchAll(NAMES_OPERATION)) if (names.has(name!)) return true;
  return false;
}

/** Why a file holds no request, and what to do. */
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

/** The keys of what Countersign itself writes: a baseline, a report, and a report as SARIF. They name operations. */
const WRITTEN = ["findings version", "diagnostics outcome requests summary version", "$schema runs version"];

export const isWritten = (value: unknown): boolean =>
  typeof value === "object" && value !== null && WRITTEN.includes(Object.keys(value).sort().join(" "));
