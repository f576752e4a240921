import type { CompletionItem, Range } from "vscode-languageserver";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { findSchemaAt } from "../../schema/json-schema.ts";
import { describeSchemaMember, nameType } from "../member-text.ts";

/** CompletionItemKind of the protocol. */
export const KINDS = { field: 5, keyword: 14, value: 12, enumMember: 20, function: 3 } as const;

const SNIPPET = 2;
const ADJUST_INDENTATION = 2;

/** How the text around the cursor is written, and what the client can take. */
export interface WritingStyle {
  isJson: boolean;
  /** A colon follows already: only the name is missing. */
  hasColon: boolean;
  hasSnippets: boolean;
  range: Range;
}

export interface MemberContext {
  root: JsonSchema;
  schema: JsonSchema;
  /** Names that are there already. */
  present: ReadonlySet<string>;
  toShownName: (apiName: string) => string;
}

/** The members that a structure may still have, those that it must have first. */
export const listMemberItems = (
  { root, schema, present, toShownName }: MemberContext,
  style: WritingStyle,
): CompletionItem[] =>
  Object.entries(schema.properties ?? {})
    .filter(([name]) => !present.has(name))
    .map(([name, member]) => {
      const shape = findSchemaAt({ ...member, definitions: root.definitions ?? {} }, []) ?? member;
      const isRequired = schema.required?.includes(name) ?? false;
      const shown = toShownName(name);
      const text = formatMember(shown, shape, style);
      return {
        label: shown,
        kind: KINDS.field,
        detail: isRequired ? `${nameType(shape)}, required` : nameType(shape),
        sortText: `${isRequired ? 0 : 1}${shown}`,
        filterText: style.isJson ? JSON.stringify(shown) : shown,
        documentation: { kind: "markdown", value: describeSchemaMember(shown, shape, isRequired) },
        textEdit: { range: style.range, newText: style.hasSnippets ? text : withoutStops(text) },
        ...(style.hasSnippets && { insertTextFormat: SNIPPET, insertTextMode: ADJUST_INDENTATION }),
      };
    });

/** A name with a place for its value, as a snippet. */
function formatMember(name: string, schema: JsonSchema, { isJson, hasColon }: WritingStyle): string {
  const shown = isJson ? JSON.stringify(name) : name;
  if (hasColon) return escapeSnippet(shown);
  const colon = `${escapeSnippet(shown)}:`;
  const values = listValues(schema);
  if (values.length > 0) {
    const choice = `\${1|${values.map((value) => escapeChoice(String(value))).join(",")}|}`;
    return `${colon} ${isJson && typeof values[0] === "string" ? `"${choice}"` : choice}`;
  }
  const [type] = [schema.type ?? []].flat();
  if (type === "object") return isJson ? `${colon} {\n\t$1\n}` : `${colon}\n  $1`;
  if (type === "array") return isJson ? `${colon} [$1]` : `${colon}\n  - $1`;
  return isJson && type === "string" ? `${colon} "$1"` : `${colon} $1`;
}

/** What a snippet is without the places in it. */
const withoutStops = (snippet: string): string =>
  snippet
    .replace(/\$\{1\|[^}]*\|\}|\$1/g, "")
    .replace(/\\([$}\\|,])/g, "$1")
    .replace(/(?<![ \t])[ \t]+$/, " ");

export const escapeSnippet = (text: string): string => text.replace(/[$}\\]/g, "\\$&");
export const escapeChoice = (text: string): string => text.replace(/[$}\\|,]/g, "\\$&");

/** The only values of a member, or those that are documented. */
export function listValues(schema: JsonSchema): readonly unknown[] {
  const [type] = [schema.type ?? []].flat();
  return schema.enum ?? schema["x-documented-values"] ?? (type === "boolean" ? [true, false] : []);
}

/** The values of a member. */
export const listValueItems = (
  schema: JsonSchema,
  { isJson, range }: Pick<WritingStyle, "isJson" | "range">,
): CompletionItem[] =>
  listValues(schema).map((value) => {
    const text = isJson ? JSON.stringify(value) : String(value);
    return {
      label: String(value),
      kind: KINDS.enumMember,
      filterText: text,
      textEdit: { range, newText: text },
    };
  });
