import type { Command, Redirection, Word } from "unbash";
import type { Embedded } from "../../documents/embedded.ts";
import { composed, embeddedSlice } from "../../documents/embedded.ts";
import type { Argument } from "./argument.ts";
import { isUnknownText, textOf } from "./argument.ts";
import type { Variables } from "./constants.ts";
import { variablesOf } from "./constants.ts";
import type { Placed, Syntax } from "./syntax.ts";
import { isCommand, syntaxOf } from "./syntax.ts";
import type { Constants, Surrounding } from "./words.ts";
import { argumentOf, literalText } from "./words.ts";

/** A simple command of a script, with the words that it is given. */
export interface ShellCommand {
  words: Argument[];
  /** Where it stands in the shell text. */
  pos: number;
  end: number;
  /** Texts that are given to it as scripts of their own: here-documents. */
  input: Embedded[];
}

export interface ShellScript {
  commands: ShellCommand[];
  /** What the script writes to files, by the name that it gives them; undefined for unknown content. */
  written: ReadonlyMap<string, Embedded | undefined>;
  error?: { at: number; message: string };
}

/** The commands of a shell text; undefined for a text that can't be parsed at all. */
export function readShell(inside: Embedded): ShellScript | undefined {
  const syntax = syntaxOf(inside);
  if (!syntax) return undefined;
  const variables = variablesOf(syntax);
  const { constants } = variables;
  const commands = syntax.nodes
    .filter(isCommand)
    .filter(({ node }) => node.name !== undefined)
    .map((placed) => commandOf(placed, variables));
  const { error } = syntax;
  return { commands, written: writtenBy(syntax, constants), ...(error && { error }) };
}

function commandOf(
  { node, source, inside }: Placed & { node: Command },
  { constants, elements }: Variables,
): ShellCommand {
  const words = [node.name!, ...node.args].filter((word) => word.type === "Word");
  const surrounding = { source, inside, constants };
  const input = node.redirects.flatMap((redirect) => textGiven(redirect, surrounding) ?? []);
  return {
    // A list of words that is known stands for them.
    words: words.flatMap((word) =>
      (elements(word) ?? [word]).map((element) => argumentOf(element, surrounding)),
    ),
    pos: node.pos,
    end: node.end,
    input,
  };
}

/** What is given to a command as its input: a here-document, or a here-string. */
function textGiven(redirect: Redirection, surrounding: Surrounding): Embedded | undefined {
  if (redirect.type === "HereString" && redirect.target)
    return argumentOf(redirect.target, surrounding).inside;
  return bodyOf(redirect, surrounding.inside);
}

const bodyOf = (redirect: Redirection, inside: Embedded): Embedded | undefined =>
  redirect.type === "HereDoc"
    ? composed(inside, embeddedSlice(inside.text, { start: redirect.body.pos, end: redirect.body.end }))
    : undefined;

/** Commands that write to the files that they name. */
const WRITERS = new Set("cp curl dd install ln mv perl sed tee touch truncate wget yq".split(" "));

/** Files that the script writes itself: what they hold before it runs is not what a command will read. */
function writtenBy(syntax: Syntax, constants: Constants): Map<string, Embedded | undefined> {
  const written = new Map<string, Embedded | undefined>();
  // Written twice, or by a command of which only the run tells what it says.
  const add = (word: Word | undefined, source: string, content?: Embedded): void => {
    const name = word && literalText(word, source, constants);
    if (name !== undefined) written.set(name, written.has(name) ? undefined : content);
  };
  const contents = new Map(syntax.nodes.filter(isCommand).flatMap(heredocWrites));
  for (const { node, source } of syntax.nodes) {
    if (node.type === "Redirect" && node.operator.includes(">")) add(node.target, source, contents.get(node));
    if (node.type !== "Command" || !WRITERS.has(node.name?.value ?? "")) continue;
    for (const word of node.args) if (word.type === "Word") add(word, source);
  }
  return written;
}

/** What `cat > FILE <<'EOF'` writes: the here-document, where nothing in it is filled in. */
function heredocWrites({ node, inside }: Placed & { node: Command }): [Redirection, Embedded][] {
  if (node.name?.value !== "cat" || node.args.length > 0) return [];
  const [document, ...more] = node.redirects.filter((redirect) => redirect.type === "HereDoc");
  const target = node.redirects.find((redirect) => redirect.type === "Redirect" && redirect.operator === ">");
  if (!document || !target || more.length > 0 || document.operator !== "<<") return [];
  const isLiteral = document.delimiter?.quoted === true || !/[$`\\]/.test(document.body.text);
  const body = isLiteral ? bodyOf(document, inside) : undefined;
  return body ? [[target, body]] : [];
}

/** The words of a command as texts; those that aren't known hold stand-ins. */
export const textsOf = (words: readonly Argument[]): string[] => words.map(textOf);

export const isKnown = (word: Argument): boolean => word.words === "one" && !isUnknownText(textOf(word));
