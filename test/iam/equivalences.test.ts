import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate } from "../../src/iam/index.ts";
import { runs } from "../support/scale.ts";
import {
  arbitraryInput,
  type Document,
  PATTERNS,
  RESOURCES_WITHOUT_WILDCARDS,
  type Statement,
} from "./arbitraries.ts";

const RUNS = { numRuns: runs(200, 10) };

/** The input with each policy document changed. */
function mapDocuments(input: SimulateInput, change: (document: Document) => Document): SimulateInput {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === "object" && value !== null && "Statement" in value
      ? change(value as Document)
      : value;
  };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, visit(value)])) as never;
}

const mapStatements = (input: SimulateInput, change: (statement: Statement) => Statement[]): SimulateInput =>
  mapDocuments(input, (document) => ({ ...document, Statement: document.Statement.flatMap(change) }));

/** One statement for each value of an element that isn't negated. */
const split =
  (name: string) =>
  (statement: Statement): Statement[] => {
    const values = statement[name];
    return Array.isArray(values) && values.length > 0
      ? values.map((value) => ({ ...statement, [name]: [value] }))
      : [statement];
  };

const reverseLists = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reverseLists).reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reverseLists(member)])
      .reverse(),
  );
};

/** A statement about an action that no request here has. */
const IRRELEVANT: Statement = { Effect: "Deny", Action: "sqs:SendMessage", Resource: "*" };

const EQUIVALENCES: Readonly<Record<string, (input: SimulateInput) => SimulateInput>> = {
  "statements in another order": (input) =>
    mapDocuments(input, (document) => ({ ...document, Statement: document.Statement.toReversed() })),
  "members and values in another order": (input) =>
    mapStatements(input, (statement) => [reverseLists(statement) as Statement]),
  "a statement for each action": (input) => mapStatements(input, split("Action")),
  "a statement for each resource": (input) => mapStatements(input, split("Resource")),
  "each statement twice": (input) => mapStatements(input, (statement) => [statement, { ...statement }]),
  "actions in other letters": (input) =>
    mapStatements(input, (statement) => {
      const swap = (list: unknown) =>
        Array.isArray(list) ? list.map((text) => String(text).toUpperCase()) : list;
      const { Action, NotAction, ...rest } = statement;
      return [
        {
          ...rest,
          ...(Action !== undefined && { Action: swap(Action) }),
          ...(NotAction !== undefined && { NotAction: swap(NotAction) }),
        } as Statement,
      ];
    }),
  "a single value without its list": (input) =>
    mapStatements(input, (statement) => [
      Object.fromEntries(
        Object.entries(statement).map(([key, value]) => [
          key,
          Array.isArray(value) && value.length === 1 ? value[0] : value,
        ]),
      ) as Statement,
    ]),
  "policies in another order": (input) => ({
    ...input,
    ...(Array.isArray(input.identityPolicies) && { identityPolicies: input.identityPolicies.toReversed() }),
    ...(Array.isArray(input.sessionPolicies) && { sessionPolicies: input.sessionPolicies.toReversed() }),
  }),
  "a statement about another action": (input) => {
    const { identityPolicies } = input;
    if (!Array.isArray(identityPolicies)) return input;
    const more: Document = { Version: "2012-10-17", Statement: [IRRELEVANT] };
    return { ...input, identityPolicies: [...identityPolicies, more] };
  },
};

describe.each(Object.entries(EQUIVALENCES))("the same policies, with %s", (_name, change) => {
  it("give the same decision", () => {
    fc.assert(
      fc.property(arbitraryInput([...RESOURCES_WITHOUT_WILDCARDS, ...PATTERNS]), (input) => {
        const { decision, partial } = simulate(input);
        expect(simulate(change(input))).toMatchObject({ decision, partial });
      }),
      RUNS,
    );
  });
});
