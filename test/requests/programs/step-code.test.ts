import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const PYTHON = 'boto3.client("fsx").create_data_repository_task(Type="T")';
const CMDLET = "New-FSXDataRepositoryTask -Type T";
const WORKFLOW = ".github/workflows/a.yml";
const steps = (...lines: string[]): string =>
  `on: push\njobs:\n  a:\n    steps:\n${lines.map((line) => `      ${line}\n`).join("")}`;

describe("a program that a step hands to an interpreter", () => {
  it.each([
    [
      "a step with Python for its shell",
      WORKFLOW,
      steps("- shell: python", "  run: |", "    import boto3", `    ${PYTHON}`),
      ['8:11 {"Type":"T"}'],
    ],
    [
      "steps of a job with PowerShell for its shell",
      WORKFLOW,
      `${steps(`- run: ${CMDLET}`)}    defaults: { run: { shell: pwsh } }\n`,
      ['5:14 {"Type":"T"}'],
    ],
    [
      "a step of a runner whose shell is PowerShell",
      WORKFLOW,
      `${steps(`- run: ${CMDLET}`)}    runs-on: [self-hosted, windows]\n`,
      ['5:14 {"Type":"T"}'],
    ],
    [
      "the script of an action that runs JavaScript",
      WORKFLOW,
      steps(
        "- uses: actions/github-script@v7",
        "  with:",
        "    script: |",
        '      const { FSx } = require("@aws-sdk/client-fsx");',
        '      await new FSx({}).createDataRepositoryTask({ Type: "T" });',
      ),
      ['9:19 {"Type":"T"}'],
    ],
    [
      "a step of an action",
      "tools/action.yml",
      `runs:\n  using: composite\n  steps:\n    - shell: python3 {0}\n      run: 'import boto3; ${PYTHON}'\n`,
      ['5:27 {"Type":"T"}'],
    ],
    [
      "a step of a runbook",
      "runbook.yaml",
      `schemaVersion: "0.3"\nmainSteps:\n  - action: aws:executeScript\n    inputs:\n      Runtime: python3.11\n      Script: |\n        import boto3\n        def handler(events, context):\n          ${PYTHON}\n`,
      ['9:11 {"Type":"T"}'],
    ],
    [
      "a step of a runbook in a template",
      "template.yaml",
      `Resources:\n  D:\n    Type: AWS::SSM::Document\n    Properties:\n      Content:\n        mainSteps:\n          - inputs: { Runtime: PowerShell 7.0, Script: ${CMDLET} }\n`,
      ['7:56 {"Type":"T"}'],
    ],
    [
      "a script of Argo",
      "w.yaml",
      `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - script: { command: [python], source: 'import boto3; ${PYTHON}' }\n`,
      ['5:59 {"Type":"T"}'],
    ],
    [
      "a script of Tekton",
      "t.yaml",
      `apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n    - script: |\n        #!/usr/bin/env python3\n        import boto3\n        ${PYTHON}\n`,
      ['8:9 {"Type":"T"}'],
    ],
  ])("is read: %s", async (_, file, text, expected) => {
    expect(await listInFile(file, text)).toEqual(expected);
  });

  it("is listed where something is filled into it", async () => {
    const text = steps(
      "- shell: python",
      "  run: |",
      "    import boto3",
      `    ${PYTHON.replace("T", "${{ inputs.type }}")}`,
    );
    expect(await listInFile(WORKFLOW, text)).toEqual([
      expect.stringMatching(/^\d+ something is filled into this code/),
    ]);
  });
});
