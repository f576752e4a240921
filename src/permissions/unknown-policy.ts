import type { Policy, PolicyKind, Statement } from "../iam/policy.ts";

/** Something that isn't known, and how to give it. */
export interface Gap {
  message: string;
  help: string;
}

/** No condition key has a line break. */
const MARK = "countersign:unknown\n";

/**
 * Stands for a policy that isn't known: it may allow everything, and it may deny everything. Both hang on a
 * condition key of our own whose value nobody knows, so that the evaluator says by itself where it matters.
 */
export function unknownPolicy(kind: PolicyKind, name: string, { message, help }: Gap): Policy {
  const key = `${MARK}${message}\n${help}`;
  const isResources = ["resource", "trust", "key", "rcp"].includes(kind);
  const statement = (index: number, effect: Statement["effect"]): Statement => ({
    index,
    effect,
    isFaulty: false,
    action: EVERYTHING,
    resource: EVERYTHING,
    ...(isResources && { principal: EVERYONE }),
    conditions: [
      { operator: "StringEquals", base: "StringEquals", ifExists: false, key, values: ["known"], path: [] },
    ],
  });
  return {
    kind,
    name,
    hasVariables: true,
    statements: [statement(0, "Allow"), statement(1, "Deny")],
    faults: [],
  };
}

const EVERYTHING = { isNegated: false, values: ["*"] };
const EVERYONE = {
  isNegated: false,
  isEveryone: true,
  aws: ["*"],
  service: ["*"],
  federated: [],
  canonicalUser: [],
};

/** What a missing key stands for, where it is one of ours. */
export function gapOf(key: string): Gap | undefined {
  if (!key.startsWith(MARK)) return undefined;
  const [, message = "", help = ""] = key.split("\n");
  return { message, help };
}
