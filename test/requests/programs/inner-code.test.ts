import { describe, expect, it } from "vitest";
import { payloadsIn, placesOf, readProgram } from "./read.ts";

const CODE = [
  "new lambda.Function(this, 'F', { code: lambda.Code.fromInline(`",
  "import boto3",
  "def handler(event, context):",
  '    boto3.client("fsx").create_data_repository_task(FileSystemId="fs-1", Type="T")',
  "`) });",
];

describe("the code of a function in a program of the CDK", () => {
  it("is read, with its places in the file", async () => {
    const text = `${CODE.join("\n")}\n`;
    const { requests } = await readProgram("a.ts", text);
    expect(requests.map(({ payload }) => payload)).toEqual([{ FileSystemId: "fs-1", Type: "T" }]);
    expect(placesOf(requests[0]!, ["Type"], text)).toEqual(["4:74", "4:79"]);
  });

  it("is listed where something is filled into it", async () => {
    const text = `${CODE.join("\n").replace('"T"', '"${kind}"')}\n`;
    const { requests, unread } = await readProgram("a.ts", text);
    expect([requests.length, unread.length]).toEqual([0, 1]);
  });

  it("is read in JavaScript, and from Python", async () => {
    const inner =
      'const { FSx } = require("@aws-sdk/client-fsx"); new FSx({}).createDataRepositoryTask({ Type: "T" });';
    expect(await payloadsIn("a.py", `_lambda.InlineCode(${JSON.stringify(inner)})\n`)).toEqual([
      { Type: "T" },
    ]);
  });
});
