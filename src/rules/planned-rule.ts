import type { Severity } from "../diagnostics/codes.ts";
import { pathFromPointer } from "../diagnostics/pointer.ts";
import type { Rule } from "./rule.ts";
import type { CelVariables, Program } from "./runtime/index.ts";
import { toCelValue } from "./runtime/index.ts";

/** A rule with its expressions planned. */
export interface PlannedRule {
  rule: Rule;
  severity: Severity;
  params: unknown;
  when: Program | undefined;
  assert: Program;
  /** The lists whose items it checks; undefined if it checks the request as a whole. */
  each: Rule["each"];
  at: readonly (readonly string[])[];
  /** References into the payload, and into the item. */
  requestReferences: Rule["references"];
  itemReferences: Rule["references"];
}

/** One request with the variables that rules see. */
export interface RuleSubject {
  request: unknown;
  context: Readonly<Record<string, unknown>>;
  variables: CelVariables;
  faulty: readonly (readonly string[])[];
  /** Puts the container's names of members into the text of a message. */
  renameInText: (text: string) => string;
}

export function planRule(
  rule: Rule,
  severity: Severity,
  params: Readonly<Record<string, unknown>>,
): PlannedRule {
  return {
    rule,
    severity,
    params: toCelValue({ ...rule.params, ...params }),
    when: rule.when?.program,
    assert: rule.assert.program,
    each: rule.each,
    at: rule.at.map(pathFromPointer),
    requestReferences: [
      ...rule.references.filter(({ root }) => root === "request"),
      ...(rule.each
        ? []
        : rule.at.map((pointer) => ({ path: pathFromPointer(pointer), required: [] }) as never)),
    ],
    itemReferences: rule.references.filter(({ root }) => root === "item"),
  };
}
