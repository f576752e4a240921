import type { EmbeddedText } from "../../documents/embedded.ts";
import type { Argument } from "../aws-cli/argument.ts";
import { getArgumentText, isUnknownText } from "../aws-cli/argument.ts";

/** A program in another language that a command runs. */
export interface CommandProgram {
  /** As fences of Markdown call it. */
  language: string;
  within: EmbeddedText;
}

/** How an interpreter is given a program: by an option, or as its standard input. */
interface Interpreter {
  name: RegExp;
  language: string;
  /** The program is the next word. */
  code: RegExp;
  /** Options that take their value as a separate word. */
  values: RegExp;
}

const NEVER = /^\b$/;

const INTERPRETERS: readonly Interpreter[] = [
  { name: /^(?:python|pypy)[\d.]*$/, language: "python", code: /^-[a-zA-Z]*c$/, values: /^-[WX]$/ },
  {
    name: /^node(?:js)?$/,
    language: "javascript",
    code: /^(?:-e|-p|-pe|--eval|--print)$/,
    values: /^(?:-[rC]|--(?:require|import|loader|conditions|env-file))$/,
  },
  {
    name: /^(?:tsx|ts-node|bun)$/,
    language: "typescript",
    code: /^(?:-e|-p|--eval|--print)$/,
    values: NEVER,
  },
  { name: /^deno$/, language: "typescript", code: /^eval$/, values: NEVER },
  { name: /^ruby[\d.]*$/, language: "ruby", code: /^-[a-z]*e$/, values: /^-[rIC]$/ },
  { name: /^php[\d.]*$/, language: "php", code: /^-r$/, values: /^-[cd]$/ },
  {
    name: /^(?:pwsh|powershell)(?:\.exe)?$/i,
    language: "powershell",
    code: /^-c(?:o(?:m(?:m(?:a(?:n(?:d)?)?)?)?)?)?$/i,
    values: /^-(?:ExecutionPolicy|ep|WorkingDirectory|wd|Version)$/i,
  },
];

const findInterpreter = (command: Argument): Interpreter | undefined => {
  const base = getArgumentText(command).replace(/^.*\//, "");
  return INTERPRETERS.find(({ name }) => name.test(base));
};

/** Is a word the name of an interpreter whose programs are read? */
export const isInterpreter = (word: Argument): boolean => findInterpreter(word) !== undefined;

/** The programs that a command runs, as far as they are written down: one of its words, or what it is given as input. */
export function readGivenPrograms(
  command: Argument,
  words: readonly Argument[],
  input: readonly EmbeddedText[],
): CommandProgram[] {
  const interpreter = findInterpreter(command);
  if (!interpreter) return [];
  const { language } = interpreter;
  const given = findCode(interpreter, words);
  const texts = given === "input" ? input : given ? [given] : [];
  return texts.flatMap((within) => (isUnknownText(within.text) ? [] : [{ language, within }]));
}

/** Behind a file, or a module, there are only arguments. */
function findCode(
  { code, values }: Interpreter,
  words: readonly Argument[],
): EmbeddedText | "input" | undefined {
  for (let at = 0; at < words.length; at++) {
    const text = getArgumentText(words[at]!);
    if (code.test(text)) return words[at + 1]?.inside;
    if (text === "-") return "input";
    if (text === "-m" || !text.startsWith("-")) return undefined;
    if (values.test(text)) at++;
  }
  return "input";
}
