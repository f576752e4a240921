import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const ARN = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask";
const schedule = (input: string): string =>
  JSON.stringify({ resource: { aws_scheduler_schedule: { s: { target: { arn: ARN, input } } } } });

describe("a schedule in Terraform's configuration as JSON", () => {
  it.each([
    [
      "an expression with braces and quotes",
      '${jsonencode({Type="T"})}',
      { $unknown: '${jsonencode({Type="T"})}' },
    ],
    [
      "one in the place of a value",
      '{"Type": "T", "Report": ${jsonencode({Enabled=false, A="}"})}}',
      { Type: "T", Report: { $unknown: '${jsonencode({Enabled=false, A="}"})}' } },
    ],
    [
      "one inside of a text",
      '{"Type": "a${lower("T")}", "FileSystemId": "${aws_x.f.id}"}',
      { Type: { $unknown: 'a${lower("T")}' }, FileSystemId: { $unknown: "${aws_x.f.id}" } },
    ],
    ["one that is escaped", '{"Type": "$${x}"}', { Type: { $unknown: "$${x}" } }],
  ])("has what is known of it: %s", async (_, input, payload) => {
    const [found, ...more] = await listInFile("main.tf.json", schedule(input));
    expect(more).toEqual([]);
    expect(JSON.parse(found!.replace(/^\S+ /, ""))).toEqual(payload);
  });
});

describe("commands in Terraform's configuration as JSON", () => {
  const COMMAND = "aws fsx delete-volume --volume-id v";
  const CODE = "import boto3; boto3.client('fsx').delete_volume(VolumeId='v')";
  const resource = (body: object): object => ({ resource: { null_resource: { a: body } } });

  it.each([
    resource({ provisioner: { "local-exec": { command: COMMAND } } }),
    resource({ provisioner: [{ "local-exec": [{ command: COMMAND }] }] }),
    { resource: [{ null_resource: [{ a: [{ provisioner: [{ "local-exec": { command: COMMAND } }] }] }] }] },
    resource({ provisioner: { "remote-exec": { inline: ["cd /", COMMAND] } } }),
    resource({ provisioner: { "local-exec": { interpreter: ["bash", "-c"], command: COMMAND } } }),
    resource({ provisioner: { "local-exec": { interpreter: ["python3", "-c"], command: CODE } } }),
    resource({ provisioner: { "local-exec": { command: `python3 -c "${CODE}"` } } }),
    { data: { external: { a: { program: COMMAND.split(" ") } } } },
    {
      configuration: {
        root_module: {
          module_calls: {
            m: {
              module: {
                resources: [
                  {
                    provisioners: [
                      { type: "local-exec", expressions: { command: { constant_value: COMMAND } } },
                    ],
                  },
                ],
              },
            },
          },
        },
      },
    },
  ])("are read: %j", async (value) => {
    expect(await listInFile("main.tf.json", JSON.stringify(value))).toEqual([
      expect.stringMatching(/^1:\d+ \{"VolumeId":"v"\}$/),
    ]);
  });

  it("have unknown values where Terraform fills something in, and what the shell does is the shell's", async () => {
    const text = JSON.stringify(
      resource({
        provisioner: {
          "local-exec": { command: "V=v; aws fsx delete-volume --volume-id $${V}" },
        },
      }),
    );
    expect(await listInFile("main.tf.json", text)).toEqual([expect.stringContaining('"VolumeId":"v"')]);
    expect(await listInFile("main.tf.json", text.replace("$${V}", "${var.v}"))).toEqual([
      expect.stringContaining('"VolumeId":{"$unknown"'),
    ]);
  });
});
