import { describe, expect, it } from "vitest";
import { FORCED, followScript, SEND } from "../follow-script.ts";

const FORCED_CODE = "storagegateway/force-remove-justified";
const WRITE = "jq . x > p.json";
const WORDS = SEND.split(" ").slice(1);
const tab = (lines: string): string => lines.replaceAll(/^ {2}/gm, "\t");

describe("where a file's commands run", () => {
  it.each<[string, string, string]>([
    ["a job of GitLab", ".gitlab-ci.yml", `job:\n  script:\n    - ${SEND}\n`],
    ["a build specification", "ci/buildspec.yml", `version: 0.2\nphases: {build: {commands: ["${SEND}"]}}\n`],
    ["a step of CircleCI", ".circleci/config.yml", `jobs: {a: {steps: [checkout, {run: "${SEND}"}]}}\n`],
    ["a step of Azure", "azure-pipelines.yml", `pool: x\nsteps:\n  - bash: ${SEND}\n`],
    ["a pipeline of Jenkins", "Jenkinsfile", `node { checkout scm\n sh '${SEND}' }\n`],
    ["a recipe of make", "Makefile", tab(`run:\n  ${SEND}\nlint:\n  eslint .\n`)],
    ["a recipe of make after one that enters a directory", "Makefile", tab(`run:\n  cd sub\n  ${SEND}\n`)],
    ["a recipe of just", "justfile", `run:\n    ${SEND}\nlint:\n    eslint .\n`],
    ["a script of a package", "package.json", JSON.stringify({ scripts: { a: SEND, b: "eslint ." } })],
    [
      "a service with the directory mounted",
      "compose.yaml",
      `services:\n  a: {image: amazon/aws-cli, volumes: [".:/aws"], command: "${WORDS.join(" ")}"}\n`,
    ],
  ])("is the checkout for %s", async (_what, name, text) => {
    expect((await followScript(name, text, { "p.json": FORCED })).failed).toEqual([FORCED_CODE]);
  });

  it.each<[string, string, string]>([
    [
      "a directory of CircleCI",
      ".circleci/config.yml",
      `jobs: {a: {steps: [{run: {command: "${SEND}", working_directory: sub}}]}}\n`,
    ],
    [
      "a workspace of CircleCI",
      ".circleci/config.yml",
      `jobs: {a: {steps: [{attach_workspace: {at: .}}, {run: "${SEND}"}]}}\n`,
    ],
    [
      "an earlier step of CircleCI",
      ".circleci/config.yml",
      `jobs: {a: {steps: [{run: {command: "${WRITE}"}}, {run: "${SEND}"}]}}\n`,
    ],
    [
      "a directory of Azure",
      "azure-pipelines.yml",
      `pool: x\nsteps:\n  - bash: ${SEND}\n    workingDirectory: sub\n`,
    ],
    [
      "an earlier step of Azure",
      "azure-pipelines.yml",
      `pool: x\nsteps:\n  - bash: ${WRITE}\n  - bash: ${SEND}\n`,
    ],
    [
      "a download of Azure",
      "azure-pipelines.yml",
      `pool: x\nsteps:\n  - download: current\n  - bash: ${SEND}\n`,
    ],
    ["a directory of Jenkins", "Jenkinsfile", `node { dir('sub') { sh '${SEND}' } }\n`],
    ["an earlier step of Jenkins", "Jenkinsfile", `node { sh '${WRITE}'\n sh '${SEND}' }\n`],
    [
      "a file that Jenkins writes",
      "Jenkinsfile",
      `node { writeFile file: 'p.json', text: x\n sh '${SEND}' }\n`,
    ],
    ["another recipe of make", "Makefile", tab(`run:\n  ${SEND}\nprepare:\n  ${WRITE}\n`)],
    ["a target of make", "Makefile", tab(`p.json: x\n  envsubst < $< > $@\nrun: p.json\n  ${SEND}\n`)],
    ["one shell of make", "Makefile", tab(`.ONESHELL:\nrun:\n  cd sub\n  ${SEND}\n`)],
    ["another recipe of just", "justfile", `run: prepare\n    ${SEND}\nprepare:\n    ${WRITE}\n`],
    ["a directory of just", "justfile", `set working-directory := 'sub'\nrun:\n    ${SEND}\n`],
    ["another task", "Taskfile.yml", `tasks: {a: {cmds: ["${SEND}"]}, b: {cmds: ["${WRITE}"]}}\n`],
    ["the directory of a task", "Taskfile.yml", `tasks: {a: {dir: sub, cmds: ["${SEND}"]}}\n`],
    ["another script of a package", "package.json", JSON.stringify({ scripts: { a: SEND, prea: WRITE } })],
    ["an earlier phase", ".travis.yml", `before_script: cd sub\nscript: ${SEND}\n`],
    [
      "an earlier step of Drone",
      ".drone.yml",
      `steps: [{commands: ["${WRITE}"]}, {commands: ["${SEND}"]}]\n`,
    ],
    ["a host of Ansible", "site.yml", `- hosts: all\n  tasks:\n    - shell: ${SEND}\n`],
    ["a crontab", "crontab", `0 1 * * * ${SEND}\n`],
    [
      "a pod",
      "pod.yaml",
      `apiVersion: v1\nkind: Pod\nspec: {containers: [{image: amazon/aws-cli, args: ${JSON.stringify(WORDS)}}]}\n`,
    ],
    ["a service", "compose.yaml", `services: {a: {image: amazon/aws-cli, command: "${WORDS.join(" ")}"}}\n`],
    ["a machine's first start", "cloud.yaml", `#cloud-config\nruncmd: ["${SEND}"]\n`],
    [
      "a managed node",
      "doc.yaml",
      `mainSteps: [{action: "aws:runShellScript", inputs: {runCommand: ["${SEND}"]}}]\n`,
    ],
    [
      "user data",
      "t.yaml",
      `Resources: {I: {Properties: {UserData: {"Fn::Base64": "#!/bin/sh\\n${SEND}"}}}}\n`,
    ],
  ])("or what was done there leaves a file unknown: %s", async (_what, name, text) => {
    const { outcome, failed, requests } = await followScript(name, text, { "p.json": FORCED });
    expect([outcome, failed, requests]).toEqual(["undecided", [], 1]);
  });
});
