import type { Span } from "../../diagnostics/lines.ts";
import type { Unread } from "../request.ts";
import { within } from "../within.ts";
import type { CliOperations } from "./operations.ts";

/** Where commands of the AWS CLI may stand beside those that were read. */
export interface Leftover {
  text: string;
  operations: CliOperations;
  /** What was looked at already. */
  seen: readonly Span[];
  /** In prose, names of commands are mentioned: a line is one only where it begins like one. */
  isProse: boolean;
  /** `aws` must stand right before the service: in a text of which nothing is known. */
  isStrange: boolean;
}

const WORD = /(?<![\w./-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?![\w./-])/g;

/** The word before, beyond options: `fsx --region eu-west-1 create-…`, `"fsx", "create-…"`. */
const SERVICE = /(?<![\w-])([a-z][a-z0-9.-]*)(?:["',\s\\]+--?[\w-]+(?:[= ][^\s-]\S*)?){0,4}["',\s\\]+$/;
const BEHIND_AWS = /(?<![\w-])aws["',\s\\]+[a-z][a-z0-9.-]*["',\s\\]+$/;

/** A line of Markdown that is a command: behind a prompt, an assignment, or a tag of HTML. */
const COMMAND_LINE = /^[ \t>]*(?:[-*+] )?(?:<\w+>)*(?:\S*[$%#>] +)?(?:[A-Z_]+=\S+ +)*(?:sudo +)?aws\s/;

/** Comments, and what only names or describes. */
const MENTION = /^\s*(?:#|\/\/|(?:- )?["']?(?:name|description|title|summary|help)["']?\s*:)|\s#\s/;

/** As far as a line is looked at. */
const REACH = 400;

/** More than these tell nobody anything. */
const MAX_LEFT = 200;

/** What calls an operation by the names of the AWS CLI where nothing read it: a list for those who ask. */
export function leftOver({ text, operations, seen, isProse, isStrange }: Leftover): Unread[] {
  if (!operations.isNamedIn(text)) return [];
  const isSeen = within(seen);
  const left: Unread[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (left.length === MAX_LEFT) break;
    if (!operations.isCommand(word) || isSeen(index)) continue;
    const before = text.slice(Math.max(0, index - REACH), index);
    const [behind, service] = SERVICE.exec(before) ?? [];
    if (behind === undefined || !operations.find(service!, word)) continue;
    const start = index - behind.length;
    const line = before.slice(before.lastIndexOf("\n", before.length - behind.length - 1) + 1);
    if (MENTION.test(line) || (isProse && !COMMAND_LINE.test(line))) continue;
    if (isStrange && !BEHIND_AWS.test(before)) continue;
    left.push({
      span: { start, end: index + word.length },
      why: `\`${service} ${word}\` stands where no commands of the AWS CLI are read`,
    });
  }
  return left;
}
