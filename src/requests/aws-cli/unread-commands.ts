import type { Span } from "../../diagnostics/lines.ts";
import type { Unread } from "../request.ts";
import { createSpanMatcher } from "../span-matcher.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText } from "./argument.ts";
import type { CliOperations } from "./operations.ts";

/** Where to look for apparent commands that were not read. */
export interface UnreadCommandSearch {
  text: string;
  operations: CliOperations;
  /** Positions of the commands that were read. */
  seen: readonly Span[];
  /** The text is prose, which may mention commands: only lines that begin like a command count. */
  isProse: boolean;
  /** The text is not known to contain commands: `aws` must immediately precede the service. */
  needsAwsPrefix: boolean;
  /** The text is about to run as it stands: only a line that is a comment mentions something. */
  isAboutToRun?: boolean;
}

const WORD = /(?<![\w./-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w./-])/g;

/** What may stand between the words of a command in lists of many formats: `"aws", "fsx"`, `<string>aws</string><string>fsx`, `aws","args":["fsx"`. */
const BETWEEN = String.raw`(?:["'\`,\s\\()[\]]|-\s|</?(?:string|arg|argument|param|value|item|li)\b|/?>|\b(?:value|line)=|\barg(?:s|v|uments)?["']?\s*[:=])`;

/** The words before, with options between them: `fsx --region eu-west-1 create-…`, `"fsx", "create-…"`. */
const BEFORE = new RegExp(
  String.raw`(?<![\w-])[a-z][a-z0-9.-]*(?:["',\s\\]+--?\w[\w-]*(?:[= ][^\s-]\S*)?){0,4}${BETWEEN}+$`,
);
const NAME = /(?<![\w-])[a-z][a-z0-9.-]*/g;
const AFTER_AWS = new RegExp(
  String.raw`(?:(?<![\w-])|(?<=\\[nrt]))aws${BETWEEN}+[a-z][a-z0-9.-]*${BETWEEN}+$`,
);

/** A line of Markdown that is a command, possibly after a prompt, an assignment or an HTML tag. */
const COMMAND_LINE = /^[ \t>]*(?:[-*+] )?(?:<\w+>)*(?:\S*[$%#>] +)?(?:[A-Z_]+=\S+ +)*(?:sudo +)?aws\s/;

/** Comments, and keys whose values only name or describe something. */
const MENTION = /^\s*(?:#|\/\/|(?:- )?["']?(?:name|description|title|summary|help)["']?\s*:)|\s#\s/;

const COMMENT = /^\s*#/;

/** In a state of Salt, the name is what runs. */
const SALT_COMMAND = /\bcmd\.\w+:?[^\n]*\n[^\n]*$/;

/** How far back a line is inspected, in characters. */
const MAX_LOOKBEHIND = 400;

/** A longer list would help nobody. */
const MAX_UNREAD = 200;

/** A command among the words of another one, for a machine or a container that it starts. */
export function findInnerCommand(
  words: readonly Argument[],
  span: Span,
  operations: CliOperations,
): Unread | undefined {
  const names = new Set(words.flatMap((word) => getArgumentText(word).match(/[a-z][a-z0-9-]*/g) ?? []));
  const commands = names.has("aws") ? [...names].filter((name) => operations.isCommand(name)) : [];
  const [found] = commands.flatMap((command) =>
    [...names].flatMap((service) => operations.find(service, command) ?? []),
  );
  return (
    found && {
      span,
      why: `this command gives \`${found.service} ${found.command}\` to another program, and what that requests is not read`,
      help: "check the request as a document of its own",
      operation: found.operation,
      service: found.service,
      language: "shell",
    }
  );
}

/** Lists text that names an operation as the AWS CLI does, but was not read as a command. */
export function findUnreadCommands({
  text,
  operations,
  seen,
  isProse,
  needsAwsPrefix: isStrange,
  isAboutToRun = false,
}: UnreadCommandSearch): Unread[] {
  if (!operations.isNamedIn(text)) return [];
  const isSeen = createSpanMatcher(seen);
  const left: Unread[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (left.length === MAX_UNREAD) break;
    if (!operations.isCommand(word) || isSeen(index)) continue;
    const before = text.slice(Math.max(0, index - MAX_LOOKBEHIND), index);
    const found = findServiceBefore(before, word, operations);
    if (!found) continue;
    const line = before.slice(before.lastIndexOf("\n", before.length - found.distance - 1) + 1);
    if (isMention(before, line, isAboutToRun) || (isProse && !COMMAND_LINE.test(line))) continue;
    if (isStrange && !AFTER_AWS.test(before)) continue;
    left.push({
      span: { start: index - found.distance, end: index + word.length },
      why: `\`${found.service} ${word}\` stands where no commands of the AWS CLI are read`,
      help: "run it as a command of its own, or check the request as a document",
      operation: found.operation,
      service: found.service,
      language: "shell",
    });
  }
  return left;
}

const isMention = (before: string, line: string, isAboutToRun: boolean): boolean =>
  isAboutToRun ? COMMENT.test(line) : MENTION.test(line) && !SALT_COMMAND.test(before);

/** The service of a command, and how far before it that stands: the nearest word that has such a command. */
function findServiceBefore(before: string, command: string, operations: CliOperations) {
  const [words] = BEFORE.exec(before) ?? [];
  for (const { 0: name, index } of [...(words ?? "").matchAll(NAME)].reverse()) {
    const found = operations.find(name, command);
    if (found) return { operation: found.operation, service: name, distance: words!.length - index };
  }
  return undefined;
}
