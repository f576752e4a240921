/**
 * The closed list of codes. A rule's code is its id and is declared by its rule file; everything else that
 * Countersign can say is a row here, and has its page in docs/codes/ (a test holds the two together).
 */
export type Severity = "error" | "warning" | "info";

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
