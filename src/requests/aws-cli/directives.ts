import { listed, quoted } from "../../diagnostics/text.ts";
import { directivesOf } from "../../documents/directives.ts";
import type { Directive } from "../../documents/document.ts";
import type { RequestFault } from "../request.ts";

/** The keys of a command's `# countersign:` comments. */
export interface Said {
  justification?: string;
  caller?: string;
  faults: RequestFault[];
}

const KEYS = ["justification", "caller"] as const;
const COMMENT = /^[ \t@-]*(#.*)$/;

/** How far from a command comments are searched, in characters, since a line may be as long as a file. */
const NEAR = 1000;

/** Reads the comments in the lines above a command and the one at its end. */
export function saidOf(text: string, { start, end }: { start: number; end: number }): Said {
  const directives = [...above(text, start), ...behind(text.slice(end, end + NEAR), end)];
  const known = directives.filter(({ key, value }) => value !== undefined && KEYS.some((one) => one === key));
  const faults = directives.filter((directive) => !known.includes(directive)).map(wrong);
  return { ...Object.fromEntries(known.map(({ key, value }) => [key, value])), faults };
}

function above(text: string, start: number): Directive[] {
  const found: Directive[] = [];
  let lineStart = lineBefore(text, start);
  while (lineStart > 0) {
    const before = lineBefore(text, lineStart - 1);
    const comment = COMMENT.exec(text.slice(before, lineStart - 1).trimEnd());
    if (!comment) break;
    found.unshift(...placed(comment[1]!, before + comment[0].length - comment[1]!.length));
    lineStart = before;
  }
  return found;
}

/** The start of the line that contains an offset; 0 also if it is too far away. */
function lineBefore(text: string, at: number): number {
  const from = Math.max(0, at - NEAR);
  const newline = text.slice(from, at).lastIndexOf("\n");
  return newline < 0 ? 0 : from + newline + 1;
}

function behind(rest: string, end: number): Directive[] {
  const [line = ""] = rest.split("\n", 1);
  const at = line.search(/(?<=^|\s)#\s*countersign:/);
  return at < 0 ? [] : placed(line.slice(at), end + at);
}

const placed = (comment: string, at: number): Directive[] =>
  directivesOf(comment).map((directive) => ({
    ...directive,
    span: { start: directive.span.start + at, end: directive.span.end + at },
  }));

const wrong = ({ key, value, span }: Directive): RequestFault => ({
  code: "document/envelope",
  span,
  message:
    value === undefined
      ? `${quoted(key)} in a \`# countersign:\` comment is not of the form \`key=value\``
      : `${quoted(key)} is not a key of a \`# countersign:\` comment on a command`,
  help: `the keys are ${listed(KEYS, "and")}; quote a value that holds spaces`,
});
