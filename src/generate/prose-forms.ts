// The recurring forms in which pages state limits.

import type { Bounds } from "./prose-facts.ts";

export type LimitForm = {
  name: string;
  /** The kind of member whose prose it is looked for in; `integer` stands for all numbers. */
  of: "string" | "list" | "integer";
  /** Matches a sentence; its groups are the limits, in the order of `sets`. */
  pattern: RegExp;
  sets: (keyof Bounds)[];
};

const N = String.raw`(\d{1,3}(?:,\d{3})+|\d{1,12})(?![\d,.]*\d)`;
const form = (name: string, of: LimitForm["of"], pattern: string, ...sets: LimitForm["sets"]): LimitForm => ({
  name,
  of,
  pattern: new RegExp(pattern, "i"),
  sets,
});

export const LIMIT_FORMS: LimitForm[] = [
  form(
    "string of up to N ASCII characters",
    "string",
    `\\ba string of up to ${N} ASCII characters\\b`,
    "maxLength",
  ),
  form(
    "list of up to N tags",
    "list",
    `^(?:\\(Optional\\) )?A list of up to ${N} (?:[\\w/-]+ ){0,2}tags\\b`,
    "maxItems",
  ),
  form("array with a maximum of N elements", "list", `\\bwith a maximum of ${N} elements\\b`, "maxItems"),
];
