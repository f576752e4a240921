import type { CompletionItem, Range } from "vscode-languageserver";
import type { Engine } from "../../engine/engine.ts";
import type { CliOperation } from "../../requests/aws-cli/operations.ts";
import type { CliOption } from "../../requests/aws-cli/options.ts";
import { ShapeResolver } from "../../requests/aws-cli/shape.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { findSchemaAt } from "../../schema/json-schema.ts";
import { describeSchemaMember, nameType } from "../member-text.ts";
import { KINDS, listValues } from "./items.ts";
import { findShorthandPlace } from "./shorthand.ts";

/** An option, and what is written of its value. */
export interface GivenOptionValue {
  option: CliOption;
  text: string;
}

/** The range of what is written before the cursor, by its length. */
type RangeBefore = (length: number) => Range;

/** Proposes values of an option, and names and values of members in its shorthand. */
export function listOptionValueItems(
  { option, text }: GivenOptionValue,
  operation: CliOperation,
  { schemas }: Engine,
  rangeBefore: RangeBefore,
): CompletionItem[] {
  const choices = listOptionChoices(option, operation);
  if (choices.length > 0) return choices.map((value) => toValueItem(value, rangeBefore(text.length)));
  const source = schemas.find(operation.operation)?.source;
  // A value in JSON, or one in a file.
  if (!source || option.member === undefined || /^\s*[{[]|^fileb?:/.test(text)) return [];
  const { path, present, word } = findShorthandPlace(text);
  const items = option.arity === "list" ? [0] : [];
  const place = [option.member, ...items, ...path];
  const schema = findSchemaAt(source, place);
  if (!schema) return [];
  const range = rangeBefore(word.length);
  if (present) return listNameItems({ source, place, schema, present }, range);
  return listValues(schema).map((value) => toValueItem(String(value), range));
}

/** The values of an option that takes only some. */
export function listOptionChoices({ choices, shape }: CliOption, { shape: root }: CliOperation): string[] {
  if (choices) return [...choices];
  return shape ? new ShapeResolver(root).resolve(shape).values.map(String) : [];
}

const toValueItem = (value: string, range: Range): CompletionItem => ({
  label: value,
  kind: KINDS.enumMember,
  filterText: value,
  textEdit: { range, newText: value },
});

interface Structure {
  source: JsonSchema;
  place: readonly (string | number)[];
  schema: JsonSchema;
  present: ReadonlySet<string>;
}

const listNameItems = ({ source, place, schema, present }: Structure, range: Range): CompletionItem[] =>
  Object.keys(schema.properties ?? {})
    .filter((name) => !present.has(name))
    .map((name) => {
      const member = findSchemaAt(source, [...place, name]) ?? {};
      const isRequired = schema.required?.includes(name) ?? false;
      return {
        label: name,
        kind: KINDS.field,
        detail: isRequired ? `${nameType(member)}, required` : nameType(member),
        sortText: `${isRequired ? 0 : 1}${name}`,
        filterText: name,
        documentation: { kind: "markdown", value: describeSchemaMember(name, member, isRequired) },
        textEdit: { range, newText: `${name}=` },
      };
    });
