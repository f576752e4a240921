import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { ContextFault, RecordMembers } from "../context.ts";
import { isContextName } from "../context.ts";
import type { ContextDocument } from "./entries.ts";
import { createContextFault, isRecordObject } from "./entries.ts";
import type { ContextForm } from "./forms.ts";
import { ACCOMPANYING_KEYS, CONTEXT_FORMS, LOOKALIKES } from "./forms.ts";

const BY_KEY: ReadonlyMap<string, ContextForm> = new Map(CONTEXT_FORMS.map((form) => [form.key, form]));
const KEYS = [...BY_KEY.keys()];
const PRINTED = CONTEXT_FORMS.filter(({ command }) => command).map(({ key }) => key);
const WRITTEN = CONTEXT_FORMS.filter(({ command }) => !command).map(({ key }) => key);

export interface DetectedForms {
  forms: readonly ContextForm[];
  faults: readonly ContextFault[];
  warnings: readonly ContextFault[];
}

/** Detects the forms of a document by its top-level keys. */
export function detectForms(source: ContextDocument): DetectedForms {
  const { value } = source.document;
  if (!isRecordObject(value)) return createUnusable(locate(source), describeNonObject(value));
  const keys = Object.keys(value);
  const named = keys.flatMap((key) => BY_KEY.get(key) ?? []);
  const beside = new Set(named.flatMap((form) => form.beside ?? []));
  const forms = named.filter(({ key }) => !beside.has(key));
  if (forms.length === 0) return createUnusable(...describeNoForm(keys, value, source));
  return { forms, ...findLeftOverKeys(keys, forms, source) };
}

const locate = (source: ContextDocument, path: Path = []) => ({ source, path });

type Advice = { message: string; help: string };

const createUnusable = (
  where: ReturnType<typeof locate>,
  { message, help }: Advice,
  point?: "key",
): DetectedForms => ({
  forms: [],
  faults: [createContextFault(where, message, help, point)],
  warnings: [],
});

const describeNonObject = (value: unknown): Advice =>
  Array.isArray(value)
    ? {
        message: "this is a list, not what the AWS CLI prints",
        help: "print it again without `--query`, and with `--output json` or `--output yaml`",
      }
    : { message: "this is no context: there is no key in it", help: formatFormsHelp() };

const formatFormsHelp = (): string =>
  `give what the AWS CLI prints with ${formatList(PRINTED, "or", 30)} at the top, or write ${formatList(WRITTEN)} by hand`;

/** The fault of a document of no known form: at the key that resembles one most, else at its beginning. */
function describeNoForm(
  keys: readonly string[],
  value: RecordMembers,
  source: ContextDocument,
): [ReturnType<typeof locate>, Advice, "key"?] {
  for (const key of keys) {
    const advice = findLookalike(key, value) ?? suggestKey(key);
    if (advice !== undefined)
      return [
        locate(source, [key]),
        { message: `${quoted(key)} is no known form of context`, help: `${advice}; ${formatFormsHelp()}` },
        "key",
      ];
  }
  const message =
    keys.length === 0
      ? "this context is empty"
      : `no known form of context has ${formatList(keys, "and", 5)} at the top`;
  return [locate(source), { message, help: formatFormsHelp() }];
}

/**
 * Advice for a key that resembles a form. `Buckets` is AWS output if it holds a list, else a misspelt
 * `buckets`.
 */
function findLookalike(key: string, value: RecordMembers): string | undefined {
  if (isContextName(key))
    return `${quoted(key)} belongs under \`context\` of a request; a file holds the whole output`;
  const advice = LOOKALIKES.get(key);
  return advice !== undefined && (KEYS.includes(lowerFirst(key)) ? Array.isArray(value[key]) : true)
    ? advice
    : undefined;
}

const lowerFirst = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

const suggestKey = (key: string): string | undefined => {
  const near = findNearest(key, KEYS);
  return near && `did you mean ${quoted(near)}?`;
};

/**
 * Reports unknown keys beside those of forms: as warnings beside AWS output, which may come from a newer API,
 * and as faults in hand-written files, where they would be ignored silently. If a form is the whole document,
 * they are its members and are checked with it.
 */
function findLeftOverKeys(
  keys: readonly string[],
  forms: readonly ContextForm[],
  source: ContextDocument,
): Omit<DetectedForms, "forms"> {
  if (forms.some(({ holds }) => holds === "whole")) return { faults: [], warnings: [] };
  const unknown = keys.filter((key) => !BY_KEY.has(key) && !ACCOMPANYING_KEYS.includes(key));
  const found = unknown.map((key) => {
    const message = `${quoted(key)} is no known form of context`;
    return createContextFault(locate(source, [key]), message, suggestKey(key) ?? formatFormsHelp(), "key");
  });
  const byHand = forms.some(({ command }) => !command);
  return byHand ? { faults: found, warnings: [] } : { faults: [], warnings: found };
}
