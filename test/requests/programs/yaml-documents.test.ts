import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const STEPS = [
  'schemaVersion: "0.3"',
  "mainSteps:",
  "  - name: delete",
  "    action: aws:executeAwsApi",
  "    inputs: { Service: fsx, Api: DeleteVolume, VolumeId: v }",
];

describe("a document of Systems Manager in YAML is read", () => {
  it.each([
    [
      "in a here-document of Terraform",
      "a.tf",
      [
        'resource "aws_ssm_document" "a" {',
        '  document_format = "YAML"',
        "  content = <<DOC",
        ...STEPS,
        "DOC",
        "}",
      ],
      6,
    ],
    [
      "in an indented one",
      "a.tf",
      [
        'resource "aws_ssm_document" "a" {',
        "  content = <<-DOC",
        ...STEPS.map((line) => `    ${line}`),
        "  DOC",
        "}",
      ],
      5,
    ],
    [
      "in a construct of the CDK",
      "a.ts",
      [
        'import { CfnDocument } from "aws-cdk-lib/aws-ssm";',
        'new CfnDocument(this, "A", { content: `',
        ...STEPS,
        "` });",
      ],
      5,
    ],
  ])("%s", async (_, file, lines, line) => {
    expect(await listInFile(file, `${lines.join("\n")}\n`)).toEqual([
      expect.stringMatching(new RegExp(`^${line}:\\d+ \\{"VolumeId":"v"\\}$`)),
    ]);
  });
});
