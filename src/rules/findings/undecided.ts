import type { MissingInput } from "../../diagnostics/diagnostic.ts";
import { escapeHarmful, formatList, quoted } from "../../diagnostics/text.ts";
import { CONTEXT_DEFINITIONS } from "../context-types.ts";
import type { MissingFact } from "../runtime/index.ts";

/** Why a rule is undecided, and how to resolve it. */
export interface UndecidedExplanation {
  message: string;
  help: string;
  missing?: readonly MissingInput[];
}

/** Explains why a rule is undecided. Members of `request` are filled into the suggested commands. */
export const explainUndecided = (
  missing: readonly MissingFact[],
  request: unknown,
): Required<UndecidedExplanation> => {
  const { message, help } = describeMissing(missing, request);
  return { message, help, missing: listMissingInputs(missing, request) };
};

/** Whether it is a fact about the world, which context or an option gives. */
export const isGivenFact = ({ kind }: MissingFact): boolean => kind === "context" || kind === "caller";

/** All facts that checks of a request wait for, each once. */
export function listDistinctFacts(checks: readonly (readonly MissingFact[])[]): readonly MissingFact[] {
  const keyOf = (fact: MissingFact): string =>
    fact.kind === "context" ? `${fact.name}.${fact.member ?? ""}` : fact.kind;
  const facts = new Map<string, MissingFact>();
  for (const fact of checks.flat()) if (!facts.has(keyOf(fact))) facts.set(keyOf(fact), fact);
  return [...facts.values()];
}

/** What a fact is called among missing inputs. */
export const nameMissingFact = (fact: MissingFact): string =>
  fact.kind === "context" ? `context.${fact.name}` : fact.kind;

/** The missing facts as data. Nothing that can be given decides what AWS doesn't document. */
export function listMissingInputs(missing: readonly MissingFact[], request: unknown): MissingInput[] {
  const [only] = missing;
  if (missing.length === 1 && only?.kind === "context") return [toMissingContext(only, request)];
  const inputs = missing.flatMap((fact): MissingInput[] => {
    switch (fact.kind) {
      case "placeholder":
        return fact.values.map((name) => ({ kind: "value", name }));
      case "context":
        return [toMissingContext(fact, request)];
      case "caller":
        return [{ kind: "fact", name: "caller" }];
      default:
        return [];
    }
  });
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}

function toMissingContext({ name, member }: MissingContextFact, request: unknown): MissingInput {
  const command = member === undefined ? findCommand(name, request) : undefined;
  const path = member === undefined ? name : `${name}.${member}`;
  return { kind: "fact", name: `context.${path}`, ...(command !== undefined && { command }) };
}

/** The command that prints a record of the context. */
export function findCommand(name: string, request: unknown): string | undefined {
  const row = Object.hasOwn(CONTEXT_DEFINITIONS, name) ? CONTEXT_DEFINITIONS[name] : undefined;
  return row?.command && fillCommand(row.command, request);
}

function describeMissing(
  missing: readonly MissingFact[],
  request: unknown,
): Pick<UndecidedExplanation, "message" | "help"> {
  const overrun = missing.find((each) => each.kind === "overrun");
  if (overrun) {
    const help =
      "the payload or the rule is far larger than rules are made for: shorten the lists, or split the rule";
    return { message: `can't be checked: ${overrun.what}`, help };
  }
  const context = missing.filter((each) => each.kind === "context");
  const [first] = context;
  const placeholders = [
    ...new Set(missing.flatMap((each) => (each.kind === "placeholder" ? [each.source] : []))),
  ];
  if (first) return explainMissingContext(context, first, request);
  const reason = missing.find((each) => each.kind === "reason");
  if (reason) {
    const message = `can't be decided: ${escapeHarmful(reason.reason).slice(0, 500)}`;
    const help = reason.help && escapeHarmful(reason.help).slice(0, 500);
    return { message, help: help ?? "check it by hand, and waive this where it is fine" };
  }
  if (placeholders.length > 0) {
    const are = placeholders.length === 1 ? "is a placeholder" : "are placeholders";
    const help = "check the request again with the value filled in";
    return { message: `can't be checked: ${formatList(placeholders, "and")} ${are}`, help };
  }
  const help = "give it with `--caller ARN`, or write it under `caller` in the request document";
  return { message: "can't be checked: who makes the call is not known", help };
}

type MissingContextFact = Extract<MissingFact, { kind: "context" }>;

function explainMissingContext(
  all: readonly MissingContextFact[],
  first: MissingContextFact,
  request: unknown,
): Pick<UndecidedExplanation, "message" | "help"> {
  const names = [...new Set(all.map(({ name, member }) => `context.${member ? `${name}.${member}` : name}`))];
  const [shown] = names;
  const row = Object.hasOwn(CONTEXT_DEFINITIONS, first.name) ? CONTEXT_DEFINITIONS[first.name] : undefined;
  const message =
    first.member === undefined
      ? `can't be checked without ${row?.what ?? quoted(`context.${first.name}`)}: ${formatList(names, "and")} ${names.length === 1 ? "is" : "are"} not given`
      : `can't be checked: what is known of ${row?.what ?? quoted(first.name)} doesn't say ${quoted(first.member)}`;
  const member = first.member === undefined ? undefined : row?.members?.[first.member];
  return { message, help: member ?? formatContextHint(row, shown ?? "context", request) };
}

function formatContextHint(
  row: (typeof CONTEXT_DEFINITIONS)[string] | undefined,
  path: string,
  request: unknown,
): string {
  const inDocument = `write it under ${quoted(path)} in the request document`;
  if (row?.command)
    return `give it with \`--context FILE\`: \`${fillCommand(row.command, request)}\`, or ${inDocument}`;
  if (row?.byHand)
    return `give it with \`--context FILE\`: \`${fillCommand(row.byHand, request)}\`, or ${inDocument}`;
  return inDocument;
}

let filled: { request: object; commands: Map<string, string> } | undefined;

/** Several rules ask for the same fact of a request, one after another. */
function fillCommand(text: string, request: unknown): string {
  if (typeof request !== "object" || request === null) return fillNames(text, request);
  if (filled?.request !== request) filled = { request, commands: new Map() };
  const command = filled.commands.get(text) ?? fillNames(text, request);
  filled.commands.set(text, command);
  return command;
}

/** Only values without shell metacharacters go into a command, because users paste it into a shell. */
function fillNames(text: string, request: unknown): string {
  const parts = COMMAND_PARTS.get(text) ?? text.split(/\{(\w+)\}/);
  COMMAND_PARTS.set(text, parts);
  let command = parts[0]!;
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at]!;
    const value = (request as Record<string, unknown> | undefined)?.[name];
    const isSafe = typeof value === "string" && /^[\w:/.-]{1,200}$/.test(value);
    command += (isSafe ? value : (DEFAULT_NAMES[name] ?? name)) + parts[at + 1]!;
  }
  return command;
}

/** What stands between the names in a command, and these. */
const COMMAND_PARTS = new Map<string, readonly string[]>();

const DEFAULT_NAMES: Record<string, string> = { FileShareARN: "SHARE_ARN", FileSystemId: "FILE_SYSTEM_ID" };
