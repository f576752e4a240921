import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimulateInput, simulate, type Verdict } from "../../src/iam/index.ts";
import { runs } from "../support/scale.ts";
import {
  arbitraryInput,
  type Document,
  KEYS,
  PATTERNS,
  RESOURCES_WITHOUT_WILDCARDS,
  resourceStatement,
  type Statement,
  statement,
} from "./arbitraries.ts";

const RUNS = { numRuns: runs(400, 20) };
const ALL = [...RESOURCES_WITHOUT_WILDCARDS, ...PATTERNS];

/** How permissive a verdict is. */
const WIDTH: Readonly<Record<Verdict, number>> = { explicitDeny: 0, implicitDeny: 0, unknown: 1, allowed: 2 };
const widthOf = (input: SimulateInput): number => WIDTH[simulate(input).decision];
const isDeny = (verdict: Verdict): boolean => WIDTH[verdict] === 0;

/** The input with each policy document changed. */
function changed(input: SimulateInput, change: (document: Document) => Document): SimulateInput {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === "object" && value !== null && "Statement" in value
      ? change(value as Document)
      : value;
  };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, visit(value)])) as never;
}

const withStatement = (document: Document, added: Statement): Document => ({
  ...document,
  Statement: [...document.Statement, added],
});

const LISTS = ["identityPolicies", "sessionPolicies"] as const;

/** The inputs that result from adding a statement to one policy of the principal, or to the resource policy. */
function added(input: SimulateInput, own: Statement, resources: Statement): SimulateInput[] {
  const more: SimulateInput[] = [];
  for (const name of LISTS) {
    const [first, ...rest] = (input[name] ?? []) as Document[];
    if (first) more.push({ ...input, [name]: [withStatement(first, own), ...rest] });
  }
  const { permissionsBoundary: boundary, resourcePolicy, serviceControlPolicies: levels } = input;
  if (boundary) more.push({ ...input, permissionsBoundary: withStatement(boundary as Document, own) });
  if (resourcePolicy) {
    more.push({ ...input, resourcePolicy: withStatement(resourcePolicy as Document, resources) });
  }
  const [[scp, ...others] = [], ...below] = (levels ?? []) as Document[][];
  if (scp) {
    const first = [withStatement(scp as Document, own), ...others];
    more.push({ ...input, serviceControlPolicies: [first, ...below] });
  }
  return more;
}

describe("policy statements", () => {
  it("never widen access when a Deny is added", () => {
    fc.assert(
      fc.property(
        arbitraryInput(ALL),
        statement("Deny"),
        resourceStatement("Deny"),
        (input, own, resources) => {
          const before = widthOf(input);
          for (const after of added(input, own, resources))
            expect(widthOf(after)).toBeLessThanOrEqual(before);
        },
      ),
      RUNS,
    );
  });

  it("never narrow access when an Allow is added", () => {
    fc.assert(
      fc.property(
        arbitraryInput(ALL),
        statement("Allow"),
        resourceStatement("Allow"),
        (input, own, resources) => {
          const before = widthOf(input);
          for (const after of added(input, own, resources))
            expect(widthOf(after)).toBeGreaterThanOrEqual(before);
        },
      ),
      RUNS,
    );
  });

  it("have the same effect in any order", () => {
    fc.assert(
      fc.property(arbitraryInput(ALL), (input) => {
        const reversed = changed(input, (each) => ({ ...each, Statement: each.Statement.toReversed() }));
        const { decision, partial, missing } = simulate(input);
        const other = simulate(reversed);
        expect([other.decision, other.partial, other.missing.toSorted()]).toEqual([
          decision,
          partial,
          missing.toSorted(),
        ]);
      }),
      RUNS,
    );
  });

  it("have the same effect whatever the case of condition keys", () => {
    const inCapitals = (one: Statement): Statement => {
      const { Condition, ...rest } = one as Statement & {
        Condition?: Record<string, Record<string, unknown>>;
      };
      if (!Condition) return one;
      const operators = Object.entries(Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toUpperCase(), values])),
      ]);
      return { ...rest, Condition: Object.fromEntries(operators) };
    };
    fc.assert(
      fc.property(arbitraryInput(ALL), (input) => {
        const other = changed(input, (each) => ({ ...each, Statement: each.Statement.map(inCapitals) }));
        expect(simulate(other).decision).toBe(simulate(input).decision);
      }),
      RUNS,
    );
  });
});

describe("policy layers", () => {
  it("never grant access if they only limit it", () => {
    const limits = [
      "permissionsBoundary",
      "sessionPolicies",
      "serviceControlPolicies",
      "resourceControlPolicies",
    ];
    fc.assert(
      fc.property(arbitraryInput(ALL), fc.constantFrom(...limits), (input, name) => {
        const { [name as keyof SimulateInput]: limit, ...without } = input;
        if (limit) expect(widthOf(input)).toBeLessThanOrEqual(widthOf(without as SimulateInput));
      }),
      RUNS,
    );
  });

  it("deny access without a policy that could grant it", () => {
    fc.assert(
      fc.property(arbitraryInput(ALL), (input) => {
        const { identityPolicies, resourcePolicy, ...limits } = input;
        expect(isDeny(simulate(limits).decision)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("unknown condition keys", () => {
  /** Every combination of values of the keys. */
  const resolutions = Object.entries(KEYS).reduce<Record<string, string | null>[]>(
    (ways, [key, values]) =>
      ways.flatMap((way) => [null, ...values].map((value) => ({ ...way, [key]: value }))),
    [{}],
  );

  it("never change a decision that was reached without them", () => {
    fc.assert(
      fc.property(arbitraryInput(ALL), (input) => {
        const { decision } = simulate({ ...input, missingKeys: "unknown" });
        if (decision === "unknown") return;
        for (const way of resolutions) {
          const resolved = simulate({ ...input, context: { ...way, ...input.context } });
          if (isDeny(decision)) expect(isDeny(resolved.decision)).toBe(true);
          else expect(resolved.decision).toBe(decision);
          // An unknown part of a pattern may turn out to be an implicit deny.
          if (decision === "explicitDeny" && RESOURCES_WITHOUT_WILDCARDS.includes(input.resource))
            expect(resolved.decision).toBe(decision);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it("are named when the decision depends on them", () => {
    const one = fc.tuple(
      fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists"),
      fc.constantFrom(...Object.keys(KEYS)),
      fc.constantFrom("Allow" as const, "Deny" as const),
    );
    fc.assert(
      fc.property(one, ([operator, key, effect]) => {
        const all = { Effect: "Allow", Action: "*", Resource: "*" };
        const conditional = { ...all, Effect: effect, Condition: { [operator]: { [key]: KEYS[key]![1]! } } };
        const Statement = effect === "Deny" ? [all, conditional] : [conditional];
        const input: SimulateInput = {
          principal: "arn:aws:iam::123456789012:user/ana",
          action: "s3:PutObject",
          resource: "arn:aws:s3:::b/a",
          identityPolicies: [{ Version: "2012-10-17", Statement }],
        };
        expect(simulate({ ...input, missingKeys: "unknown" })).toMatchObject({
          decision: "unknown",
          missing: [key],
        });
        const verdicts = new Set(resolutions.map((context) => widthOf({ ...input, context })));
        expect(verdicts.size).toBe(2);
      }),
    );
  });
});

describe("resource patterns", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "x", "/", "c"), maxLength: 4 });
  const samples = fc.tuple(letters, letters, fc.constantFrom("a", "b", "x"));
  const fill = (pattern: string, [one, two, single]: [string, string, string]): string =>
    pattern.replace("*", one).replace("*", two).replace("?", single);

  it("are decided like the resources that they match", () => {
    fc.assert(
      fc.property(
        arbitraryInput(PATTERNS),
        fc.array(samples, { minLength: 3, maxLength: 8 }),
        (input, fillings) => {
          const whole = simulate(input);
          for (const filling of fillings) {
            const { decision } = simulate({ ...input, resource: fill(input.resource, filling) });
            if (whole.decision === "allowed") expect(decision).toBe("allowed");
            if (whole.decision === "unknown") expect(isDeny(decision)).toBe(false);
            if (isDeny(whole.decision) && !whole.partial) expect(decision).not.toBe("allowed");
          }
          expect(whole.partial).toBe(whole.uncovered !== undefined);
          if (whole.uncovered === undefined) return;
          expect(isDeny(simulate({ ...input, resource: whole.uncovered }).decision)).toBe(true);
          expect(whole.covered.length).toBeGreaterThan(0);
        },
      ),
      RUNS,
    );
  });
});
