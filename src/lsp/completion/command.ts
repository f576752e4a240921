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
  const before = options.find(({ name }) => `--${name}` === words.at(-2));
  if (before && before.arity !== "nothing" && !current.startsWith("-"))
    return listChoices(before, operation).map((value) => propose(value, { kind: KINDS.enumMember }));
  const given = new Set(words.slice(2, -1));
  return options
    .filter(({ name }) => !given.has(`--${name}`))
    .map((option) =>
      propose(`--${option.name}`, describeOption(option, operation, engine, hasSnippets ? range : undefined)),
    );
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

function listChoices({ choices, shape }: CliOption, { shape: root }: CliOperation): string[] {
  if (choices) return [...choices];
  return shape ? new ShapeResolver(root).resolve(shape).values.map(String) : [];
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
  const choices = arity === "nothing" ? [] : listChoices(option, operation);
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
