import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CLI, inTurns, scratch } from "./measure.mjs";

const SIZES = [10_000, 100_000, 1_000_000];
const GOAL = 15;
/** Differences below this are those of two runs of the same command, in milliseconds. */
const NOISE = 60;

const COMMAND = "aws storagegateway evict-files-failing-upload --file-share-arn x";
const WORDS = `["aws", "storagegateway", "evict-files-failing-upload", "--file-share-arn", "x"]`;
const FILLER = "echo done, and more of it in a line that is as long as most";

/** A file for each reader: its name, what it begins with, and what is repeated. */
const READERS = [
  ["a.sh", "", `${FILLER}\n${COMMAND}\n`],
  ["Makefile", "all:\n", `\t@${FILLER}\n\t${COMMAND}\n`],
  ["Dockerfile", "FROM a\n", `RUN ${FILLER} && \\\n  ${COMMAND}\n`],
  ["a.md", "# A\n", `Text.\n\n\`\`\`\n$ ${COMMAND}\n${FILLER}\n\`\`\`\n`],
  ["a.rst", "A\n=\n", `\nText::\n\n    $ ${COMMAND}\n    ${FILLER}\n`],
  ["a.adoc", "= A\n", `\n[source,bash]\n----\n${COMMAND}\n${FILLER}\n----\n`],
  ["Jenkinsfile", "", `sh '${COMMAND}'\nsh """\n${FILLER} \${a}\n"""\n`],
  ["justfile", "a:\n", `    @${COMMAND}\n    ${FILLER}\n`],
  ["crontab", "", `0 1 * * * ${COMMAND}\n@daily ${FILLER}\n`],
  ["action.yml", "runs:\n  steps:\n", `    - { shell: bash, run: "${COMMAND}" }\n    - run: ${FILLER}\n`],
  [".gitlab-ci.yml", "a:\n  script:\n", `    - ${COMMAND}\n    - "${FILLER}"\n`],
  [
    "buildspec.yml",
    "version: 0.2\nphases:\n  build:\n    commands:\n",
    `      - ${COMMAND}\n      - "${FILLER}"\n`,
  ],
  [
    "job.yaml",
    "apiVersion: batch/v1\nkind: Job\nspec:\n  containers:\n",
    `    - { image: a, command: ${WORDS} }\n`,
  ],
  ["site.yml", "- hosts: all\n  tasks:\n", `    - shell: ${COMMAND}\n    - command: "${FILLER}"\n`],
  ["init.yaml", "#cloud-config\nruncmd:\n", `  - ${COMMAND}\n  - "${FILLER}"\n`],
  [
    "t.yaml",
    "Resources:\n  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: !Base64 |\n        #!/bin/bash\n",
    `        ${COMMAND}\n        ${FILLER}\n`,
  ],
  [
    "schedules.yaml",
    `Resources:\n  S: { Type: "AWS::Scheduler::Schedule", Properties: { Target: { Arn: "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask" } } }\n`,
    (index) =>
      `  S${index}: { Type: "AWS::Scheduler::Schedule", Properties: { Target: { Arn: !Sub "arn:\${AWS::Partition}:lambda:::\${X}" } } }\n`,
  ],
];

/** Times each reader on files of 10 kB, 100 kB and 1 MB; ten times the text should take at most 15 times as long. */
export function growth() {
  const directory = scratch();
  const small = join(directory, "small.sh");
  writeFileSync(small, `${COMMAND}\n`);
  for (const [name, head, part] of READERS) {
    const files = SIZES.map((size) => {
      const file = join(directory, String(size), name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, fill(head, part, size));
      return file;
    });
    const commands = [small, ...files].map((file) => [CLI, "find", file]);
    const [start, ...times] = inTurns(commands, 1);
    const [, middle, large] = times.map((time) => Math.max(time - start, NOISE));
    const ratio = large / middle;
    const shown = times.map((time) => `${(time - start).toFixed(0).padStart(7)} ms`).join(" ");
    console.log(
      `  ${name.padEnd(22)} ${shown}  ${ratio.toFixed(1).padStart(5)} times (goal: at most ${GOAL})`,
    );
  }
}

function fill(head, part, size) {
  let text = head;
  for (let index = 0; text.length < size; index++) text += typeof part === "string" ? part : part(index);
  return text;
}
