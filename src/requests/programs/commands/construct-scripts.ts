import type { Script } from "../../scripts/kind.ts";
import type { ProgramFindings } from "../findings.ts";
import type { CallExpression } from "../model/node.ts";
import { lastName, namedArgument, positional } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { linesScript, shellScript, wordsOf, wordsScript } from "./script-text.ts";

/** Finds the commands that constructs of the CDK give to machines and builds. */
export function findConstructScripts(program: SourceProgram, found: ProgramFindings): void {
  if (!program.text.includes("aws")) return;
  for (const call of program.scopes.calls) {
    const name = lastName(call.callee) ?? "";
    const read = Object.hasOwn(CONSTRUCTS, name) ? CONSTRUCTS[name] : undefined;
    if (read) found.addCommands(read(call, program), call);
  }
}

type ReadScripts = (call: CallExpression, program: SourceProgram) => Script[];

const readLines: ReadScripts = (call, program) =>
  linesScript(
    positional(call).map((line) => program.evaluator(call).valueOf(line)),
    program,
  );

const readFirst: ReadScripts = (call, program) => {
  const [first] = positional(call);
  return first ? shellScript(program.evaluator(call).valueOf(first), program) : [];
};

const readArgv: ReadScripts = (call, program) => {
  const [first] = positional(call);
  const words = first && wordsOf(program.evaluator(call).valueOf(first), program);
  return words ? wordsScript(words) : [];
};

/** The lists of commands of a step of a pipeline. */
const readStep: ReadScripts = (call, program) => {
  const evaluator = program.evaluator(call);
  const last = positional(call).at(-1);
  const properties = last && evaluator.valueOf(last);
  return ["commands", "installCommands", "install_commands"].flatMap((name) => {
    const named = namedArgument(call, name);
    const value = named ? evaluator.valueOf(named) : properties?.members?.get(name);
    return value?.items ? linesScript(value.items, program) : [];
  });
};

const CONSTRUCTS: Readonly<Record<string, ReadScripts>> = {
  addCommands: readLines,
  add_commands: readLines,
  addOnExitCommands: readLines,
  add_on_exit_commands: readLines,
  custom: (call, program) => (isOf(call, "UserData") ? readFirst(call, program) : []),
  shellCommand: readFirst,
  shell_command: readFirst,
  argvCommand: readArgv,
  argv_command: readArgv,
  ShellStep: readStep,
  CodeBuildStep: readStep,
};

const isOf = ({ callee }: CallExpression, name: string): boolean =>
  callee.kind === "member" && lastName(callee.of) === name;
