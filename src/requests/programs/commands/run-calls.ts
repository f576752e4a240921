import type { Argument } from "../../aws-cli/argument.ts";
import { createUnknownArgument } from "../../aws-cli/argument.ts";
import type { Script } from "../../scripts/kind.ts";
import { splitWords } from "../../scripts/words.ts";
import type { ProgramFindings } from "../findings.ts";
import type { Evaluator } from "../model/evaluator.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import { lastName, namedArgument, positional, textOfLiteral } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { importedAs } from "../sdks/imports.ts";
import { embedText, shellScript, wordOf, wordsOf, wordsScript } from "./script-text.ts";

/** What a command that matters names: the AWS CLI, or an interpreter of other programs. */
const RUNS = /aws|python|sys\.executable|node|deno|\bbun\b|tsx|ruby|php|pwsh|powershell/i;

/** Finds the commands that a program runs through its language's library. */
export function findRunCommands(program: SourceProgram, found: ProgramFindings): void {
  if (!RUNS.test(program.text)) return;
  for (const call of program.scopes.calls) {
    const runner = runnerOf(call, program);
    if (runner === undefined) continue;
    const evaluator = program.evaluator(call);
    const scripts = readRun(call, runner, { program, evaluator });
    found.addCommands(
      scripts.map((script) => ({ ...script, ...siteOf(call) })),
      call,
    );
  }
}

/**
 * What the arguments of a function that runs commands are: a text for a shell; a list of words, or a text; a program
 * and a list of its arguments; words one by one.
 */
type Runner = "shell" | "words" | "file" | "arguments" | "contextAndArguments";

/** By the last part of the module and the function. */
const RUNNERS: Readonly<Record<string, Runner>> = {
  "subprocess.run": "words",
  "subprocess.call": "words",
  "subprocess.check_call": "words",
  "subprocess.check_output": "words",
  "subprocess.Popen": "words",
  "subprocess.getoutput": "shell",
  "subprocess.getstatusoutput": "shell",
  "os.system": "shell",
  "os.popen": "shell",
  "asyncio.create_subprocess_shell": "shell",
  "asyncio.create_subprocess_exec": "arguments",
  "child_process.exec": "shell",
  "child_process.execSync": "shell",
  "child_process.spawn": "file",
  "child_process.spawnSync": "file",
  "child_process.execFile": "file",
  "child_process.execFileSync": "file",
  "execa.execa": "file",
  "execa.execaSync": "file",
  "execa.execaCommand": "shell",
  "execa.execaCommandSync": "shell",
  "shelljs.exec": "shell",
  "zx.$": "shell",
  "execa.$": "shell",
  "exec.Command": "arguments",
  "exec.CommandContext": "contextAndArguments",
  // Java: `new ProcessBuilder(…)`, and `Runtime.getRuntime().exec(…)`.
  ProcessBuilder: "arguments",
  "getRuntime.exec": "words",
  "Kernel.system": "arguments",
  "Kernel.exec": "arguments",
  "Kernel.spawn": "arguments",
  "Kernel.`": "shell",
  "Open3.capture2": "arguments",
  "Open3.capture2e": "arguments",
  "Open3.capture3": "arguments",
  "Open3.popen3": "arguments",
  "php.exec": "shell",
  "php.shell_exec": "shell",
  "php.system": "shell",
  "php.passthru": "shell",
  "php.popen": "shell",
  "php.proc_open": "words",
  "php.`": "shell",
};

function runnerOf(call: CallExpression, program: SourceProgram): Runner | undefined {
  const name = functionName(call.callee, program);
  return name !== undefined && Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
}

function functionName(callee: ProgramNode, program: SourceProgram): string | undefined {
  const imported = importedAs(callee, program);
  if (imported) return `${imported.module.split(/[/:]/).at(-1)}.${imported.name}`;
  if (callee.kind === "name") {
    const promised = promisified(callee, program);
    return promised ? functionName(promised, program) : callee.name;
  }
  if (callee.kind !== "member") return undefined;
  const { of } = callee;
  // A fence shows a part of a program, often without its imports.
  const isUnbound = of.kind === "name" && program.scopes.bindings(of).length === 0;
  const module = isUnbound ? of.name : of.kind === "call" ? lastName(of.callee) : undefined;
  return module && `${module}.${callee.name}`;
}

/** `const run = promisify(exec)`. */
function promisified(name: ProgramNode & { kind: "name" }, program: SourceProgram): ProgramNode | undefined {
  const [binding, ...others] = program.scopes.bindings(name);
  const value = others.length === 0 ? binding?.value : undefined;
  return value?.kind === "call" && lastName(value.callee) === "promisify" ? value.args[0] : undefined;
}

interface Reading {
  program: SourceProgram;
  evaluator: Evaluator;
}

function readRun(call: CallExpression, runner: Runner, reading: Reading): Script[] {
  const given = positional(call);
  const [first, second] = given.length > 0 ? given : [namedArgument(call, "args")];
  if (!first) return [];
  const { evaluator, program } = reading;
  if (runner === "shell") return shellScript(evaluator.valueOf(first), program);
  if (runner === "words") return readWords(first, call, reading);
  if (runner === "file") return readFile(first, second, reading);
  const values = call.args.slice(runner === "contextAndArguments" ? 1 : 0);
  if (values.length === 1 && values[0]!.kind !== "spread") return readWords(values[0]!, call, reading);
  return wordsScript(values.flatMap((value) => argumentWords(value, reading)));
}

function argumentWords(node: ProgramNode, { evaluator, program }: Reading): Argument[] {
  if (node.kind === "argument") return [];
  const isSpread = node.kind === "spread";
  const value = evaluator.valueOf(isSpread ? node.value : node);
  const span = program.within.span(node.span);
  if (isSpread) return wordsOf(value, program) ?? [createUnknownArgument({ span }, "list")];
  return [wordOf(value, program)];
}

/** A list of words, also one that a text is split into; any other text is for a shell. */
function readWords(node: ProgramNode, call: CallExpression, { evaluator, program }: Reading): Script[] {
  const split = splitText(node);
  if (split) {
    const text = embedText(evaluator.valueOf(split), program);
    return text ? wordsScript(splitWords(text)) : [];
  }
  const value = evaluator.valueOf(node);
  const words = wordsOf(value, program);
  if (!words) return shellScript(value, program);
  // With a shell, the first item is its text.
  return hasShell(call)
    ? value.items!.slice(0, 1).flatMap((item) => shellScript(item, program))
    : wordsScript(words);
}

const hasShell = (call: CallExpression): boolean => {
  const shell = namedArgument(call, "shell");
  return shell?.kind === "literal" && shell.value === true;
};

/** `shlex.split("…")`, `"…".split()`. */
function splitText(node: ProgramNode): ProgramNode | undefined {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.name !== "split") return undefined;
  const { of } = node.callee;
  if (of.kind === "name" && of.name === "shlex") return node.args[0];
  const isAtBlanks = node.args.length === 0 || textOfLiteral(node.args[0]) === " ";
  return isAtBlanks && (of.kind === "literal" || of.kind === "template") ? of : undefined;
}

function readFile(
  file: ProgramNode,
  args: ProgramNode | undefined,
  { evaluator, program }: Reading,
): Script[] {
  const name = evaluator.valueOf(file);
  const given = args && evaluator.valueOf(args);
  const words = given && wordsOf(given, program);
  // A text by itself is for a shell: `spawn("aws …", { shell: true })`.
  if (!words) return /\s/.test(String(name.value)) ? shellScript(name, program) : [];
  return wordsScript([wordOf(name, program), ...words]);
}

/** In another directory, relative paths of files lead elsewhere. */
function siteOf(call: CallExpression): { directory?: "unknown" } {
  const isElsewhere =
    namedArgument(call, "cwd") !== undefined ||
    call.args.some(
      (arg) =>
        arg.kind === "object" && arg.entries.some((entry) => entry.kind === "entry" && entry.name === "cwd"),
    );
  return isElsewhere ? { directory: "unknown" } : {};
}
