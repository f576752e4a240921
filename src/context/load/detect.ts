import { nearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { listed, quoted } from "../../diagnostics/text.ts";
import type { ContextFault, Members } from "../context.ts";
import { isContextName } from "../context.ts";
import type { Source } from "./entries.ts";
import { faultAt, isMembers } from "./entries.ts";
import type { Form } from "./formats.ts";
import { BESIDE, FORMS, LOOKALIKES } from "./formats.ts";

const BY_KEY: ReadonlyMap<string, Form> = new Map(FORMS.map((form) => [form.key, form]));
const KEYS = [...BY_KEY.keys()];
const PRINTED = FORMS.filter(({ command }) => command).map(({ key }) => key);
const WRITTEN = FORMS.filter(({ command }) => !command).map(({ key }) => key);

export interface Recognised {
  forms: readonly Form[];
  faults: readonly ContextFault[];
  warnings: readonly ContextFault[];
}

/** Detects the forms of a document by its top-level keys. */
export function recognise(source: Source): Recognised {
  const { value } = source.document;
  if (!isMembers(value)) return unusable(at(source), noObject(value));
  const keys = Object.keys(value);
  const forms = keys.flatMap((key) => BY_KEY.get(key) ?? []);
  if (forms.length === 0) return unusable(...noForm(keys, value, source));
  return { forms, ...leftOver(keys, forms, source) };
}

const at = (source: Source, path: Path = []) => ({ source, path });

type Said = { message: string; help: string };

const unusable = (where: ReturnType<typeof at>, { message, help }: Said, point?: "key"): Recognised => ({
  forms: [],
  faults: [faultAt(where, message, help, point)],
  warnings: [],
});

const noObject = (value: unknown): Said =>
  Array.isArray(value)
    ? {
        message: "this is a list, not what the AWS CLI prints",
        help: "print it again without `--query`, and with `--output json` or `--output yaml`",
      }
    : { message: "this is no context: there is no key in it", help: theForms() };

const theForms = (): string =>
  `give what the AWS CLI prints with ${listed(PRINTED, "or", 20)} at the top, or write ${listed(WRITTEN)} by hand`;

/** The fault of a document of no known form: at the key that resembles one most, else at its beginning. */
function noForm(
  keys: readonly string[],
  value: Members,
  source: Source,
): [ReturnType<typeof at>, Said, "key"?] {
  for (const key of keys) {
    const advice = lookalike(key, value) ?? suggestion(key);
    if (advice !== undefined)
      return [
        at(source, [key]),
        { message: `${quoted(key)} is no known form of context`, help: `${advice}; ${theForms()}` },
        "key",
      ];
  }
  const message =
    keys.length === 0
      ? "this context is empty"
      : `no known form of context has ${listed(keys, "and", 5)} at the top`;
  return [at(source), { message, help: theForms() }];
}

/**
 * Advice for a key that resembles a form. `Buckets` is AWS output if it holds a list, else a misspelt
 * `buckets`.
 */
function lookalike(key: string, value: Members): string | undefined {
  if (isContextName(key))
    return `${quoted(key)} belongs under \`context\` of a request; a file holds the whole output`;
  const advice = LOOKALIKES.get(key);
  return advice !== undefined && (KEYS.includes(plainly(key)) ? Array.isArray(value[key]) : true)
    ? advice
    : undefined;
}

const plainly = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

const suggestion = (key: string): string | undefined => {
  const near = nearest(key, KEYS);
  return near && `did you mean ${quoted(near)}?`;
};

/**
 * Reports unknown keys beside those of forms: as warnings beside AWS output, which may come from a newer API,
 * and as faults in hand-written files, where they would be ignored silently. If a form is the whole document,
 * they are its members and are checked with it.
 */
function leftOver(
  keys: readonly string[],
  forms: readonly Form[],
  source: Source,
): Omit<Recognised, "forms"> {
  if (forms.some(({ holds }) => holds === "whole")) return { faults: [], warnings: [] };
  const unknown = keys.filter((key) => !BY_KEY.has(key) && !BESIDE.includes(key));
  const found = unknown.map((key) => {
    const message = `${quoted(key)} is no known form of context`;
    return faultAt(at(source, [key]), message, suggestion(key) ?? theForms(), "key");
  });
  const byHand = forms.some(({ command }) => !command);
  return byHand ? { faults: found, warnings: [] } : { faults: [], warnings: found };
}
