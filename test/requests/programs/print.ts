import { Unknown } from "../../../src/documents/document.ts";
import { OpenList, OpenObject } from "../../../src/documents/partial.ts";

/** A payload as tests say it: holes by their source, and what may be there besides under `$more`. */
export function printed(value: unknown): unknown {
  if (value instanceof OpenObject) {
    const optional = [...value.optional].map((name) => `${name} may be absent`);
    const more = [...(value.mayHaveMore ? [value.source] : []), ...optional].join(", ");
    return { ...members(value.members), $more: more };
  }
  if (value instanceof OpenList) return [...value.items.map(printed), { $more: value.source }];
  if (value instanceof Unknown) return { $unknown: value.source };
  if (Array.isArray(value)) return value.map(printed);
  return typeof value === "object" && value !== null ? members(value) : value;
}

const members = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printed(member)]));
