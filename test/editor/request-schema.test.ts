import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/countersign/request.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
const EVICT = {
  operation: "storagegateway:EvictFilesFailingUpload",
  request: { FileShareARN: SHARE, ForceRemove: true },
};

/** JSON pointers to what the editor would underline. */
const places = (document: unknown): string[] =>
  validate(document) ? [] : validate.errors!.map((error) => error.instancePath);

describe("the editor's schema of request documents", () => {
  it("accepts documents that check accepts", () => {
    expect(places(EVICT)).toEqual([]);
    expect(
      places({ ...EVICT, justification: "x", caller: "arn:aws:iam::123456789012:role/Ops", context: {} }),
    ).toEqual([]);
    expect(places({ requests: [EVICT, EVICT] })).toEqual([]);
    expect(places({ operation: "ec2:TerminateInstances", request: { InstanceIds: ["i-1"] } })).toEqual([]);
  });

  it("checks a payload by its operation, in a list as well", () => {
    expect(places({ ...EVICT, request: { FileShareARN: SHARE, ForceRemove: "true" } })).toContain(
      "/request/ForceRemove",
    );
    expect(places({ requests: [EVICT, { ...EVICT, request: { FileShareARN: 5 } }] })).toContain(
      "/requests/1/request/FileShareARN",
    );
    expect(places({ ...EVICT, operation: "fsx:CreateDataRepositoryTask" })).toContain("/request");
  });

  it("marks unknown keys and operations", () => {
    expect(places({ ...EVICT, justifcation: "x" })).toContain("");
    expect(places({ ...EVICT, operation: "evict" })).toContain("/operation");
    expect(places({ operation: EVICT.operation })).toContain("");
  });

  it("has a description of every operation and member for completion", () => {
    const { envelope, ...operations } = schema.definitions;
    expect(envelope.properties.operation.anyOf[0].enum).toEqual(Object.keys(operations));
    for (const [name, { properties }] of Object.entries<{
      properties: Record<string, { description?: string }>;
    }>(operations)) {
      for (const [member, { description }] of Object.entries(properties))
        expect(description, `${name} ${member}`).toMatch(/\w/);
    }
  });
});
