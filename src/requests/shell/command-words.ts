import type { Assignment, Command, LiteralPart, Redirection, Word } from "unbash";
import type { Span } from "../../diagnostics/lines.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import type { ShellSyntax, SyntaxSource } from "../aws-cli/syntax.ts";
import { parseShell } from "../aws-cli/syntax.ts";
import type { ShellVariables } from "../aws-cli/variables.ts";
import { findVariables } from "../aws-cli/variables.ts";
import type { WordContext } from "../aws-cli/words.ts";
import { argumentFromWord, argumentsFromWord, readHereDocument } from "../aws-cli/words.ts";
import type { ShellCommand } from "./shell-command.ts";
import type { ShellState } from "./state.ts";

/** Reads the words of a script's commands, with the values of its variables. */
export class CommandWords {
  readonly #inside: EmbeddedText;
  readonly #variables: ShellVariables;

  constructor(syntax: ShellSyntax) {
    this.#inside = syntax.inside;
    this.#variables = findVariables(syntax);
  }

  /** The command with its words; undefined if it only assigns or redirects. */
  read(node: Command, state: ShellState, at: SyntaxSource): ShellCommand | undefined {
    if (!node.name) return undefined;
    const uses: Span[] = [];
    const context = this.createContext(state, at, uses);
    const isAlias = node.name.value === "alias";
    const given = [node.name, ...node.args].flatMap((word) =>
      word.type === "Word" ? [word] : isAlias ? toWord(word) : [],
    );
    const own = at.inside.span({ start: node.pos, end: node.end });
    return {
      words: given.flatMap((word) => this.#expand(word, context)),
      span: (given.some(isParameterList) && state.positional?.span) || own,
      input: node.redirects.flatMap((redirect) => readInput(redirect, context) ?? []),
      inputFiles: node.redirects.flatMap((redirect) => readInputFile(redirect, context) ?? []),
      uses,
      spell: (name) => this.#spell(name, node.pos),
    };
  }

  createContext(
    { positional }: ShellState,
    { source, inside }: SyntaxSource,
    uses: Span[] = [],
  ): WordContext {
    const { constants, findAssignment, changesFieldSeparator } = this.#variables;
    return {
      source,
      inside,
      positional,
      changesFieldSeparator,
      constants: (name, at) => {
        const value = constants(name, at);
        const assignment = value === undefined ? undefined : findAssignment(name, at);
        if (assignment) uses.push(this.#inside.span({ start: assignment.pos, end: assignment.end }));
        return value;
      },
    };
  }

  #expand(word: Word, context: WordContext): readonly Argument[] {
    const elements = this.#variables.elements(word);
    return elements
      ? elements.map((element) => argumentFromWord(element, context))
      : argumentsFromWord(word, context);
  }

  #spell(name: string, at: number): string | undefined {
    const assignment = this.#variables.findAssignment(name, at);
    return assignment?.value.type === "Word" ? assignment.value.text : undefined;
  }
}

/** `alias NAME=TEXT` is parsed as an assignment, but is a word. */
function toWord({ pos, end, text, value }: Assignment): Word[] {
  if (value.type !== "Word") return [];
  const literal = (from: number, to: number, written: string): LiteralPart => ({
    type: "Literal",
    pos: from,
    end: to,
    value: written,
    text: written,
  });
  const parts = value.parts ?? [literal(value.pos, value.end, value.text)];
  const name = literal(pos, value.pos, text.slice(0, value.pos - pos));
  return [{ type: "Word", pos, end, text, value: text, parts: [name, ...parts] }];
}

/** The words of an alias's text, at the position of its use; undefined if it is more than a command. */
export function readAliasWords(text: EmbeddedText, { span }: Argument): Argument[] | undefined {
  const syntax = parseShell(text);
  const [statement, ...more] = syntax?.script.commands ?? [];
  if (!syntax || syntax.error || more.length > 0 || statement?.command.type !== "Command") return undefined;
  const { name, args } = statement.command;
  const context = { source: text.text, inside: text, constants: () => undefined };
  const words = [...(name ? [name] : []), ...args].filter((word) => word.type === "Word");
  return words.map((word) => ({ ...argumentFromWord(word, context), span }));
}

const isParameterList = ({ text }: Word): boolean => /^"?\$(?:[@*]|\{[@*])/.test(text);

/** The standard input that a redirection gives: a here-document or here-string. */
function readInput(redirect: Redirection, context: WordContext): EmbeddedText | undefined {
  if (redirect.type === "HereDoc") return readHereDocument(redirect, context);
  return redirect.type === "HereString" && redirect.target
    ? argumentFromWord(redirect.target, context).inside
    : undefined;
}

const readInputFile = (redirect: Redirection, context: WordContext): Argument | undefined =>
  redirect.type === "Redirect" && redirect.operator === "<" && redirect.target
    ? argumentFromWord(redirect.target, context)
    : undefined;
