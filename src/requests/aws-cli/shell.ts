import type { Command, Redirection, Word } from "unbash";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { composeEmbedded, embedSlice } from "../../documents/embedded.ts";
import type { Argument } from "./argument.ts";
import type { LocatedNode, ShellSyntax } from "./syntax.ts";
import { isCommand, parseShell } from "./syntax.ts";
import type { ShellVariables } from "./variables.ts";
import { findVariables } from "./variables.ts";
import type { ConstantLookup, WordContext } from "./words.ts";
import { argumentFromWord, readLiteralText } from "./words.ts";

/** A simple command of a script, with its words. */
export interface ShellCommand {
  words: Argument[];
  /** Its position in the shell text. */
  pos: number;
  end: number;
  /** Texts given as standard input, such as here-documents, which may be scripts themselves. */
  input: EmbeddedText[];
}

export interface ShellScript {
  commands: ShellCommand[];
  /** Files that the script writes, by the name that it uses; undefined if the content is not known. */
  written: ReadonlyMap<string, EmbeddedText | undefined>;
  error?: { at: number; message: string };
}

/** Parses the commands of a shell text; undefined if it can't be parsed at all. */
export function readShell(inside: EmbeddedText): ShellScript | undefined {
  const syntax = parseShell(inside);
  if (!syntax) return undefined;
  const variables = findVariables(syntax);
  const { constants } = variables;
  const commands = syntax.nodes
    .filter(isCommand)
    .filter(({ node }) => node.name !== undefined)
    .map((placed) => commandFromNode(placed, variables));
  const { error } = syntax;
  return { commands, written: findWrittenFiles(syntax, constants), ...(error && { error }) };
}

function commandFromNode(
  { node, source, inside }: LocatedNode & { node: Command },
  { constants, elements }: ShellVariables,
): ShellCommand {
  const words = [node.name!, ...node.args].filter((word) => word.type === "Word");
  const surrounding = { source, inside, constants };
  const input = node.redirects.flatMap((redirect) => readInput(redirect, surrounding) ?? []);
  return {
    // A known array is replaced by its elements.
    words: words.flatMap((word) =>
      (elements(word) ?? [word]).map((element) => argumentFromWord(element, surrounding)),
    ),
    pos: node.pos,
    end: node.end,
    input,
  };
}

/** The standard input that a redirection gives: a here-document or here-string. */
function readInput(redirect: Redirection, surrounding: WordContext): EmbeddedText | undefined {
  if (redirect.type === "HereString" && redirect.target)
    return argumentFromWord(redirect.target, surrounding).inside;
  return embedHereDocument(redirect, surrounding.inside);
}

const embedHereDocument = (redirect: Redirection, inside: EmbeddedText): EmbeddedText | undefined =>
  redirect.type === "HereDoc"
    ? composeEmbedded(inside, embedSlice(inside.text, { start: redirect.body.pos, end: redirect.body.end }))
    : undefined;

/** Commands that write to files named in their arguments. */
const WRITING_COMMANDS = new Set("cp curl dd install ln mv perl sed tee touch truncate wget yq".split(" "));

/** Files that the script writes itself: their content on disk is not what a command will read. */
function findWrittenFiles(
  syntax: ShellSyntax,
  constants: ConstantLookup,
): Map<string, EmbeddedText | undefined> {
  const written = new Map<string, EmbeddedText | undefined>();
  // The content is unknown if a file is written twice, or by a command whose output is only known at run
  // time.
  const add = (word: Word | undefined, source: string, content?: EmbeddedText): void => {
    const name = word && readLiteralText(word, source, constants);
    if (name !== undefined) written.set(name, written.has(name) ? undefined : content);
  };
  const contents = new Map(syntax.nodes.filter(isCommand).flatMap(findHereDocumentWrites));
  for (const { node, source } of syntax.nodes) {
    if (node.type === "Redirect" && node.operator.includes(">")) add(node.target, source, contents.get(node));
    if (node.type !== "Command" || !WRITING_COMMANDS.has(node.name?.value ?? "")) continue;
    for (const word of node.args) if (word.type === "Word") add(word, source);
  }
  return written;
}

/** The file and text that `cat > FILE <<'EOF'` writes, if the here-document needs no expansion. */
function findHereDocumentWrites({
  node,
  inside,
}: LocatedNode & { node: Command }): [Redirection, EmbeddedText][] {
  if (node.name?.value !== "cat" || node.args.length > 0) return [];
  const [document, ...more] = node.redirects.filter((redirect) => redirect.type === "HereDoc");
  const target = node.redirects.find((redirect) => redirect.type === "Redirect" && redirect.operator === ">");
  if (!document || !target || more.length > 0 || document.operator !== "<<") return [];
  const isLiteral = document.delimiter?.quoted === true || !/[$`\\]/.test(document.body.text);
  const body = isLiteral ? embedHereDocument(document, inside) : undefined;
  return body ? [[target, body]] : [];
}
