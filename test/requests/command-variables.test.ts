import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const COMMAND = "aws fsx create-data-repository-task --file-system-id fs-1";
const READ = expect.stringMatching(/^\d+:\d+ \{"FileSystemId":"fs-1"\}$/);
const SAID = expect.stringMatching(/^\d+ `fsx create-data-repository-task` stands where no commands/);

const WORKFLOW = ".github/workflows/a.yml";
const GITLAB = ".gitlab-ci.yml";
const AZURE = "azure-pipelines.yml";

const workflow = (run: string, { global = "", step = "" }): string =>
  `on: push\n${global && `env:\n  TASK: ${global}\n`}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n${step && `        env: { TASK: "${step}" }\n`}`;
const azure = (step: string, variables: string): string =>
  `trigger: [main]\npool: { vmImage: ubuntu-latest }\nvariables:\n${variables}\nsteps:\n  - ${step}\n`;

describe("a command in a variable of a build service is read where it is run by name", () => {
  it.each([
    [WORKFLOW, workflow("$TASK", { global: COMMAND })],
    [WORKFLOW, workflow('eval "$TASK"', { step: COMMAND })],
    [WORKFLOW, workflow('bash -c "$' + '{TASK}"', { global: `"${COMMAND}"` })],
    [WORKFLOW, workflow("${{ env.TASK }} --region eu-west-1", { global: COMMAND })],
    [GITLAB, `variables:\n  TASK: ${COMMAND}\na:\n  script: ["$TASK"]\n`],
    [GITLAB, `a:\n  variables:\n    TASK:\n      value: ${COMMAND}\n  script:\n    - eval $TASK\n`],
    [GITLAB, `.b:\n  variables:\n    TASK: ${COMMAND}\na:\n  extends: .b\n  script: ["$TASK"]\n`],
    [AZURE, azure("script: $(TASK)", `  TASK: ${COMMAND}`)],
    [AZURE, azure("bash: $TASK", `  - name: TASK\n    value: ${COMMAND}`)],
    [
      "buildspec.yml",
      `version: 0.2\nenv:\n  variables:\n    TASK: "${COMMAND.replace("fs-1", "'fs-1'")}"\nphases:\n  build:\n    commands: [eval "$TASK"]\n`,
    ],
    [
      ".circleci/config.yml",
      `version: 2.1\njobs:\n  a:\n    environment:\n      TASK: ${COMMAND}\n    steps:\n      - run: $TASK\n`,
    ],
  ])("%s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([READ]);
  });
});

describe("a command in a variable of a build service is said", () => {
  it.each([
    ["where nothing runs it", GITLAB, `variables:\n  TASK: ${COMMAND}\na:\n  script: [echo hello]\n`],
    [
      "where it is another job's",
      GITLAB,
      `b:\n  variables:\n    TASK: ${COMMAND}\n  script: [make]\na:\n  script: ["$TASK"]\n`,
    ],
    [
      "where it has two values",
      GITLAB,
      `variables:\n  TASK: ${COMMAND}\na:\n  variables: { TASK: "aws s3 ls" }\n  script: ["$TASK"]\n`,
    ],
    ["where something is filled into it", WORKFLOW, workflow("$TASK", { global: `${COMMAND} --type $TYPE` })],
    [
      "where a step gives it another value",
      WORKFLOW,
      `${workflow('echo "TASK=ls" >> $GITHUB_ENV', { global: COMMAND })}      - run: $TASK\n`,
    ],
    ["where the shell is none of ours", AZURE, azure("pwsh: $(TASK)", `  TASK: ${COMMAND}`)],
  ])("%s", async (_, file, text) => {
    expect(await listInFile(file, text)).toEqual([SAID]);
  });
});

it("finds the mistake in such a command where the variable holds it", async () => {
  const text = workflow("$TASK --tags x", { global: `${COMMAND} --tpye EXPORT` });
  expect(await listInFile(WORKFLOW, text)).toEqual([expect.stringContaining('"FileSystemId":"fs-1"')]);
});
