export type Severity = "error" | "warning" | "info";

/**
 * All codes with their default severity, except those of rules: a rule's code is its id. Every code has a
 * page in docs/codes/, which a test enforces.
 */
export const CODES = {
  "document/syntax": "error",
  "document/duplicate-key": "error",
  "document/too-large": "error",
  "document/encoding": "error",
  "document/unreadable": "error",
  "document/no-request": "error",
  "document/unread": "error",
  "document/unknown-operation": "error",
  "document/envelope": "error",
  "schema/type": "error",
  "schema/required": "error",
  "schema/unknown-field": "error",
  "schema/enum": "error",
  "schema/pattern": "error",
  "schema/length": "error",
  "schema/range": "error",
  "schema/items": "error",
  "schema/union": "error",
  "schema/documented-value": "warning",
  "iam/implicit-deny": "error",
  "iam/explicit-deny": "error",
  "iam/partial-grant": "error",
  "iam/pass-role-denied": "error",
  "iam/untrusted-service": "error",
  "iam/confused-deputy": "warning",
  "iam/over-permissive": "warning",
  "iam/undecided": "error",
  "iam/malformed-policy": "error",
  "iam/live-difference": "warning",
} as const satisfies Record<string, Severity>;

export type Code = keyof typeof CODES;

export const isCode = (text: string): text is Code => Object.hasOwn(CODES, text);
