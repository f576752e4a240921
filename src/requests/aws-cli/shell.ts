import type { Command, Redirection, Word } from "unbash";
import type { Embedded } from "../../documents/embedded.ts";
import { composed, embeddedSlice } from "../../documents/embedded.ts";
import type { Argument } from "./argument.ts";
import type { Variables } from "./constants.ts";
import { variablesOf } from "./constants.ts";
import type { Placed, Syntax } from "./syntax.ts";
import { isCommand, syntaxOf } from "./syntax.ts";
import type { Constants, Surrounding } from "./words.ts";
import { argumentOf, literalText } from "./words.ts";

/** A simple command of a script, with its words. */
export interface ShellCommand {
  words: Argument[];
  /** Its position in the shell text. */
  pos: number;
  end: number;
  /** Texts given as standard input, such as here-documents, which may be scripts themselves. */
  input: Embedded[];
}

export interface ShellScript {
  commands: ShellCommand[];
  /** Files that the script writes, by the name that it uses; undefined if the content is not known. */
  written: ReadonlyMap<string, Embedded | undefined>;
  error?: { at: number; message: string };
}

/** Parses the commands of a shell text; undefined if it can't be parsed at all. */
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
    // A known array is replaced by its elements.
    words: words.flatMap((word) =>
      (elements(word) ?? [word]).map((element) => argumentOf(element, surrounding)),
    ),
    pos: node.pos,
    end: node.end,
    input,
  };
}

/** The standard input that a redirection gives: a here-document or here-string. */
function textGiven(redirect: Redirection, surrounding: Surrounding): Embedded | undefined {
  if (redirect.type === "HereString" && redirect.target)
    return argumentOf(redirect.target, surrounding).inside;
  return bodyOf(redirect, surrounding.inside);
}

const bodyOf = (redirect: Redirection, inside: Embedded): Embedded | undefined =>
  redirect.type === "HereDoc"
    ? composed(inside, embeddedSlice(inside.text, { start: redirect.body.pos, end: redirect.body.end }))
    : undefined;

/** Commands that write to files named in their arguments. */
const WRITERS = new Set("cp curl dd install ln mv perl sed tee touch truncate wget yq".split(" "));

/** Files that the script writes itself: their content on disk is not what a command will read. */
function writtenBy(syntax: Syntax, constants: Constants): Map<string, Embedded | undefined> {
  const written = new Map<string, Embedded | undefined>();
  // The content is unknown if a file is written twice, or by a command whose output is only known at run
  // time.
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

/** The file and text that `cat > FILE <<'EOF'` writes, if the here-document needs no expansion. */
function heredocWrites({ node, inside }: Placed & { node: Command }): [Redirection, Embedded][] {
  if (node.name?.value !== "cat" || node.args.length > 0) return [];
  const [document, ...more] = node.redirects.filter((redirect) => redirect.type === "HereDoc");
  const target = node.redirects.find((redirect) => redirect.type === "Redirect" && redirect.operator === ">");
  if (!document || !target || more.length > 0 || document.operator !== "<<") return [];
  const isLiteral = document.delimiter?.quoted === true || !/[$`\\]/.test(document.body.text);
  const body = isLiteral ? bodyOf(document, inside) : undefined;
  return body ? [[target, body]] : [];
}
