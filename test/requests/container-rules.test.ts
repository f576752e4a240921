import { describe, expect, test } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { parseText } from "../../src/documents/parse.ts";
import { OpenObject, PartialText } from "../../src/documents/partial.ts";
import { findRequests } from "../../src/requests/find.ts";
import { createOperationNames } from "../../src/requests/operations.ts";

const operations = createOperationNames(
  ["fsx:CreateDataRepositoryTask", "stepfunctions:StartExecution", "batch:SubmitJob", "logs:CreateLogGroup"],
  (operation, path) => {
    if (operation !== "batch:SubmitJob") return undefined;
    return path.length === 0 ? ["jobName", "container", "tags"] : path[0] === "container" ? ["image"] : [];
  },
);

async function find(text: string, file = "t.yaml") {
  const { requests, faults, unread } = findRequests(await parseText(file, text), text, { operations });
  return {
    requests,
    operations: requests.map(({ operation }) => operation),
    faults: faults.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`),
    unread: unread.map(({ why }) => why),
  };
}

const state = (lines: string, top = ""): string =>
  `StartAt: A\n${top}States:\n  A:\n    Type: Task\n${lines.replaceAll(/^/gm, "    ")}\n`;
const RESOURCE = "Resource: arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask";

describe("operationNames()", () => {
  test.each([
    ["fsx", "createDataRepositoryTask", "fsx:CreateDataRepositoryTask"],
    ["FSx", "CreateDataRepositoryTask", "fsx:CreateDataRepositoryTask"],
    ["@aws-sdk/client-fsx", "CreateDataRepositoryTaskCommand", "fsx:CreateDataRepositoryTask"],
    ["fsx", "create_data_repository_task", "fsx:CreateDataRepositoryTask"],
    ["fsx", "create-data-repository-task", "fsx:CreateDataRepositoryTask"],
    ["sfn", "startExecution", "stepfunctions:StartExecution"],
    ["cloudwatchlogs", "createLogGroup", "logs:CreateLogGroup"],
    ["cloudwatch-logs", "createLogGroup", "logs:CreateLogGroup"],
    ["fsx", "createDataRepository", undefined],
    ["constructor", "constructor", undefined],
    ["", "", undefined],
  ])("resolves %j %j to %j", (service, action, operation) => {
    expect(operations.find(service, action)).toBe(operation);
  });
});

describe("states of a state machine", () => {
  test("take Parameters in JSONPath and Arguments in JSONata", async () => {
    const wrong = async (lines: string, top = "") => (await find(state(lines, top))).faults;
    const [parameters, args] = [`${RESOURCE}\nParameters: {}`, `${RESOURCE}\nArguments: {}`];
    expect(await wrong(parameters)).toEqual([]);
    expect(await wrong(args)).toEqual(["Arguments: `Arguments` is not for states in JSONPath"]);
    expect(await wrong(args, "QueryLanguage: JSONata\n")).toEqual([]);
    expect(await wrong(parameters, "QueryLanguage: JSONata\n")).toEqual([
      "Parameters: `Parameters` is not for states in JSONata",
    ]);
    expect(await wrong(`${args}\nQueryLanguage: JSONata`)).toEqual([]);
    expect(await wrong(`${args}\nQueryLanguage: ${"${Language}"}`)).toEqual([]);
  });

  test.each([
    ["", []],
    [".waitForTaskToken", []],
    [".sync", ["`createDataRepositoryTask.sync`: a call of an SDK has no `.sync`"]],
    [".sync:2", ["`createDataRepositoryTask.sync:2`: a call of an SDK has no `.sync`"]],
  ])("with the resource suffix %j report only an unsupported integration pattern", async (suffix, faults) => {
    const found = await find(state(`${RESOURCE}${suffix}\nParameters: {Type: X}`));
    expect(found.operations).toEqual(["fsx:CreateDataRepositoryTask"]);
    expect(found.faults.map((fault) => fault.split(": ").slice(1).join(": "))).toEqual(faults);
  });

  test("use their comment as the justification", async () => {
    const { requests } = await find(state(`${RESOURCE}\nComment: why it is done\nParameters: {}`));
    expect(requests).toMatchObject([{ justification: "why it is done", container: "step-functions" }]);
  });

  test("that call an integration that isn't known are unread where the service has schemas", async () => {
    expect(await find(state("Resource: arn:aws:states:::fsx:createDataRepositoryTask"))).toMatchObject({
      operations: [],
      unread: ["`fsx:createDataRepositoryTask` is no integration of Step Functions that is known here"],
    });
  });

  test("are only counted for other services", async () => {
    for (const resource of [
      "arn:aws:states:::aws-sdk:s3:putObject",
      "arn:aws:states:::newservice:doSomething",
      "arn:aws:states:::lambda:invoke",
    ]) {
      expect(await find(state(`Resource: ${resource}`))).toMatchObject({
        operations: [],
        faults: [],
        unread: [],
      });
    }
  });

  test("have capitalized members converted to the API's spelling", async () => {
    const lines =
      "Resource: arn:aws:states:::aws-sdk:batch:submitJob\n" +
      "Parameters: {JobName: x, Container: {Image.$: $.i}, Tags: {Image: y}, other: 1}";
    const text = state(lines);
    const { requests } = await find(text);
    expect(requests[0]!.payload).toEqual({
      jobName: "x",
      container: { image: new Unknown("$.i") },
      tags: { Image: "y" },
      other: 1,
    });
    const { payloadPath, payloadDocument } = requests[0]!;
    const { start, end } = payloadDocument!.span([...payloadPath, "container", "image"], "key");
    expect(text.slice(start, end)).toBe("Image.$");
  });
});

test("known DefinitionSubstitutions are applied to the definition of a state machine", async () => {
  const definition = (name: string, value: string): string => `
Resources:
  M:
    Type: ${name.startsWith("Definition:") ? "AWS::Serverless::StateMachine" : "AWS::StepFunctions::StateMachine"}
    Properties:
      DefinitionSubstitutions: { Known: fs-1, Open: !Ref X, Service: !Sub fsx }
      ${name}${value}
`;
  const machine =
    '{"StartAt": "A", "States": {"A": {"Resource": "arn:aws:states:::aws-sdk:${Service}:createDataRepositoryTask", ' +
    '"Parameters": {"FileSystemId": "${Known}", "Type": "${Open}"}}}}';
  for (const text of [
    definition("Definition: ", machine),
    definition("DefinitionString: ", `'${machine}'`),
  ]) {
    const { requests } = await find(text);
    expect(requests.map(({ payload }) => payload)).toEqual([
      { FileSystemId: "fs-1", Type: new PartialText("${Open}", [{ source: "${X}" }]) },
    ]);
  }
});

test("a template with several kinds of containers yields the requests of each, and none for lookalikes", async () => {
  const text = `
Resources:
  A:
    Type: Custom::AWS
    Properties: { Create: '{"service":"FSx","action":"createDataRepositoryTask","parameters":{"x":"PHYSICAL:RESOURCEID:"}}' }
  B:
    Type: AWS::Scheduler::Schedule
    Properties: { Target: { Arn: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask", Input: "{}" } }
  C:
    Type: AWS::CloudFormation::CustomResource
    Properties: { Create: "{ not json" }
  D:
    Type: Custom::AWS
    Properties: { Create: !Ref Call }
`;
  const { requests, faults, unread } = await find(text);
  expect(requests.map(({ container, payload }) => [container, payload])).toEqual([
    ["scheduler", {}],
    ["custom-resource", { x: new Unknown("PHYSICAL:RESOURCEID:") }],
  ]);
  expect(faults).toEqual([]);
  expect(unread).toEqual(["a placeholder hides which operation this custom resource calls"]);
});

test("a mapping with a placeholder as a key may have any other members", async () => {
  const { requests } = await find("operation: a:B\nrequest:\n  Known: 1\n  Inner: { a: 3, '${KEY}': 2 }\n");
  expect(requests[0]!.payload).toEqual({ Known: 1, Inner: new OpenObject("${KEY}", { a: 3 }) });
});
