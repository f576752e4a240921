import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ContextStore } from "../../../src/context/store.ts";
import { listRequests } from "../../../src/engine/list-requests.ts";
import { builtinSchemas } from "../../../src/schema/builtin.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "countersign-same-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const engine = { schemas: builtinSchemas, context: new ContextStore() };

/** What is found in a file that a walk comes upon, or that was named. */
async function foundIn(name: string, text: string, named: boolean) {
  const file = join(directory, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const { requests, unread } = await listRequests([{ file, isExplicit: named }], engine, {});
  return { requests, unread };
}

interface Call {
  service: string;
  name: string;
  payload: Record<string, unknown>;
}

const CALLS: readonly Call[] = [
  { service: "fsx", name: "CreateDataRepositoryTask", payload: { FileSystemId: "fs-1", Type: "EXPORT" } },
  {
    service: "storagegateway",
    name: "EvictFilesFailingUpload",
    payload: { FileShareARN: "arn:x", ForceRemove: true },
  },
  { service: "storagegateway", name: "StartCacheReport", payload: { FileShareARN: "arn:x" } },
];

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const words = (name: string, by: string): string => name.replace(/\B(?=[A-Z])/g, by).toLowerCase();

/** An ARN as it is, joined or substituted. */
const arn = (by: string, { service, name }: Call): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(
    `arn:aws:${by}:::aws-sdk:${service}:${camel(name)}`,
    { "Fn::Join": [":", ["arn", { Ref: "AWS::Partition" }, by, "", "", "aws-sdk", service, camel(name)]] },
    { "Fn::Sub": `arn:\${AWS::Partition}:${by}:::aws-sdk:${service}:${camel(name)}` },
  );

const resource = (type: string, properties: unknown) => ({
  Resources: { One: { Type: type, Properties: properties } },
});

const input = (payload: unknown): fc.Arbitrary<unknown> =>
  fc.constantFrom<unknown>(JSON.stringify(payload), { "Fn::ToJsonString": payload });

const states = (call: unknown, payload: unknown) => ({
  StartAt: "A",
  States: { A: { Type: "Task", Resource: call, Parameters: payload, End: true } },
});

/** A document of each container. */
const documentOf = (call: Call): fc.Arbitrary<unknown> => {
  const { service, name, payload } = call;
  const envelope = { operation: `${service}:${name}`, request: payload };
  const step = {
    name: "a",
    action: "aws:executeAwsApi",
    inputs: { Service: service, Api: name, ...payload },
  };
  const sdk = { service, action: camel(name), parameters: payload };
  return fc.oneof(
    fc.constantFrom<unknown>(
      envelope,
      { requests: [envelope] },
      { mainSteps: [step] },
      resource("AWS::SSM::Document", { Content: { mainSteps: [step] } }),
      resource("Custom::AWS", { Create: JSON.stringify(sdk) }),
      resource("AWS::CloudFormation::CustomResource", { Create: sdk }),
    ),
    fc
      .tuple(arn("scheduler", call), input(payload))
      .map(([Arn, Input]) =>
        resource("AWS::Scheduler::Schedule", { Target: { Arn, Input, RoleArn: "arn:r" } }),
      ),
    arn("states", call).map((each) =>
      resource("AWS::StepFunctions::StateMachine", { Definition: states(each, payload) }),
    ),
    arn("states", call).map((each) =>
      resource("AWS::Serverless::StateMachine", { Definition: states(each, payload) }),
    ),
    fc.constant(states(`arn:aws:states:::aws-sdk:${service}:${camel(name)}`, payload)),
    fc.constant(
      resource("AWS::StepFunctions::StateMachine", {
        DefinitionSubstitutions: { Call: `arn:aws:states:::aws-sdk:${service}:${camel(name)}` },
        DefinitionString: JSON.stringify(states("${Call}", payload)),
      }),
    ),
  );
};

/** JSON is YAML, too; with and without escapes that hide its words. */
const written = (document: unknown): fc.Arbitrary<{ name: string; text: string }> =>
  fc
    .tuple(
      fc.constantFrom("a.json", "a.yaml", "a.yml", "a.template", "sub/a.asl.json", "a", "a.conf", "a.tpl"),
      fc.constantFrom(undefined, 2, 4),
      fc.constantFrom((text: string) => text, hideLetters),
    )
    .map(([name, indent, hide]) => ({ name, text: hide(JSON.stringify(document, null, indent)) }));

/** The first letter of every key as an escape. */
const hideLetters = (text: string): string =>
  text.replace(/"([A-Za-z])(?=\w*":)/g, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`);

const programOf = ({ service, name, payload }: Call): fc.Arbitrary<{ name: string; text: string }> =>
  fc.constantFrom(
    { name: "a.py", text: `import boto3\nboto3.client("${service}").${words(name, "_")}(**request)\n` },
    { name: "a.ts", text: `await client.send(new ${name}Command(${JSON.stringify(payload)}));\n` },
    { name: "a.js", text: `client.${camel(name)}({}, done);\n` },
    { name: "a.go", text: `c.${name}(ctx, &x.${name}Input{})\n` },
    { name: "a.tf", text: `arn = "arn:aws:scheduler:::aws-sdk:${service}:${camel(name)}"\n` },
    { name: "a.ps1", text: `aws ${service} ${words(name, "-")} --x y\n` },
    { name: "a.sh", text: `aws ${service} ${words(name, "-")} --x y\n` },
    { name: "a.md", text: `# A\n\n\`\`\`python\nc.${words(name, "_")}(**x)\n\`\`\`\n` },
    { name: "fn.yaml", text: `Code:\n  ZipFile: |\n    import boto3\n    c.${words(name, "_")}(**x)\n` },
    { name: "tool", text: `#!/usr/bin/env node\nclient.${camel(name)}({})\n` },
  );

describe("a file that a walk comes upon", () => {
  it("yields what it yields when it is named", async () => {
    const file = fc
      .constantFrom(...CALLS)
      .chain((call) => fc.oneof({ weight: 3, arbitrary: documentOf(call).chain(written) }, programOf(call)));
    await fc.assert(
      fc.asyncProperty(file, async ({ name, text }) => {
        const named = await foundIn(name, text, true);
        expect(named.requests.length + named.unread.length).toBeGreaterThan(0);
        expect(await foundIn(name, text, false)).toEqual(named);
      }),
      { numRuns: 300 },
    );
  });

  it("is passed over where it is a test or somebody else's, and read where it is named", async () => {
    const text = 'import boto3\nboto3.client("fsx").create_data_repository_task(**request)\n';
    for (const name of ["test_a.py", "x/tests/a.py", "vendor/a.py", "x/site-packages/a.py"]) {
      expect(await foundIn(name, text, false)).toEqual({ requests: [], unread: [] });
      expect((await foundIn(name, text, true)).requests).toHaveLength(1);
    }
  });

  it("is read or said where Git takes it for binary, or it is huge", async () => {
    const text = 'import boto3\nboto3.client("fsx").create_data_repository_task(**request)\n';
    for (const [name, hostile] of [
      ["b.py", `\0\x01${text}`],
      ["c.py", text + "#".repeat(9 * 1024 * 1024)],
    ] as const) {
      const walked = await foundIn(name, hostile, false);
      expect([...walked.requests, ...walked.unread]).toHaveLength(1);
      expect(await foundIn(name, hostile, true)).toEqual(walked);
    }
  });
});
