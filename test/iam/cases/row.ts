import type { SimulateInput, Verdict } from "../../../src/iam/index.ts";
import type { Parts } from "../policies.ts";
import { allow, createSimulateInput, deny, policy } from "../policies.ts";

export type Letter = "A" | "I" | "E" | "U";
export const VERDICTS: Readonly<Record<Letter, Verdict>> = {
  A: "allowed",
  I: "implicitDeny",
  E: "explicitDeny",
  U: "unknown",
};

export type Row = readonly [name: string, verdict: Letter, input: SimulateInput];

/** The default request, under one identity policy of these statements. */
export const identity = (statements: Parts[], parts: Partial<SimulateInput> = {}): SimulateInput =>
  createSimulateInput({ identityPolicies: [policy(...statements)], ...parts });

/** The default Allow under a condition. */
export const when = (
  condition: Parts,
  context?: NonNullable<SimulateInput["context"]>,
  parts: Partial<SimulateInput> = {},
): SimulateInput => identity([allow({ Condition: condition })], { ...(context && { context }), ...parts });

/** The default Allow, and a Deny under a condition. */
export const unless = (condition: Parts, context?: NonNullable<SimulateInput["context"]>): SimulateInput =>
  identity([allow(), deny({ Condition: condition })], context ? { context } : {});

export const bucketPolicy = (principal: unknown, parts: Parts = {}) =>
  policy(allow({ Principal: principal, ...parts }));
export const NARROW = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
