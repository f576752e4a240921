import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValidateInput } from "../../src/index.ts";
import { directory } from "../cli/run.ts";
import { runs } from "../support/scale.ts";
import { createValidator, validate } from "./without-rules.ts";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const OPERATION = "storagegateway:EvictFilesFailingUpload";
const validateRequest = (request: unknown) => validate({ operation: OPERATION, request });

describe("validate()", () => {
  it("returns diagnostics without file, line and column", () => {
    expect(validateRequest({ FileShareARN: SHARE, ForceRemove: "true" })).toEqual({
      outcome: "fail",
      diagnostics: [
        {
          code: "schema/type",
          severity: "error",
          status: "failed",
          message: '`ForceRemove` must be a boolean, not the string `"true"`',
          help: "write `true` without quotes",
          pointer: "/ForceRemove",
          operation: OPERATION,
        },
      ],
    });
  });

  it("treats undefined members as absent", () => {
    expect(validateRequest({ FileShareARN: SHARE, ForceRemove: undefined }).outcome).toBe("pass");
    expect(
      validate({ operation: OPERATION, request: { FileShareARN: SHARE }, justification: undefined }).outcome,
    ).toBe("pass");
    expect(validateRequest({ FileShareARN: undefined }).diagnostics).toMatchObject([
      { code: "schema/required", pointer: "" },
    ]);
  });

  it("is undecided when a value is a placeholder", () => {
    const request = { FileShareARN: "${SHARE_ARN}", ForceRemove: true };
    expect(validateRequest(request)).toMatchObject({
      outcome: "undecided",
      diagnostics: [{ code: "schema/length", status: "undecided", pointer: "/FileShareARN" }],
    });
    expect(validate({ operation: "${OP}", request }).outcome).toBe("undecided");
  });

  it("rejects objects that are not plain where a structure is expected", () => {
    class Config {
      get DurationSinceLastAccess() {
        return { Unit: "DAYS", Value: 1 };
      }
    }
    const task = {
      Type: "RELEASE_DATA_FROM_FILESYSTEM",
      FileSystemId: "fs-0123456789abcdef0",
      Report: { Enabled: false },
    };
    for (const value of [
      new Date(),
      new Map(),
      new Set(),
      /x/,
      new Uint8Array(),
      new ArrayBuffer(4),
      new Config(),
    ]) {
      const { diagnostics } = validate({
        operation: "fsx:CreateDataRepositoryTask",
        request: { ...task, ReleaseConfiguration: value },
      });
      expect(diagnostics).toMatchObject([{ code: "schema/type", pointer: "/ReleaseConfiguration" }]);
    }
  });

  it("handles getters that throw hostile values, and escapes their messages", () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const thrown = [
      Object.assign(new Error(), { message: Symbol() }),
      Object.create(null),
      revoked.proxy,
      new Error("\u001b[31m\nerror: x"),
    ];
    for (const what of thrown) {
      const request = {
        get FileShareARN(): string {
          throw what;
        },
      };
      const { outcome, diagnostics } = validateRequest(request);
      expect(outcome).toBe("fail");
      expect(diagnostics[0]!.message).not.toMatch(/[\u0000-\u001f]/);
    }
  });

  it("terminates on values that grow exponentially or have huge arrays", () => {
    let doubling: object = {};
    for (let level = 0; level < 60; level++) doubling = { a: doubling, b: doubling };
    expect(validateRequest(doubling).outcome).toBe("fail");
    expect(validateRequest({ FileShareARN: new Array(4e9) }).outcome).toBe("fail");
    expect(validateRequest({ FileShareARN: new Array(5e6) }).outcome).toBe("fail");
  });

  it("rejects numbers that JSON can't represent", () => {
    const release = (Value: unknown) =>
      validate({
        operation: "fsx:CreateDataRepositoryTask",
        request: {
          Type: "RELEASE_DATA_FROM_FILESYSTEM",
          FileSystemId: "fs-0123456789abcdef0",
          Report: { Enabled: false },
          ReleaseConfiguration: { DurationSinceLastAccess: { Unit: "DAYS", Value } },
        },
      }).diagnostics.map((d) => `${d.code} ${d.help}`);
    expect(release(Number.POSITIVE_INFINITY)).toEqual(["schema/type write a finite number"]);
    expect(release(Number.NaN)).toEqual(["schema/type write a finite number"]);
    expect(release(5n)).toEqual(["schema/type hand in the number `5`, not a bigint"]);
    expect(release(2n ** 60n)[0]).toMatch(/^schema\/range/);
  });

  it("sorts list items by their numeric index", () => {
    const Paths = Array.from({ length: 12 }, (_, index) => (index === 2 || index === 10 ? 5 : "a"));
    const request = {
      Type: "EXPORT_TO_REPOSITORY",
      FileSystemId: "fs-0123456789abcdef0",
      Report: { Enabled: false },
      Paths,
    };
    const { diagnostics } = validate({ operation: "fsx:CreateDataRepositoryTask", request });
    expect(diagnostics.map((d) => d.pointer)).toEqual(["/Paths/2", "/Paths/10"]);
  });

  it.each<[string, unknown, string]>([
    ["null", null, "document/envelope"],
    ["text", "x", "document/envelope"],
    ["a list", [], "document/envelope"],
    ["nothing", undefined, "document/envelope"],
    ["no request", { operation: OPERATION }, "document/envelope"],
    ["a number as operation", { operation: 5, request: {} }, "document/envelope"],
    [
      "a misspelt key",
      { operation: OPERATION, request: { FileShareARN: SHARE }, justifcation: "x" },
      "document/envelope",
    ],
    [
      "an operation there is no schema for",
      { operation: "fsx:CreateDataRepoTask", request: {} },
      "document/unknown-operation",
    ],
    [
      "an operation named like a property",
      { operation: "__proto__", request: {} },
      "document/unknown-operation",
    ],
    [
      "an operation named `constructor`",
      { operation: "constructor", request: {} },
      "document/unknown-operation",
    ],
  ])("fails with the right code when the input is %s", (_title, input, code) => {
    const { outcome, diagnostics } = validate(input as ValidateInput);
    expect(outcome).toBe("fail");
    expect(diagnostics.map((d) => d.code)).toContain(code);
  });

  it("fails on values that programs can create but JSON can't represent", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    const getter = {
      get FileShareARN(): string {
        throw new Error("no");
      },
    };
    for (const request of [
      cyclic,
      trap,
      getter,
      new Map(),
      new Date(),
      new Uint8Array(3),
      10n,
      Number.NaN,
      /x/,
    ]) {
      expect(validateRequest(request).outcome).toBe("fail");
    }
    expect(validateRequest(Object.assign(Object.create(null), { FileShareARN: SHARE })).outcome).toBe("pass");
    expect(
      validateRequest(JSON.parse(`{"FileShareARN":"${SHARE}","__proto__":1}`)).diagnostics,
    ).toMatchObject([{ code: "schema/unknown-field", pointer: "/__proto__" }]);
  });

  it("never throws and never passes for arbitrary requests", () => {
    const operations = fc.constantFrom(
      OPERATION,
      "fsx:CreateDataRepositoryTask",
      "storagegateway:StartCacheReport",
    );
    fc.assert(
      fc.property(
        operations,
        fc.anything({
          withBigInt: true,
          withDate: true,
          withTypedArray: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (operation, request) => {
          const { outcome, diagnostics } = validate({ operation, request });
          // A string may happen to be a placeholder and be undecided, but no generated value is a valid
          // request.
          expect(outcome).not.toBe("pass");
          expect(diagnostics.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

describe("createValidator() options", () => {
  it("rejects unknown options", () => {
    expect(() => createValidator({ rulez: {} } as never)).toThrow("did you mean `rules`?");
    expect(() => createValidator({ waivers: [] } as never)).toThrow("is not an option");
  });
});

describe("createValidator()", () => {
  const schema = {
    type: "object",
    properties: {
      At: { type: ["string", "number"], "x-aws-type": "timestamp" },
      Data: { type: "string", "x-aws-type": "blob" },
      Choice: {
        type: "object",
        properties: { A: { type: "string" }, B: { type: "string" } },
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
      Mode: { type: "string", "x-documented-values": ["FAST", "SLOW"] },
      Named: {
        type: "object",
        propertyNames: { type: "string", pattern: "^[a-z]+$", maxLength: 5 },
        additionalProperties: { type: "integer" },
        maxProperties: 2,
      },
      Labels: { type: "object", additionalProperties: { type: "string" } },
    },
    additionalProperties: false,
  };
  const schemas = `${directory({ "schemas/toy/Run.request.json": JSON.stringify(schema) })}/schemas`;
  const { validate } = createValidator({ schemas });
  const codes = (request: unknown) =>
    validate({ operation: "toy:Run", request }).diagnostics.map((d) => `${d.code} ${d.pointer}`);

  it("loads additional schemas and keeps the built-in ones", () => {
    expect(codes({})).toEqual([]);
    expect(validate({ operation: OPERATION, request: { FileShareARN: SHARE } }).outcome).toBe("pass");
  });

  it("accepts timestamps and blobs in every form that SDKs accept", () => {
    expect(codes({ At: new Date(0), Data: new Uint8Array(2) })).toEqual([]);
    expect(codes({ At: "2026-01-05T10:00:00Z", Data: "aGk=" })).toEqual([]);
    expect(codes({ At: 1700000000 })).toEqual([]);
    expect(codes({ At: "yesterday" })).toEqual(["schema/pattern /At"]);
    expect(codes({ At: true })).toEqual(["schema/type /At"]);
  });

  it("requires exactly one member of a union", () => {
    expect(codes({ Choice: { A: "x" } })).toEqual([]);
    expect(codes({ Choice: { A: "x", B: "y" } })).toEqual(["schema/union /Choice"]);
    expect(codes({ Choice: {} })).toEqual(["schema/union /Choice"]);
    expect(codes({ Choice: { C: "x" } })).toEqual(["schema/unknown-field /Choice/C"]);
  });

  it("checks the values of maps and escapes their keys in pointers", () => {
    expect(codes({ Labels: { "a/b~c": 1, ok: "x" } })).toEqual(["schema/type /Labels/a~1b~0c"]);
  });

  it("checks the keys of maps and the number of entries", () => {
    expect(codes({ Named: { ab: 1 } })).toEqual([]);
    expect(codes({ Named: { aB: 1, c: "x" } })).toEqual(["schema/pattern /Named/aB", "schema/type /Named/c"]);
    expect(codes({ Named: { abcdefg: 1 } })).toEqual(["schema/length /Named/abcdefg"]);
    expect(codes({ Named: { a: 1, b: 1, c: 1 } })).toEqual(["schema/items /Named"]);
  });

  it('fails on a warning with `failOn: "warning"`', () => {
    const input = { operation: "toy:Run", request: { Mode: "OTHER" } };
    expect(validate(input)).toMatchObject({ outcome: "pass", diagnostics: [{ severity: "warning" }] });
    expect(createValidator({ schemas, failOn: "warning" }).validate(input).outcome).toBe("fail");
  });
});

describe("validate() with a payload that is a single placeholder", () => {
  it("reports one undecided finding instead of one per rule", () => {
    const { outcome, diagnostics } = validate({
      operation: "fsx:CreateDataRepositoryTask",
      request: "${PAYLOAD}",
    });
    expect(outcome).toBe("undecided");
    expect(diagnostics.map(({ code, status }) => [code, status])).toEqual([["schema/type", "undecided"]]);
  });
});
