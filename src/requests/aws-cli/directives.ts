import { formatList, quoted } from "../../diagnostics/text.ts";
import { parseDirectives } from "../../documents/directives.ts";
import type { Directive } from "../../documents/document.ts";
import type { RequestFault } from "../request.ts";

/** The keys of a command's `# countersign:` comments. */
export interface CommandDirectives {
  justification?: string;
  caller?: string;
  faults: RequestFault[];
}

const KEYS = ["justification", "caller"] as const;
const COMMENT = /^[ \t@-]*(#.*)$/;

/** How far from a command comments are searched, in characters, since a line may be as long as a file. */
const MAX_DISTANCE = 1000;

/** Reads the comments in the lines above a command and the one at its end. */
export function readCommandDirectives(
  text: string,
  { start, end }: { start: number; end: number },
): CommandDirectives {
  return sayDirectives([
    ...readDirectivesAbove(text, start),
    ...readTrailingDirectives(text.slice(end, end + MAX_DISTANCE), end),
  ]);
}

/** What directives beside a call say of it; those with an unknown key, or without a value, are faults. */
export function sayDirectives(directives: readonly Directive[]): CommandDirectives {
  const known = directives.filter(({ key, value }) => value !== undefined && KEYS.some((one) => one === key));
  const cut = listCutValues(directives);
  const isRest = new Set(cut.flatMap(({ rest }) => rest));
  const others = directives.filter((directive) => !known.includes(directive) && !isRest.has(directive));
  const faults = [...others.map(createDirectiveFault), ...cut.map(createCutValueFault)];
  return {
    ...Object.fromEntries(known.map(({ key, value }) => [key, value])),
    faults: faults.sort((one, other) => one.span.start - other.span.start),
  };
}

/** Characters of a suggestion, which is there to be copied. */
const MAX_SUGGESTED = 300;

/** A value that holds spaces and has no quotes around it: all after the first word isn't part of it. */
interface CutValue {
  directive: Directive;
  rest: Directive[];
}

function listCutValues(directives: readonly Directive[]): CutValue[] {
  const found: CutValue[] = [];
  let end = -1;
  for (const directive of directives) {
    const isNear = directive.span.start - end <= 1;
    if (directive.value !== undefined) found.push({ directive, rest: [] });
    else if (isNear) found.at(-1)?.rest.push(directive);
    else continue;
    end = directive.span.end;
  }
  return found.filter(({ rest }) => rest.length > 0);
}

const createCutValueFault = ({ directive: { key, value }, rest }: CutValue): RequestFault => {
  const words = rest.map((word) => word.key).join(" ");
  return {
    code: "document/envelope",
    span: { start: rest[0]!.span.start, end: rest.at(-1)!.span.end },
    message: `${quoted(words)} is not part of the value of ${quoted(key)}, which has no quotes around it`,
    help: `write ${quoted(`${key}="${value} ${words}"`, MAX_SUGGESTED)}`,
  };
};

function readDirectivesAbove(text: string, start: number): Directive[] {
  const found: Directive[] = [];
  let lineStart = findLineStart(text, start);
  while (lineStart > 0) {
    const before = findLineStart(text, lineStart - 1);
    const comment = COMMENT.exec(text.slice(before, lineStart - 1).trimEnd());
    if (!comment) break;
    found.unshift(...parseDirectivesAt(comment[1]!, before + comment[0].length - comment[1]!.length));
    lineStart = before;
  }
  return found;
}

/** The start of the line that contains an offset; 0 also if it is too far away. */
function findLineStart(text: string, at: number): number {
  const from = Math.max(0, at - MAX_DISTANCE);
  const newline = text.slice(from, at).lastIndexOf("\n");
  return newline < 0 ? 0 : from + newline + 1;
}

function readTrailingDirectives(rest: string, end: number): Directive[] {
  const [line = ""] = rest.split("\n", 1);
  const at = line.search(/(?<=^|\s)#\s*countersign:/);
  return at < 0 ? [] : parseDirectivesAt(line.slice(at), end + at);
}

const parseDirectivesAt = (comment: string, at: number): Directive[] =>
  parseDirectives(comment).map((directive) => ({
    ...directive,
    span: { start: directive.span.start + at, end: directive.span.end + at },
  }));

const createDirectiveFault = ({ key, value, span }: Directive): RequestFault => ({
  code: "document/envelope",
  span,
  message:
    value === undefined
      ? `${quoted(key)} in a \`# countersign:\` comment is not of the form \`key=value\``
      : `${quoted(key)} is not a key of a \`# countersign:\` comment on a command`,
  help: `the keys are ${formatList(KEYS, "and")}; quote a value that holds spaces`,
});
