import type { CompletionItem } from "vscode-languageserver";
import type { Engine } from "../../engine/engine.ts";
import { CommandCustomization } from "../../requests/aws-cli/customized/customization.ts";
import { listCommandNames } from "../../requests/aws-cli/names.ts";
import type { CliOperation } from "../../requests/aws-cli/operations.ts";
import { CliOperations } from "../../requests/aws-cli/operations.ts";
import type { CliOption } from "../../requests/aws-cli/options.ts";
import { listGlobalOptions, listOptions } from "../../requests/aws-cli/options.ts";
import { ShapeResolver } from "../../requests/aws-cli/shape.ts";
import { findSchemaAt } from "../../schema/json-schema.ts";
import { PositionMap } from "../locations.ts";
import { describeOperation, describeSchemaMember } from "../member-text.ts";
import type { OpenDocument } from "../session.ts";
import { escapeChoice, KINDS } from "./items.ts";
import type { GivenOptionValue } from "./option-value.ts";
import { listOptionChoices, listOptionValueItems } from "./option-value.ts";

/** A command is looked for that far before the cursor. */
const MAX_COMMAND_LENGTH = 8000;

/** The words of a command of the AWS CLI up to the cursor; the last is the one that is being written. */
export function readCommandWords(text: string, offset: number): string[] | undefined {
  const before = text.slice(Math.max(0, offset - MAX_COMMAND_LENGTH), offset);
  const lines = before.split(/\r?\n/);
  let command = lines.pop() ?? "";
  while (/[\\^`]$/.test(lines.at(-1) ?? "")) command = `${lines.pop()!.slice(0, -1)} ${command}`;
  const starts = [...command.matchAll(/(?:^|[\s;&|("'`=$])aws(?=\s)/g)];
  const last = starts.at(-1);
  if (!last) return undefined;
  const rest = command.slice(last.index + last[0].length);
  // Behind the end of the command, another one begins.
  if (/(?:^|\s)(?:;|&&|\|\|?|#|>)(?:\s|$)/.test(rest)) return undefined;
  return rest.replace(/^\s+/, "").split(/\s+/);
}

/** Proposes services, commands, options and values of an AWS CLI command; undefined where there is none. */
export async function completeCommand(
  open: OpenDocument,
  offset: number,
  hasSnippets: boolean,
): Promise<CompletionItem[] | undefined> {
  const words = readCommandWords(open.text, offset);
  if (!words) return undefined;
  const engine = await open.workspace.loadEngine();
  const current = words.at(-1)!;
  const range = new PositionMap(open.text).rangeOf(offset - current.length, offset);
  const propose = (label: string, more: Partial<CompletionItem> = {}): CompletionItem => ({
    label,
    filterText: label,
    textEdit: { range, newText: label },
    ...more,
  });
  const [service = "", command = ""] = words;
  if (words.length === 1) return listServices(engine).map((name) => propose(name, { kind: KINDS.keyword }));
  if (words.length === 2) return listCommands(engine, service).map(({ name, about }) => propose(name, about));
  const operation = new CliOperations(engine.schemas).find(service, command);
  if (!operation) return [];
  const options = listCommandOptions(operation, engine);
  const given = findGivenValue(words, options);
  if (given) {
    const at = new PositionMap(open.text);
    return listOptionValueItems(given, operation, engine, (length) => at.rangeOf(offset - length, offset));
  }
  const named = new Set(words.slice(2, -1));
  return options
    .filter(({ name }) => !named.has(`--${name}`))
    .map((option) =>
      propose(`--${option.name}`, describeOption(option, operation, engine, hasSnippets ? range : undefined)),
    );
}

/** The value of an option that is being written: the word behind it, any of several, or what stands behind `=`. */
function findGivenValue(
  words: readonly string[],
  options: readonly CliOption[],
): GivenOptionValue | undefined {
  const current = words.at(-1)!;
  const [, own, value = ""] = /^(--[\w-]+)=([\s\S]*)$/.exec(current) ?? [];
  if (own === undefined && current.startsWith("-")) return undefined;
  const last = words.findLastIndex((word, index) => index < words.length - 1 && word.startsWith("--"));
  const name = own ?? words[last];
  const option = options.find((one) => `--${one.name}` === name);
  const isBehind = own !== undefined || last === words.length - 2 || option?.arity === "list";
  return option && option.arity !== "nothing" && isBehind
    ? { option, text: (own === undefined ? current : value).replace(/^["']/, "") }
    : undefined;
}

const listServices = ({ schemas }: Engine): string[] => [
  ...new Set(schemas.operations().map((operation) => operation.slice(0, operation.indexOf(":")))),
];

const listCommands = (
  { schemas }: Engine,
  service: string,
): { name: string; about: Partial<CompletionItem> }[] =>
  schemas
    .operations()
    .filter((operation) => operation.startsWith(`${service}:`))
    .flatMap((operation) => {
      const source = schemas.find(operation)?.source;
      const about = {
        kind: KINDS.function,
        ...(source && {
          documentation: { kind: "markdown" as const, value: describeOperation(operation, source) },
        }),
      };
      return listCommandNames(operation).map((name) => ({ name, about }));
    });

function listCommandOptions({ shape, service, command }: CliOperation, { cliVersion }: Engine): CliOption[] {
  const own = listOptions(new ShapeResolver(shape), new CommandCustomization(service, command), cliVersion);
  return [...own, ...listGlobalOptions(cliVersion)];
}

function describeOption(
  option: CliOption,
  operation: CliOperation,
  { schemas }: Engine,
  snippetRange: ReturnType<PositionMap["rangeOf"]> | undefined,
): Partial<CompletionItem> {
  const { name, member, arity } = option;
  const source = schemas.find(operation.operation)?.source;
  const schema = member !== undefined && source ? findSchemaAt(source, [member]) : undefined;
  const isRequired = member !== undefined && (source?.required?.includes(member) ?? false);
  const choices = arity === "nothing" ? [] : listOptionChoices(option, operation);
  const snippet = `--${name} \${1|${choices.map(escapeChoice).join(",")}|}`;
  return {
    kind: KINDS.field,
    sortText: `${isRequired ? 0 : member === undefined ? 2 : 1}${name}`,
    ...(isRequired && { detail: "required" }),
    ...(schema && {
      documentation: {
        kind: "markdown" as const,
        value: describeSchemaMember(`--${name}`, schema, isRequired),
      },
    }),
    ...(snippetRange &&
      choices.length > 0 && {
        textEdit: { range: snippetRange, newText: snippet },
        insertTextFormat: 2 as const,
      }),
  };
}
