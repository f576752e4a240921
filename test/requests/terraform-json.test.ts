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
