import { quoted } from "../../../diagnostics/text.ts";
import type { Argument } from "../../aws-cli/argument.ts";
import { createUnknownArgument } from "../../aws-cli/argument.ts";
import { CMDLETS } from "../../mentions/cmdlets.ts";
import { wordOf, wordsScript } from "../commands/script-text.ts";
import type { ProgramFindings } from "../findings.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, NameNode, ProgramNode } from "../model/node.ts";
import { lastName, textOfLiteral } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";
import { CmdletParameters } from "./cmdlet-parameters.ts";
import { whyHandedOn } from "./unread.ts";

const OPERATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries(CMDLETS).map(([operation, cmdlet]) => [cmdlet.toLowerCase(), operation]),
);

/** Is it a cmdlet that makes a request, by its name in small letters? */
export const isCmdlet = (name: string): boolean => OPERATIONS.has(name);

/** Calls of AWS Tools for PowerShell, and commands of the AWS CLI in its scripts. */
export function findPowershellCalls(program: SourceProgram, found: ProgramFindings): void {
  const functions = new Set(program.scopes.functions.map(({ name }) => name));
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind !== "name") continue;
    const operation = OPERATIONS.get(commandOf(callee, call, program));
    const isKnown = operation !== undefined && Object.keys(program.operations.shape(operation)).length > 0;
    if (callee.name === "aws") found.addCommands(wordsScript(commandWords(call, program)), call);
    else if (isKnown && functions.has(callee.name))
      found.skip(call.span, whyHandedOn(program.sourceOf(callee.span), operation), operation);
    else if (isKnown) addCmdlet(call, operation, program, found);
    else if (HANDS_ON.has(callee.name)) skipHandedOn(call, program, found);
  }
}

/** Commands that give others a command by its name, or another name to it. */
const HANDS_ON = new Set(["get-command", "gcm", "set-alias", "sal", "new-alias", "nal"]);

/** Alone in its line, `Get-Command` only shows what it finds. */
function skipHandedOn(call: CallExpression, program: SourceProgram, found: ProgramFindings): void {
  const isShown = /^(?:get-command|gcm)$/.test(lastName(call.callee) ?? "") && !isUsed(call, program);
  if (isShown) return;
  for (const arg of call.args) {
    const name = textOfLiteral(arg) ?? "";
    const operation = OPERATIONS.get(name.toLowerCase());
    if (operation !== undefined) found.skip(call.span, whyHandedOn(name, operation), operation);
  }
}

const isUsed = ({ span }: CallExpression, { text }: SourceProgram): boolean =>
  /[(={|,;&][ \t]*$/.test(text.slice(Math.max(0, span.start - 80), span.start)) ||
  /^[ \t]*\|/.test(text.slice(span.end, span.end + 80));

/** Also of `& $command`, where the variable's value is known. */
function commandOf(callee: NameNode, call: CallExpression, program: SourceProgram): string {
  if (!callee.name.startsWith("$")) return callee.name;
  const { value } = program.evaluator(call).valueOf(callee);
  return typeof value === "string" ? value.toLowerCase() : "";
}

function addCmdlet(
  call: CallExpression,
  operation: string,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const parameters = new CmdletParameters(operation, program, program.evaluator(call));
  parameters.add(call);
  if (isPiped(call, program)) parameters.open();
  const { unknown } = parameters;
  if (unknown !== undefined) {
    const why = `what its parameter ${quoted(unknown)} gives to ${quoted(operation)} is not known`;
    found.skip(call.span, why, operation);
    return;
  }
  found.add({
    operation,
    container: "aws-powershell",
    node: call,
    named: call.callee.span,
    payload: parameters.payload(call.span),
    style: styleOf(program),
  });
}

/** The last node that ends at a place, or before it; a line may hold very many. */
function lastBefore(nodes: readonly ProgramNode[], place: number): ProgramNode | undefined {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.span.end <= place) low = middle + 1;
    else high = middle;
  }
  return nodes[low - 1];
}

/** What comes out of a pipe may give any parameter that isn't there. */
function isPiped({ parent, span }: CallExpression, program: SourceProgram): boolean {
  if (parent?.kind !== "other") return false;
  const before = lastBefore(parent.children, span.start);
  return before !== undefined && program.text.slice(before.span.end, span.start).includes("|");
}

function commandWords(call: CallExpression, program: SourceProgram): Argument[] {
  const evaluator = program.evaluator(call);
  const { span, hasError } = call.callee;
  const name: ProgramNode = { kind: "literal", value: "aws", span, hasError };
  return [name, ...call.args].map((word): Argument => {
    const at = program.within.span(word.span);
    if (word.kind === "spread") return createUnknownArgument({ span: at }, "list");
    const value = evaluator.valueOf(word);
    const isText = typeof value.value === "string" || value.pieces !== undefined;
    // Lists become several words, and quotes inside of words get lost in some versions.
    if (!isText && typeof value.value !== "number") return createUnknownArgument({ span: at }, "list");
    return program.sourceOf(word.span).slice(1, -1).includes('"')
      ? createUnknownArgument({ span: at })
      : wordOf(value, program);
  });
}

/** A single value is a list where one is wanted, and texts and numbers become each other. */
const styleOf = (program: SourceProgram): SdkStyle => ({
  takesItems: true,
  foldsCase: true,
  apiName: (name, members) => members.find((member) => member.toLowerCase() === name.toLowerCase()),
  isEnumeration: ({ of }) => /^\[Amazon\./i.test(program.sourceOf(of.span)),
  convert: (value, kind) => {
    if (typeof value === "number" && kind === "text") return String(value);
    if (typeof value === "number" && kind === "boolean") return value !== 0;
    const isNumber = kind === "integer" || kind === "float";
    return typeof value === "string" && isNumber && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  },
});
