import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { createInput, loadFaultLines, loadFaults, loadToyRules } from "./toy-service.ts";

const formatPermissionFile = (...entries: string[]): string => {
  const items = entries.map((lines) => `  - ${lines.trim().split("\n").join("\n    ")}\n`);
  return `operation: toy:BuildTower\npermissions:\n${items.join("")}newActions: [toy:Build]\n`;
};

const VALID = `
id: build
principal: caller
actions: [toy:Build]
resource: request.Name
`;

/** A permission and its faults. */
const FAULTS: [title: string, lines: string, ...faults: string[]][] = [
  ["a valid permission", VALID],
  [
    "an unknown member in `principal`",
    VALID.replace("caller", "request.Nmae"),
    "4:24 `request` has no member `Nmae` | did you mean `Name`?",
  ],
  [
    "an unknown variable in `principal`",
    VALID.replace("caller", "requst.Name"),
    "4:16 there is no variable `requst` | did you mean `request`?",
  ],
  [
    "a number as `principal`",
    VALID.replace("caller", "5 + 5"),
    "4:16 `principal` is the ARN of a user or role, a string, and this is a whole number",
  ],
  [
    "an optional number as `resource`",
    VALID.replace("request.Name", "request.Height"),
    "6:15 `resource` is an ARN, a string, or a list of them, and this is a whole number",
    "6:23 `request.Height` may be absent | guard it with `has(request.Height) && …`, or write `orElse(request.Height, …)`",
  ],
  ["a list as `resource`", VALID.replace("request.Name", "orElse(request.Words, [])")],
  ["a string as `when`", `${VALID}when: request.Name`, "7:11 `when` is a condition, and this is a string"],
  ["a member that `when` guards", `${VALID}when: has(request.Words)\nresourceAccount: request.Words[0]`],
  [
    "a string as `tags`",
    `${VALID}tags: request.Name`,
    "7:11 `tags` is a list of tags, each with `Key` and `Value`, and this is a string",
  ],
  [
    "a list of objects without `Key` and `Value` as `tags`",
    `${VALID}tags: orElse(request.Blocks, [])`,
    "7:11 `tags` is a list of tags, each with `Key` and `Value`, and this is a list of objects",
  ],
  [
    "an unknown member in `keys`",
    `${VALID}keys: { aws:SourceArn: request.Nam }`,
    "7:36 `request` has no member `Nam` | did you mean `Name`?",
  ],
  [
    "a number in `keys`",
    `${VALID}keys: { aws:SourceArn: 5 }`,
    "7:28 `aws:SourceArn` is not a text | write an expression, a text in its own quotes: `\"'true'\"`",
  ],
  [
    "a condition key without a service",
    `${VALID}keys: { SourceArn: request.Name }`,
    "7:13 `SourceArn` is no condition key | write `service:Name`, for example `aws:SourceArn`",
  ],
  [
    "an absent condition key without a service",
    `${VALID}absentKeys: PassedToService`,
    "7:17 `PassedToService` is no condition key | write `service:Name`, for example `aws:SourceArn`",
  ],
  [
    "a wildcard in `actions`",
    VALID.replace("toy:Build", "toy:*"),
    "5:15 `toy:*` is no action | write `service:Name`, without wildcards: a request needs certain actions",
  ],
  [
    "an action that doesn't exist",
    VALID.replace("toy:Build", "fsx:CreateDataRepositoryTsk"),
    "5:15 `fsx:CreateDataRepositoryTsk` is no action that IAM knows | did you mean `fsx:CreateDataRepositoryTask`? one that is newer than this version of Countersign is listed under `newActions` in the rule file",
  ],
  [
    "an action of a service that doesn't exist",
    VALID.replace("toy:Build", "s33:PutObject"),
    "5:15 `s33:PutObject` is no action that IAM knows | did you mean `s3:PutObject`? one that is newer than this version of Countersign is listed under `newActions` in the rule file",
  ],
  ["an existing action in another case", VALID.replace("toy:Build", "s3:putobject")],
  [
    "a misspelt key",
    VALID.replace("resource", "resuorce"),
    "6:5 `resuorce` is not a key of a permission | did you mean `resource`?",
  ],
  ["no `actions`", VALID.replace("actions: [toy:Build]\n", ""), "3:5 a permission has no `actions`"],
  [
    "no principal",
    VALID.replace("principal: caller\n", ""),
    "3:5 a permission has no `principal` and no `service`: it says of nobody that they need it | write `principal: caller`, `principal: request.Role`, or `service: storagegateway.amazonaws.com`",
  ],
  [
    "both `principal` and `service`",
    `${VALID}service: toy.amazonaws.com`,
    "7:5 a permission has `principal` or `service`, not both | write `principal: caller`, `principal: request.Role`, or `service: storagegateway.amazonaws.com`",
  ],
  [
    "a malformed service principal",
    VALID.replace("principal: caller", "service: toy"),
    "4:14 `toy` is no service principal | write `principal: caller`, `principal: request.Role`, or `service: storagegateway.amazonaws.com`",
  ],
  [
    "an unknown member in `at`",
    `${VALID}at: /Nmae`,
    "7:9 the request has no `Nmae` there | did you mean `Name`?",
  ],
  [
    "a malformed id",
    VALID.replace("build", "Build It"),
    "3:9 `Build It` is no id | write it in lower case, with `-` between its words",
  ],
  ["a syntax error", VALID.replace("caller", "caller ||"), "4:24 the expression ends too early"],
];

describe("loadRules() of a permission", () => {
  it.each(FAULTS)("gives the expected faults for %s", (_title, lines, ...expected) => {
    const found = loadFaultLines(formatPermissionFile(lines));
    if (lines.includes("||")) expect(found).toHaveLength(1);
    else expect(found).toEqual(expected);
  });

  it("reports a duplicate id", () => {
    expect(loadFaultLines(formatPermissionFile(VALID, VALID))).toEqual([
      "7:9 there is another permission `build` of this operation | it is in `toy.yaml`, line 3",
    ]);
  });

  it("reports a permission that is not a mapping", () => {
    expect(loadFaults("operation: toy:BuildTower\npermissions: [build]\n")[0]!.message).toBe(
      "a permission is a mapping",
    );
  });
});

const loadRequirements = (lines: string, payload: unknown, more = {}) =>
  loadToyRules(formatPermissionFile(lines)).findRequirements({ ...createInput(payload), ...more });

describe("RuleSet.findRequirements()", () => {
  it("evaluates the expressions of a permission", () => {
    const lines = `${VALID}keys: { toy:Kind: request.Kind }\nabsentKeys: [toy:Other]\nat: /Name`;
    expect(loadRequirements(lines, { Name: "a", Kind: "HIGH" }, { caller: "me" })).toEqual([
      {
        id: "build",
        file: "toy.yaml",
        path: ["Name"],
        applies: { value: true },
        principal: { value: "me" },
        isCallers: true,
        members: { resource: "Name" },
        actions: ["toy:Build"],
        resources: { value: ["a"] },
        tags: { value: [] },
        keys: { "toy:Kind": { value: ["HIGH"] } },
        absentKeys: ["toy:Other"],
      },
    ]);
  });

  it("returns nothing if `when` is false or the permission depends on a faulty value", () => {
    expect(loadRequirements(`${VALID}when: request.Kind == 'WIDE'`, { Name: "a", Kind: "HIGH" })).toEqual([]);
    expect(loadRequirements(VALID, { Name: 5 }, { faulty: new Set(["/Name"]) })).toEqual([]);
    expect(loadRequirements(VALID, { Name: "a" }, { faulty: new Set(["/Kind"]) })).toHaveLength(1);
    expect(loadRequirements(`${VALID}at: /Kind`, { Name: "a" }, { faulty: new Set(["/Kind"]) })).toEqual([]);
  });

  it("explains the parts that are unknown", () => {
    const [one] = loadRequirements(
      `${VALID}when: context.mountPoint == 'x'\nresourcePolicy: context.fileShare`,
      {
        Name: new Unknown("${NAME}"),
      },
    );
    expect(one).toMatchObject({
      applies: { lacks: { message: expect.stringContaining("`context.mountPoint` is not given") } },
      principal: { lacks: { message: expect.stringContaining("who makes the call") } },
      resources: { lacks: { message: expect.stringContaining("`${NAME}` is a placeholder") } },
      resourcePolicy: { lacks: { message: expect.stringContaining("`context.fileShare`") } },
    });
  });

  it("explains an expression without a usable value", () => {
    const lines = VALID.replace("request.Name", "request.Name.substring(9)");
    const [one] = loadRequirements(lines, { Name: "a" }, { caller: "me" });
    expect(one!.resources).toMatchObject({ lacks: { help: "fix the permission in `toy.yaml`" } });
    const [empty] = loadRequirements(VALID, { Name: "" }, { caller: "me" });
    expect(empty!.resources).toMatchObject({ lacks: {} });
  });

  it("evaluates tags", () => {
    const lines = `${VALID}tags: "[{'Key': 'a', 'Value': request.Name}, {'Key': request.Name, 'Value': 'b'}]"`;
    const [one] = loadRequirements(lines, { Name: "n" }, { caller: "me" });
    expect(one!.tags).toEqual({
      value: [
        { key: "a", value: "n" },
        { key: "n", value: "b" },
      ],
    });
  });
});
