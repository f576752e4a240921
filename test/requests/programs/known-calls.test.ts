import { describe, expect, it } from "vitest";
import { payloadsIn, placesOf, readProgram } from "./read.ts";

const unknown = (source: string) => ({ $unknown: source });

interface Language {
  file: string;
  /** A program with a call that is given this. */
  program(payload: string): string;
}

const PYTHON: Language = {
  file: "a.py",
  program: (payload) =>
    `import boto3, json\nfsx = boto3.client("fsx")\nfsx.create_data_repository_task(**${payload})\n`,
};
const TYPESCRIPT: Language = {
  file: "a.ts",
  program: (payload) =>
    `import { FSx } from "@aws-sdk/client-fsx";\nnew FSx({}).createDataRepositoryTask(${payload});\n`,
};
const PHP: Language = {
  file: "a.php",
  program: (payload) =>
    `<?php\n$c = new Aws\\FSx\\FSxClient([]);\n$c->createDataRepositoryTask(${payload});\n`,
};
const RUBY: Language = {
  file: "a.rb",
  program: (payload) => `c = Aws::FSx::Client.new\nc.create_data_repository_task(${payload})\n`,
};
const JAVA: Language = {
  file: "A.java",
  program: (setters) =>
    "import software.amazon.awssdk.services.fsx.model.*;\nclass A { Object f() { " +
    `return CreateDataRepositoryTaskRequest.builder()${setters}.build(); } }\n`,
};
const TERRAFORM: Language = {
  file: "a.tf",
  program: (payload) =>
    'locals {\n  all = { x = "a" }\n  list = ["p", "q"]\n}\nresource "aws_scheduler_schedule" "a" {\n  target {\n' +
    '    arn = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"\n' +
    `    input = jsonencode(${payload})\n  }\n}\n`,
};

describe("the result of a call", () => {
  it.each<[string, Language, string, unknown]>([
    [
      "JSON in Python",
      PYTHON,
      `json.loads('{"Type": "T", "Report": {"Enabled": true}, "Paths": ["a", 1]}')`,
      { Type: "T", Report: { Enabled: true }, Paths: ["a", 1] },
    ],
    ["JSON with an escape in JavaScript", TYPESCRIPT, `JSON.parse('{"Type":"\\\\u0041"}')`, { Type: "A" }],
    ["JSON that was made of a value", TYPESCRIPT, 'JSON.parse(JSON.stringify({ Type: "T" }))', { Type: "T" }],
    ["a copy in JavaScript", TYPESCRIPT, 'structuredClone({ Type: "T" })', { Type: "T" }],
    ["JSON in PHP", PHP, `json_decode('{"Type":"T"}', true)`, { Type: "T" }],
    ["JSON in Ruby", RUBY, `JSON.parse('{"type":"T"}', symbolize_names: true)`, { Type: "T" }],
    ["a boolean of Java", JAVA, ".report(r -> r.enabled(Boolean.TRUE))", { Report: { Enabled: true } }],
    [
      "a boxed boolean",
      JAVA,
      ".report(r -> r.enabled(Boolean.valueOf(false)))",
      { Report: { Enabled: false } },
    ],
    ["a boxed number", JAVA, ".capacityToRelease(Long.valueOf(5L))", { CapacityToRelease: 5 }],
    [
      "an enumeration's value by its name",
      JAVA,
      '.type(DataRepositoryTaskType.valueOf("EXPORT_TO_REPOSITORY"))',
      { Type: "EXPORT_TO_REPOSITORY" },
    ],
    ["a text of an enumeration", JAVA, '.type(DataRepositoryTaskType.fromValue("T"))', { Type: "T" }],
    ["a format in Terraform", TERRAFORM, '{ Type = format("%s-%d", "a", 1) }', { Type: "a-1" }],
    ["joined texts in Terraform", TERRAFORM, '{ Type = join("_", local.list) }', { Type: "p_q" }],
    [
      "capitals and small letters",
      TERRAFORM,
      '{ Type = upper("ab"), Paths = [lower("AB")] }',
      { Type: "AB", Paths: ["ab"] },
    ],
    [
      "JSON in Terraform",
      TERRAFORM,
      '{ Report = jsondecode("{\\"Enabled\\": true}") }',
      { Report: { Enabled: true } },
    ],
    [
      "an item of a list, and a member",
      TERRAFORM,
      '{ Type = local.list[1], Paths = [local.all["x"]] }',
      { Type: "q", Paths: ["a"] },
    ],
  ])("is known: %s", async (_, { file, program }, payload, value) => {
    expect(await payloadsIn(file, program(payload))).toEqual([value]);
  });

  const TWICE = `json.loads('{"Type": "a", "Type": "b"}')`;
  const REVIVED = `JSON.parse('{"Type":"T"}', revive)`;
  const OBJECTS = `json_decode('{"Type":"T"}')`;
  const TEXTS = `JSON.parse('{"type":"T"}')`;

  it.each<[string, Language, string, unknown]>([
    ["JSON with a member twice", PYTHON, TWICE, { $more: TWICE }],
    ["what a function makes of JSON", TYPESCRIPT, REVIVED, unknown(REVIVED)],
    ["objects in PHP, which the SDK refuses", PHP, OBJECTS, unknown(OBJECTS)],
    ["texts as keys in Ruby", RUBY, TEXTS, unknown(TEXTS)],
    [
      "a name that no value has",
      JAVA,
      '.type(DataRepositoryTaskType.valueOf("X"))',
      { Type: unknown('DataRepositoryTaskType.valueOf("X")') },
    ],
    [
      "a text as a boolean",
      JAVA,
      '.report(r -> r.enabled(Boolean.valueOf("true")))',
      { Report: { Enabled: unknown('Boolean.valueOf("true")') } },
    ],
    [
      "a text with a hole",
      TERRAFORM,
      '{ Type = upper("$' + '{var.x}") }',
      { Type: unknown('upper("$' + '{var.x}")') },
    ],
    ["an item that isn't there", TERRAFORM, "{ Type = local.list[2] }", { Type: unknown("local.list[2]") }],
    [
      "an item by a variable",
      TERRAFORM,
      "{ Type = local.list[var.i] }",
      { Type: unknown("local.list[var.i]") },
    ],
  ])("isn't known: %s", async (_, { file, program }, payload, value) => {
    expect(await payloadsIn(file, program(payload))).toEqual([value]);
  });

  it("has its places in the text", async () => {
    const text = PYTHON.program(`json.loads('{"Type":\\t"T"}')`);
    const { requests } = await readProgram("a.py", text);
    expect(placesOf(requests[0]!, ["Type"], text)).toEqual(["3:48", "3:57"]);
  });
});

const CDK = [
  'import * as tasks from "aws-cdk-lib/aws-stepfunctions-tasks";',
  'import * as cr from "aws-cdk-lib/custom-resources";',
  'import { AwsApi } from "aws-cdk-lib/aws-events-targets";',
  "",
].join("\n");
const CALL = '{ service: "FSx", action: "deleteVolume", parameters: { VolumeId: "v" } }';

const inCdk = async (text: string): Promise<unknown[]> => {
  const { requests, unread } = await readProgram("a.ts", `${CDK}${text}\n`);
  const payloads = await payloadsIn("a.ts", `${CDK}${text}\n`);
  return [
    ...requests.map(({ container }, index) => [container, payloads[index]]),
    ...unread.map(({ why }) => why),
  ];
};

describe("a construct of the CDK", () => {
  const OPEN = "which operation this `AwsCustomResource` calls, only the run knows";

  it.each([
    [
      "a task with JSONata",
      'tasks.CallAwsService.jsonata(this, "A", { service: "fsx", action: "deleteVolume", parameters: { VolumeId: "v" } });',
      [["step-functions", { VolumeId: "v" }]],
    ],
    ["a target of a rule", `rule.addTarget(new AwsApi(${CALL}));`, [["custom-resource", { VolumeId: "v" }]]],
    [
      "a call with a type, given twice",
      `const call: cr.AwsSdkCall = ${CALL};\nnew cr.AwsCustomResource(this, "A", { onCreate: call, onUpdate: call });`,
      [
        ["custom-resource", { VolumeId: "v" }],
        ["custom-resource", { VolumeId: "v" }],
      ],
    ],
    [
      "a call that changes after the construct is made",
      `const call = ${CALL};\nnew cr.AwsCustomResource(this, "A", { onCreate: call });\ncall.parameters.VolumeId = x;`,
      [OPEN],
    ],
    [
      "a call that something else gets, too",
      `const call = ${CALL};\nchange(call);\nnew cr.AwsCustomResource(this, "A", { onCreate: call });`,
      [OPEN],
    ],
  ])("is read or said: %s", async (_, text, found) => {
    expect(await inCdk(text)).toEqual(found);
  });
});
