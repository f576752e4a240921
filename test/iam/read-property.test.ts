import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyKind } from "../../src/iam/policy.ts";
import { readPolicy } from "../../src/iam/read/index.ts";

const KINDS: PolicyKind[] = ["identity", "boundary", "session", "scp", "rcp", "resource", "trust", "key"];

const anyOf = (...values: unknown[]) => fc.oneof(fc.constantFrom(...values), fc.jsonValue());

/** Almost valid policies. */
const document = fc.record(
  {
    Version: anyOf("2012-10-17", "2008-10-17"),
    Id: anyOf("id"),
    Statement: fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            Sid: anyOf("A", "a b"),
            Effect: anyOf("Allow", "Deny"),
            Principal: anyOf("*", { AWS: "123456789012" }, { Service: ["s3.amazonaws.com"] }),
            NotPrincipal: anyOf("*"),
            Action: anyOf("s3:*", ["s3:GetObject", "*"]),
            NotAction: anyOf("iam:*"),
            Resource: anyOf("*", "arn:aws:s3:::b/${a}", "arn:aws"),
            NotResource: anyOf("*"),
            Condition: anyOf({ Bool: { a: "true" } }, { StringEqual: 5 }),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 4 },
      ),
    ),
    extra: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe("readPolicy()", () => {
  it("never throws, and marks the statement of every error", () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...KINDS), (value, kind) => {
        const { statements, faults } = readPolicy(value, { kind, name: "p" });
        for (const { severity, path } of faults) {
          if (severity !== "error") continue;
          const affected = typeof path[1] === "number" ? [statements[path[1]]] : statements;
          expect(affected.every((statement) => statement?.isFaulty)).toBe(true);
        }
        for (const { isFaulty } of statements) {
          if (isFaulty) expect(faults.some(({ severity }) => severity === "error")).toBe(true);
        }
      }),
    );
  });

  it("gives the same policy for a value, its text and its URL-encoded text", () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...KINDS), (value, kind) => {
        const text = JSON.stringify(value);
        const about = { kind, name: "p" };
        const policy = readPolicy(JSON.parse(text), about);
        expect(readPolicy(text, about)).toEqual(policy);
        expect(readPolicy(encodeURIComponent(text), about)).toEqual(policy);
      }),
    );
  });

  it("never throws for arbitrary text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `{${text}`),
        ),
        (text) => {
          const { statements, faults } = readPolicy(text, { kind: "identity", name: "p" });
          expect(faults.length > 0 || statements.length > 0).toBe(true);
        },
      ),
    );
  });
});
