import { describe, expect, it } from "vitest";
import { Unknown } from "../../src/documents/document.ts";
import { embedSlice } from "../../src/documents/embedded.ts";
import { OpenList, OpenObject, PartialText } from "../../src/documents/partial.ts";
import { findCommands } from "../../src/requests/aws-cli/find.ts";
import { CliOperations } from "../../src/requests/aws-cli/operations.ts";
import { toShellText } from "../../src/requests/aws-cli/shell-text.ts";
import { createOperationNames } from "../../src/requests/operations.ts";
import { replacePlaceholders } from "../../src/requests/placeholders.ts";
import { ACCOUNT_ID, PARTITION, REGION } from "../../src/requests/reference-domains.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { findInText } from "./find-in-text.ts";

const text = (source: string, ...parts: PartialText["parts"]) => new PartialText(source, parts);
const hole = (source: string, domain?: object) => ({ source, ...(domain && { domain }) });

describe("replacePlaceholders()", () => {
  it.each([
    ["s3://lab/${DAY}", ["s3://lab/", hole("${DAY}")]],
    ["${A}-${B}/x", [hole("${A}"), "-", hole("${B}"), "/x"]],
    ["x/{{ name }}/y", ["x/", hole("{{ name }}"), "/y"]],
    ["x/${{ inputs.name }}/y", ["x/", hole("${{ inputs.name }}"), "/y"]],
    [
      "arn:aws:iam::<account>:role/<<Role>>",
      ["arn:aws:iam::", hole("<account>"), ":role/", hole("<<Role>>")],
    ],
    ["s3://{bucket}/[PREFIX]", ["s3://", hole("{bucket}"), "/", hole("[PREFIX]")]],
    ["s3://YOUR_BUCKET/your-prefix/", ["s3://", hole("YOUR_BUCKET"), "/", hole("your-prefix"), "/"]],
    ["s3://REPLACE_ME/x", ["s3://", hole("REPLACE_ME"), "/x"]],
    ["fs-xxxxxxxxxxxxxxxxx", ["fs-", hole("xxxxxxxxxxxxxxxxx")]],
    ["arn:aws:s3:::...", ["arn:aws:s3:::", hole("...")]],
  ])("knows %s in part", (source, parts) => {
    expect(replacePlaceholders(source)).toStrictEqual(text(source, ...parts));
  });

  it.each([
    // A brace or quote inside may close the placeholder early.
    ['x/${join("}", a)}/${b}/y', ["x/", hole('${join("}", a)}/${b}'), "/y"]],
    ["x/${a${b}}/y", ["x/", hole("${a${b}}"), "/y"]],
    // What stands between directives may be left out, and blanks around them may.
    ["x/{% if a %}b{% endif %}/y", ["x/", hole("{% if a %}b{% endif %}"), "/y"]],
    ["x/ {{- if .a }}b{{ end -}} /y", ["x/", hole(" {{- if .a }}b{{ end -}} "), "/y"]],
    ["x/%{ if a }b%{ endif }/y", ["x/", hole("%{ if a }b%{ endif }"), "/y"]],
    ["x/{{#if a}}b{{/if}}/y", ["x/", hole("{{#if a}}b{{/if}}"), "/y"]],
  ])("takes %s to be unknown as far as a placeholder in it may reach", (source, parts) => {
    expect(replacePlaceholders(source)).toStrictEqual(text(source, ...parts));
  });

  it.each(["${N}", "{{ Paths }}", "<COUNT>", "YOUR_COUNT", "{count}", "...", "1${N}", "${A}.${B}"])(
    "takes %s to be a value of any type",
    (source) => {
      expect(replacePlaceholders(source)).toStrictEqual(new Unknown(source));
    },
  );

  it.each([
    ["{{ global:REGION }}", REGION],
    ["{{global:ACCOUNT_ID}}", ACCOUNT_ID],
    ["${AWS::Partition}", PARTITION],
    ["${data.aws_caller_identity.current.account_id}", ACCOUNT_ID],
    ["${data.aws_region.current.name}", REGION],
  ])("knows the form of %s", (source, domain) => {
    expect(replacePlaceholders(source)).toStrictEqual(text(source, hole(source, domain)));
  });

  it("keeps the holes of a text that it finds more placeholders in", () => {
    const given = text("a/!Ref X/<B>", "a/", hole("${X}", REGION), "/<B>");
    expect(replacePlaceholders(given)).toStrictEqual(
      text("a/!Ref X/<B>", "a/", hole("${X}", REGION), "/", hole("<B>")),
    );
    const enclosed = text("a/{{ ${X} }}", "a/{{ ", hole("${X}"), " }}");
    expect(replacePlaceholders(enclosed)).toStrictEqual(text("a/{{ ${X} }}", "a/", hole("{{ ${X} }}")));
  });

  it("keeps the members beside one whose name is a placeholder", () => {
    expect(replacePlaceholders({ a: 1, "${K}": 2, b: "x/${Y}" })).toStrictEqual(
      new OpenObject("${K}", { a: 1, b: text("x/${Y}", "x/", hole("${Y}")) }),
    );
  });

  it.each([
    "s3://lab/results",
    "a < b",
    "[1]",
    "[A-Z]",
    "arn:aws:iam::123456789012:role/Home",
    "axxxb",
    "{}",
  ])("leaves %s alone", (known) => {
    expect(replacePlaceholders(known)).toBe(known);
  });
});

const ARN = "arn:aws:scheduler:::aws-sdk:storagegateway:startCacheReport";

/** The payload of a schedule's target in a CloudFormation template. */
async function readTemplate(input: string, parameters = "{}"): Promise<unknown> {
  const target = `Target: {Arn: "${ARN}", Input: ${input}}`;
  const { payloads, faults } = await findInText(
    `Parameters: ${parameters}\nResources: {S: {Type: "AWS::Scheduler::Schedule", Properties: {${target}}}}\n`,
    undefined,
    "t.yaml",
    createOperationNames(["storagegateway:StartCacheReport"]),
  );
  expect(faults).toEqual([]);
  return payloads[0];
}

describe("a text in a template", () => {
  it("has the forms of pseudo parameters and parameters as domains", async () => {
    const parameters = `{
      Env: {Type: String, AllowedValues: [dev, prod]},
      Name: {Type: String, AllowedPattern: "[a-z0-9.-]+"},
      Loose: {Type: String, AllowedPattern: ".*"},
      Vpc: {Type: "AWS::EC2::VPC::Id"},
      Stored: {Type: "AWS::SSM::Parameter::Value<String>", AllowedValues: [/a]}}`;
    const input = `!Sub '{"BucketRegion": "\${AWS::Region}", "A": "\${Env}/\${Name}/\${Loose}", "B": "\${Vpc}\${Stored}"}'`;
    expect(await readTemplate(input, parameters)).toStrictEqual({
      BucketRegion: text("${AWS::Region}", hole("${AWS::Region}", REGION)),
      A: text(
        "${Env}/${Name}/${Loose}",
        hole("${Env}", { values: ["dev", "prod"] }),
        "/",
        hole("${Name}", { pattern: "[a-z0-9.-]+" }),
        "/",
        // A string of JSON holds something else if a backslash is filled in.
        hole("${Loose}"),
      ),
      B: text(
        "${Vpc}${Stored}",
        hole("${Vpc}", { pattern: "vpc-[0-9a-f]{8}(?:[0-9a-f]{9})?" }),
        hole("${Stored}"),
      ),
    });
  });

  it("joins what is known and what is not", async () => {
    const parts = `["arn:", {Ref: "AWS::Partition"}, ":iam::", !Ref "AWS::AccountId", ":role/", !GetAtt R.Name]`;
    const payload = await readTemplate(`{"Fn::ToJsonString": {Role: {"Fn::Join": ["", ${parts}]}}}`);
    const source = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${R.Name}";
    expect(payload).toStrictEqual({
      Role: text(
        source,
        "arn:",
        hole("${AWS::Partition}", PARTITION),
        ":iam::",
        hole("${AWS::AccountId}", ACCOUNT_ID),
        ":role/",
        hole("${R.Name}"),
      ),
    });
  });

  it("is any of the branches of a condition", async () => {
    const payload = await readTemplate(`!Sub ['{"A": "s3://\${B}/x"}', {B: !If [Prod, live, test]}]`);
    const [, choice] = (payload as { A: PartialText }).A.parts;
    expect(choice).toMatchObject({ domain: { values: ["live", "test"] } });
  });

  it("is a value of any type outside of strings, or as a number or list", async () => {
    const parameters = "{Count: {Type: Number}, Names: {Type: CommaDelimitedList}, Name: {Type: String}}";
    expect(await readTemplate(`!Sub '{"A": \${Name}}'`, parameters)).toStrictEqual({
      A: new Unknown("${Name}"),
    });
    const object = "{A: {Ref: Count}, B: {Ref: Names}, C: {Ref: Name}, D: {'Fn::GetAtt': [R, Arn]}}";
    expect(await readTemplate(`{"Fn::ToJsonString": ${object}}`, parameters)).toStrictEqual({
      A: new Unknown("${Count}"),
      B: new Unknown("${Names}"),
      C: text("${Name}", hole("${Name}")),
      D: new Unknown("${R.Arn}"),
    });
  });
});

describe("an object in a template", () => {
  it("may lack a member that a condition leaves out", async () => {
    const object = `{A: 1, B: !If [C, {X: 2}, !Ref "AWS::NoValue"], C: !Ref "AWS::NoValue"}`;
    expect(await readTemplate(`{"Fn::ToJsonString": ${object}}`)).toStrictEqual(
      new OpenObject("B", { A: 1, B: { X: 2 } }, { optional: new Set(["B"]), mayHaveMore: false }),
    );
  });

  it("may have more members if a function adds some", async () => {
    const object = `{A: 1, "Fn::Transform": {Name: "AWS::Include"}}`;
    expect(await readTemplate(`{"Fn::ToJsonString": ${object}}`)).toStrictEqual(
      new OpenObject("Fn::Transform", { A: 1 }),
    );
  });

  it("holds a list that may have more items if a condition adds some", async () => {
    const list = `[a, !If [C, b, !Ref "AWS::NoValue"], !Sub "x/\${Y}"]`;
    const { A } = (await readTemplate(`{"Fn::ToJsonString": {A: ${list}}}`)) as { A: OpenList };
    expect(A).toBeInstanceOf(OpenList);
    expect(A.items).toStrictEqual(["a", text('!Sub "x/${Y}"', "x/", hole("${Y}"))]);
  });

  it("is shown with what is known of it", () => {
    const open = new OpenObject("more", { A: new Unknown("x") }, { optional: new Set(["A"]) });
    expect(JSON.stringify(open)).toBe('{"A":{"$unknown":"x"},"$more":"more; A may be absent"}');
  });
});

const operations = new CliOperations(builtinSchemas);

/** The payload of a command that creates a task. */
function readCommand(options: string): unknown {
  const script = `aws fsx create-data-repository-task ${options}\n`;
  const shell = toShellText(embedSlice(script, { start: 0, end: script.length }));
  const file = { file: "run.sh", text: script, operations, parseYaml: undefined };
  const { requests, faults } = findCommands([{ shell }], file);
  expect(faults).toEqual([]);
  return requests[0]?.payload;
}

describe("a word of a command", () => {
  it.each<[string, PartialText]>([
    ['"fs-$ID"', text("fs-$ID", "fs-", hole("$ID"))],
    ['"$FS"', text("$FS", hole("$FS"))],
    ["fs-${{ inputs.fs }}", text("fs-${{ inputs.fs }}", "fs-", hole("${{ inputs.fs }}"))],
    ["$(make_id)-<SUFFIX>", text("$(make_id)-<SUFFIX>", hole("$(make_id)"), "-", hole("<SUFFIX>"))],
    ["fs-xxxxxxxx", text("fs-xxxxxxxx", "fs-", hole("xxxxxxxx"))],
  ])("is known in part: %s", (word, value) => {
    expect(readCommand(`--file-system-id ${word}`)).toStrictEqual({ FileSystemId: value });
  });

  it("is known in part within JSON and shorthand", () => {
    const json = `--report "{\\"Path\\": \\"s3://$B/x\\", \\"Enabled\\": $E}"`;
    expect(readCommand(json)).toStrictEqual({
      Report: { Path: text("s3://$B/x", "s3://", hole("$B"), "/x"), Enabled: new Unknown("$E") },
    });
    expect(readCommand(`--report Enabled=$E,Path=s3://$B/x`)).toStrictEqual({
      Report: { Enabled: new Unknown("$E"), Path: text("s3://$B/x", "s3://", hole("$B"), "/x") },
    });
  });

  it("is one item of a list if it is quoted, or a template expression of GitHub Actions", () => {
    expect(readCommand('--paths "a/$X" b/${{ x }}')).toStrictEqual({
      Paths: [text("a/$X", "a/", hole("$X")), text("b/${{ x }}", "b/", hole("${{ x }}"))],
    });
  });

  it("may be none or several items of a list otherwise", () => {
    expect(readCommand("--paths a/$X/b $Y c")).toStrictEqual({
      Paths: new OpenList("a/$X/b $Y c", [text("a/$X", "a/", hole("$X")), "c"]),
    });
  });

  it("may hold any options where none takes it, also those that were given before", () => {
    expect(readCommand('--type X "$@" --file-system-id fs-1')).toStrictEqual(
      new OpenObject('"$@"', { Type: new Unknown(`"$@"`), FileSystemId: "fs-1" }),
    );
  });
});

/** The payload of a task, which has one member. */
async function readTask(member: string, expression: string): Promise<unknown> {
  const resource = "arn:aws:states:::aws-sdk:storagegateway:startCacheReport";
  const machine = {
    StartAt: "A",
    States: { A: { Type: "Task", Resource: resource, Parameters: { [member]: expression } } },
  };
  const { payloads, faults } = await findInText(
    JSON.stringify(machine),
    undefined,
    "m.json",
    createOperationNames(["storagegateway:StartCacheReport"]),
  );
  expect(faults).toEqual([]);
  return payloads[0];
}

describe("an expression in a state machine", () => {
  it.each<[string, unknown[]]>([
    [
      "States.Format('s3://{}/{}', $.b, $$.Execution.Id)",
      ["s3://", hole("$.b"), "/", hole("$$.Execution.Id")],
    ],
    ["States.Format('a\\{\\}\\'{}', 5)", ["a{}'5"]],
    ["States.Format('{}-{}', 'x', States.UUID())", [hole("{}"), "-", hole("{}")]],
    ["States.Format('x')", ["x"]],
  ])("makes a text of %s", async (expression, parts) => {
    const known = parts.length === 1 ? parts[0] : text(expression, ...(parts as PartialText["parts"]));
    expect(await readTask("A.$", expression)).toStrictEqual({ A: known });
  });

  it.each(["$.path", "States.UUID()", "States.Format($.template, $.b)", "States.ArrayLength($.a)"])(
    "is unknown as a whole if it is %s",
    async (expression) => {
      expect(await readTask("A.$", expression)).toStrictEqual({ A: new Unknown(expression) });
    },
  );
});

describe("a substitution in a state machine's definition", () => {
  it("has the form of what is substituted", async () => {
    const resource = "arn:aws:states:::aws-sdk:storagegateway:startCacheReport";
    const state = `{Type: Task, Resource: "${resource}", Parameters: {A: "x/\${Region}/\${Other}"}}`;
    const { payloads } = await findInText(
      `Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n` +
        `      Definition: {StartAt: A, States: {A: ${state}}}\n` +
        `      DefinitionSubstitutions: {Region: !Ref "AWS::Region", Bucket: b}\n`,
      undefined,
      "t.yaml",
      createOperationNames(["storagegateway:StartCacheReport"]),
    );
    const parts = ["x/", hole("${AWS::Region}", REGION), "/", hole("${Other}")];
    expect(payloads).toStrictEqual([{ A: text("x/${Region}/${Other}", ...parts) }]);
  });
});
