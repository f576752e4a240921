import { describe, expect, it } from "vitest";
import { listInFile } from "./list-in-files.ts";

const EVICT = "aws storagegateway evict-files-failing-upload --file-share-arn";
const WORDS = `"storagegateway", "evict-files-failing-upload", "--file-share-arn"`;
const SGW = "storagegateway evict-files-failing-upload --file-share-arn";

type Case = [what: string, name: string, text: string, expected: string[]];

const BUILDS: Case[] = [
  [
    "the phases of a build specification",
    "ci/buildspec-x.yml",
    `version: 0.2\nphases:\n  build:\n    commands:\n      - ${EVICT} $A\n    finally: ["${EVICT} y"]\n  install:\n    commands: [A=x]\n`,
    ['5:9 {"FileShareARN":"x"}', '6:16 {"FileShareARN":"y"}'],
  ],
  [
    "commands that each have a shell",
    "buildspec.yml",
    `version: 0.1\nphases:\n  build:\n    commands:\n      - A=x\n      - ${EVICT} $A\n`,
    ['6:9 {"FileShareARN":{"$unknown":"$A"}}'],
  ],
  [
    "a build specification of another name",
    "x.yaml",
    `version: 0.2\nphases: { build: { commands: ["${EVICT} x"] } }\n`,
    ['2:32 {"FileShareARN":"x"}'],
  ],
  [
    "commands of PowerShell",
    "buildspec.yml",
    `env: { shell: powershell.exe }\nphases: { build: { commands: ["${EVICT} x"] } }\n`,
    ["2 `storagegateway evict-files-failing-upload` stands where no commands of the AWS CLI are read"],
  ],
  [
    "GitLab's lists",
    ".gitlab-ci.yml",
    `default: { before_script: [A=x] }\na: { script: ["${EVICT} $A"], after_script: ["${EVICT} $A"] }\nb: { before_script: [B=y], script: ["${EVICT} $A"] }\n`,
    [
      '2:16 {"FileShareARN":"x"}',
      '2:101 {"FileShareARN":{"$unknown":"$A"}}',
      '3:38 {"FileShareARN":{"$unknown":"$A"}}',
    ],
  ],
  [
    "a job that extends another",
    ".gitlab-ci.yml",
    `.base: { before_script: [A=x] }\na: { extends: .base, script: ["${EVICT} $A"] }\n`,
    ['2:32 {"FileShareARN":"x"}'],
  ],
  [
    "a reference in a list",
    ".gitlab-ci.yml",
    `a:\n  script:\n    - A=x\n    - !reference [.b, script]\n    - ${EVICT} $A\n`,
    ['5:7 {"FileShareARN":{"$unknown":"$A"}}'],
  ],
  [
    "CircleCI",
    ".circleci/config.yml",
    `jobs:\n  a:\n    steps:\n      - checkout\n      - run: ${EVICT} x\n      - when: { steps: [{ run: { command: "${EVICT} << parameters.arn >>" } }] }\n      - run: { shell: powershell.exe, command: ls }\n`,
    ['5:14 {"FileShareARN":"x"}', '6:44 {"FileShareARN":{"$unknown":"<< parameters.arn >>"}}'],
  ],
  [
    "Azure Pipelines",
    "azure-pipelines.yml",
    `steps:\n  - script: ${EVICT} x\n  - bash: ${EVICT} $(arn)\n  - task: Bash@3\n    inputs: { targetType: inline, script: "${EVICT} y" }\n`,
    ['2:13 {"FileShareARN":"x"}', '3:11 {"FileShareARN":{"$unknown":"$(arn)"}}', '5:44 {"FileShareARN":"y"}'],
  ],
  [
    "a task of the AWS toolkit",
    "azure-pipelines.yml",
    `steps:\n  - task: AWSCLI@1\n    inputs:\n      awsCommand: storagegateway\n      awsSubCommand: evict-files-failing-upload\n      awsArguments: --file-share-arn x\n`,
    ['4:19 {"FileShareARN":"x"}'],
  ],
  [
    "a script of Windows",
    "azure-pipelines.yml",
    `pool: { vmImage: windows-latest }\nsteps:\n  - script: ${EVICT} x\n`,
    ["3 `storagegateway evict-files-failing-upload` stands where no commands of the AWS CLI are read"],
  ],
  [
    "Bitbucket Pipelines",
    "bitbucket-pipelines.yml",
    `pipelines:\n  default:\n    - parallel:\n        - step: { script: [A=x, "${EVICT} $A"], after-script: ["${EVICT} $A"] }\n`,
    ['4:34 {"FileShareARN":"x"}', '4:119 {"FileShareARN":{"$unknown":"$A"}}'],
  ],
  [
    "Drone",
    ".drone.yml",
    `kind: pipeline\nsteps:\n  - name: a\n    image: amazon/aws-cli\n    commands: [A=x, "${EVICT} $A"]\n`,
    ['5:22 {"FileShareARN":"x"}'],
  ],
  [
    "Woodpecker",
    ".woodpecker/deploy.yaml",
    `steps:\n  a:\n    commands:\n      - ${EVICT} x\n`,
    ['4:9 {"FileShareARN":"x"}'],
  ],
  [
    "Buildkite",
    ".buildkite/pipeline.yml",
    `steps:\n  - group: a\n    steps:\n      - commands: [A=x, "${EVICT} $A", "${EVICT} $$A"]\n`,
    ['4:26 {"FileShareARN":{"$unknown":"$A"}}', '4:95 {"FileShareARN":"x"}'],
  ],
  [
    "Travis CI",
    ".travis.yml",
    `before_install: A=x\nscript: [ls, "${EVICT} $A"]\n`,
    ['2:15 {"FileShareARN":"x"}'],
  ],
];

const RUNNERS: Case[] = [
  [
    "Task",
    "Taskfile.yml",
    `tasks:\n  a: [A=x, "${EVICT} $A"]\n  b:\n    cmds:\n      - ${EVICT} {{.ARN}}\n      - defer: ${EVICT} y\n    preconditions: [{ sh: "${EVICT} z" }]\n`,
    [
      '2:13 {"FileShareARN":{"$unknown":"$A"}}',
      '5:9 {"FileShareARN":{"$unknown":"{{.ARN}}"}}',
      '6:16 {"FileShareARN":"y"}',
      '7:28 {"FileShareARN":"z"}',
    ],
  ],
  [
    "npm",
    "app/package.json",
    `{"scripts": {"clean": "tsc && ${EVICT} \\"x\\""}, "aws": 1}`,
    ['1:31 {"FileShareARN":"x"}'],
  ],
  [
    "just",
    "justfile",
    `set shell := ["bash", "-c"]\nx := \`${EVICT} y\`\n\nclean arn:\n    @${EVICT} {{arn}}\n    -${EVICT} \\\n      x\n\nall:\n    #!/usr/bin/env bash\n    A=z\n    ${EVICT} $A\n`,
    [
      '2:7 {"FileShareARN":"y"}',
      '5:6 {"FileShareARN":{"$unknown":"{{arn}}"}}',
      '6:6 {"FileShareARN":"x"}',
      '12:5 {"FileShareARN":"z"}',
    ],
  ],
  [
    "a Jenkinsfile",
    "Jenkinsfile",
    `// sh "${EVICT} comment"\nnode {\n  sh '${EVICT} x'\n  sh(script: """\n    A=y\n    ${EVICT} \\$A\n  """, returnStdout: true)\n  sh "${EVICT} \${params.ARN}"\n  sh returnStatus: true, script: '${EVICT} ' + arn + ' --force-remove'\n  bat 'dir'\n  echo "aws"\n}\n`,
    [
      '3:7 {"FileShareARN":"x"}',
      '6:5 {"FileShareARN":"y"}',
      '8:7 {"FileShareARN":{"$unknown":"${params.ARN}"}}',
      '9:35 {"FileShareARN":{"$unknown":"arn"},"ForceRemove":true}',
    ],
  ],
  [
    "a crontab",
    "etc/cron.d/clean",
    `# m h\nA=x\n0 1 * * * root ${EVICT} a%input\n@daily ${EVICT} 'b\\%'\n`,
    ['3:16 {"FileShareARN":"a"}', '4:8 {"FileShareARN":"b%"}'],
  ],
  ["a user's crontab", "crontab", `*/5 1-3 * * mon ${EVICT} x\n`, ['1:17 {"FileShareARN":"x"}']],
];

const CONTAINERS: Case[] = [
  [
    "an image of the AWS CLI in Kubernetes",
    "job.yaml",
    `apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - image: public.ecr.aws/aws-cli/aws-cli:2.15\n          args: [${WORDS}, x]\n`,
    ['8:18 {"FileShareARN":"x"}'],
  ],
  [
    "a shell in Kubernetes",
    "job.yaml",
    `apiVersion: batch/v1\nkind: CronJob\nspec:\n  initContainers:\n    - { image: b, command: [sh, -c], args: ["A=x; ${EVICT} $A"] }\n  containers:\n    - image: b\n      command: [aws, ${WORDS}]\n      args: [$(ARN)]\n      lifecycle: { preStop: { exec: { command: [aws, ${WORDS}, y] } } }\n`,
    [
      '5:51 {"FileShareARN":"x"}',
      '8:17 {"FileShareARN":{"$unknown":"$(ARN)"}}',
      '10:49 {"FileShareARN":"y"}',
    ],
  ],
  [
    "a task of Tekton",
    "task.yaml",
    `apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n    - { name: a, image: x, script: "${EVICT} x" }\n    - { name: b, image: x, script: "#!/usr/bin/env bash\\n${EVICT} y" }\n    - { name: c, image: amazon/aws-cli, args: [${WORDS}, z] }\n`,
    ['5:37 {"FileShareARN":"x"}', '6:58 {"FileShareARN":"y"}', '7:48 {"FileShareARN":"z"}'],
  ],
  [
    "steps of Google Cloud Build",
    "cloudbuild-nightly.yaml",
    `steps:\n- name: amazon/aws-cli\n  args: [${WORDS}, x]\n- name: debian\n  entrypoint: bash\n  args: [-c, "${EVICT} y"]\n- name: debian\n  script: ${EVICT} z\n`,
    ['3:10 {"FileShareARN":"x"}', '6:15 {"FileShareARN":"y"}', '8:11 {"FileShareARN":"z"}'],
  ],
  [
    "a page of plain text",
    "runbook.txt",
    `Monday\n\nFirst we look at aws storagegateway evict-files-failing-upload.\n\n    $ ${EVICT} x\n`,
    ['5:7 {"FileShareARN":"x"}'],
  ],
  [
    "a page of plain text without prompts",
    "notes/runbook.org",
    `* Monday\nDon't do this twice:\n#+begin_src sh\n${EVICT} \\\n  x\n#+end_src\n`,
    ['4:1 {"FileShareARN":"x"}'],
  ],
  [
    "a workflow of Argo",
    "wf.yaml",
    `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - script: { image: a, command: [bash], source: "${EVICT} x" }\n    - script: { image: a, command: [python], source: "import aws" }\n    - container: { image: amazon/aws-cli, args: [${WORDS}, "{{inputs.parameters.arn}}"] }\n`,
    ['5:53 {"FileShareARN":"x"}', '7:50 {"FileShareARN":{"$unknown":"{{inputs.parameters.arn}}"}}'],
  ],
  [
    "an image of the AWS CLI in Compose",
    "docker-compose.yml",
    `services:\n  a:\n    image: amazon/aws-cli\n    command: ${SGW} 'x y'\n  b:\n    image: amazon/aws-cli\n    entrypoint: [sh, -c]\n    command: ["${EVICT} y"]\n  c: { image: d, healthcheck: { test: [CMD-SHELL, "${EVICT} z || exit 1"] } }\n`,
    ['4:14 {"FileShareARN":"x y"}', '8:16 {"FileShareARN":"y"}', '9:52 {"FileShareARN":"z"}'],
  ],
  [
    "an operator that is no shell's",
    "compose.yaml",
    `services:\n  a: { image: amazon/aws-cli, command: "${SGW} \${ARN:-x}" }\n`,
    ['2:41 {"FileShareARN":{"$unknown":"${ARN:-x}"}}'],
  ],
  [
    "a step that runs an image",
    ".github/workflows/w.yml",
    `jobs:\n  a:\n    steps:\n      - uses: docker://amazon/aws-cli:2.15.0\n        with:\n          args: ${SGW} "x y"\n      - uses: docker://amazon/aws-cli\n        with: { entrypoint: sh, args: "-c '${EVICT} y'" }\n`,
    ['6:17 {"FileShareARN":"x y"}', '8:44 {"FileShareARN":"y"}'],
  ],
  [
    "an action that runs an image",
    "action.yml",
    `runs:\n  using: docker\n  image: docker://amazon/aws-cli\n  args: [${WORDS}, x]\n`,
    ['4:10 {"FileShareARN":"x"}'],
  ],
  [
    "a composite action",
    "x/action.yaml",
    `runs:\n  using: composite\n  steps:\n    - { shell: bash, run: "${EVICT} x" }\n`,
    ['4:28 {"FileShareARN":"x"}'],
  ],
  [
    "a task of ECS",
    "t.yaml",
    `Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Image: amazon/aws-cli\n          Command: [${WORDS}, !Ref Arn]\n`,
    ['7:21 {"FileShareARN":{"$unknown":"Arn"}}'],
  ],
];

const MACHINES: Case[] = [
  [
    "Ansible",
    "site.yml",
    `- hosts: all\n  tasks:\n    - shell: A=x; ${EVICT} $A chdir=/tmp\n    - ansible.builtin.command: ${EVICT} "{{ arn }}" creates=/x\n    - block:\n        - command: { argv: [aws, ${WORDS}, y] }\n      rescue:\n        - local_action: command ${EVICT} z\n    - shell: { cmd: "print aws", executable: /usr/bin/python3 }\n`,
    [
      '3:19 {"FileShareARN":"x"}',
      '4:32 {"FileShareARN":{"$unknown":"{{ arn }}"}}',
      '6:29 {"FileShareARN":"y"}',
      '8:33 {"FileShareARN":"z"}',
    ],
  ],
  [
    "cloud-init",
    "init.yaml",
    `#cloud-config\nwrite_files:\n  - { path: /x, content: "#!/bin/sh\\n${EVICT} w" }\nruncmd:\n  - A=x\n  - ${EVICT} $A\n  - [aws, ${WORDS}, y]\n`,
    ['3:38 {"FileShareARN":"w"}', '6:5 {"FileShareARN":"x"}', '7:6 {"FileShareARN":"y"}'],
  ],
  [
    "user data",
    "t.yaml",
    `Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub |\n          #!/bin/bash -x\n          A=\${!B:-x} C=y\n          ${EVICT} \${AWS::Region}\n          D=z\n          ${EVICT} \${!D}\n`,
    ['9:11 {"FileShareARN":{"$unknown":"${AWS::Region}"}}', '11:11 {"FileShareARN":"z"}'],
  ],
  [
    "user data in JSON",
    "t.json",
    `{"Resources": {"L": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {"LaunchTemplateData": {"UserData": {"Fn::Base64": {"Fn::Join": ["", ["#!/bin/sh\\n${EVICT} ", {"Ref": "Arn"}, "\\n"]]}}}}}}}`,
    ['1:154 {"FileShareARN":{"$unknown":"{\\"Ref\\": \\"Arn\\"}"}}'],
  ],
  [
    "user data of cloud-init",
    "t.yaml",
    `Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: !Base64 |\n        #cloud-config\n        runcmd:\n          - ${EVICT} x\n`,
    ['8:13 {"FileShareARN":"x"}'],
  ],
  [
    "user data of several parts",
    "t.yaml",
    `Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: !Base64 |\n        Content-Type: multipart/mixed; boundary="//"\n\n        --//\n        Content-Type: text/x-shellscript\n\n        #!/bin/bash\n        ${EVICT} x\n        --//--\n`,
    ['12:9 {"FileShareARN":"x"}'],
  ],
  [
    "cfn-init",
    "t.yaml",
    `Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Init:\n        config:\n          commands:\n            01_a: { command: !Sub "${EVICT} \${A}" }\n          files:\n            /x: { content: "#!/bin/sh\\n${EVICT} y" }\n`,
    ['8:36 {"FileShareARN":{"$unknown":"${A}"}}', '10:40 {"FileShareARN":"y"}'],
  ],
  [
    "a project of CodeBuild",
    "t.yaml",
    `Resources:\n  P:\n    Type: AWS::CodeBuild::Project\n    Properties:\n      Source:\n        BuildSpec: !Sub |\n          version: 0.2\n          phases:\n            build:\n              commands:\n                - ${EVICT} \${A}\n`,
    ['11:19 {"FileShareARN":{"$unknown":"${A}"}}'],
  ],
  [
    "a document of Systems Manager",
    "doc.yaml",
    `schemaVersion: "2.2"\nmainSteps:\n  - action: aws:runShellScript\n    name: a\n    inputs:\n      runCommand: ["A=x", "${EVICT} $A", "${EVICT} {{ Arn }}"]\n`,
    ['6:28 {"FileShareARN":"x"}', '6:97 {"FileShareARN":{"$unknown":"{{ Arn }}"}}'],
  ],
  [
    "an automation that runs a command",
    "t.yaml",
    `Resources:\n  D:\n    Type: AWS::SSM::Document\n    Properties:\n      Content:\n        schemaVersion: "0.3"\n        mainSteps:\n          - action: aws:runCommand\n            inputs:\n              DocumentName: AWS-RunShellScript\n              Parameters: { commands: [!Sub "A=\${B}", "${EVICT} x"] }\n`,
    ['11:56 {"FileShareARN":"x"}'],
  ],
  [
    "a document in a text",
    "t.json",
    `{"Resources": {"D": {"Type": "AWS::SSM::Document", "Properties": {"Content": "{\\"mainSteps\\": [{\\"action\\": \\"aws:runShellScript\\", \\"inputs\\": {\\"runCommand\\": [\\"${EVICT} x\\"]}}]}"}}}}`,
    ['1:165 {"FileShareARN":"x"}'],
  ],
  [
    "the user data of a Terraform plan",
    "plan.json",
    `{"planned_values": {"root_module": {"resources": [{"type": "aws_instance", "values": {"user_data": "#!/bin/sh\\n${EVICT} x\\n"}}]}}}`,
    ['1:112 {"FileShareARN":"x"}'],
  ],
];

const USER_DATA = Buffer.from(`#!/bin/sh\n${EVICT} x\n`).toString("base64");
const MESSAGE = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Transfer-Encoding: base64\n\n${USER_DATA}\n--b--\n`;
const FOUND = '{"FileShareARN":"x"}';

const MORE: Case[] = [
  [
    "user data in base64",
    "t.yaml",
    `Resources: {I: {Properties: {UserData: ${USER_DATA}}, Type: "AWS::EC2::Instance"}}\n`,
    [`1:40 ${FOUND}`],
  ],
  [
    "user data of a plan in base64",
    "plan.json",
    `{"values":{"user_data_base64":"${USER_DATA}"},"type":"aws_instance"}`,
    [`1:32 ${FOUND}`],
  ],
  [
    "a part of user data in base64",
    "t.json",
    `{"Resources":{"I":{"Properties":{"UserData":{"Fn::Base64":${JSON.stringify(MESSAGE)}}},"Type":"AWS::EC2::Instance"}}}`,
    [`1:170 ${FOUND}`],
  ],
  [
    "user data of a command",
    "a.sh",
    `aws ec2 run-instances --user-data '#!/bin/sh\n${EVICT} x'\n`,
    [`1:35 ${FOUND}`],
  ],
  [
    "user data of a command, known in part",
    "a.sh",
    `aws ec2 run-instances --user-data "#!/bin/sh\n${EVICT} $A"\n`,
    [
      '1:35 {"FileShareARN":{"$unknown":"\\"#!/bin/sh\\naws storagegateway evict-files-failing-upload --file-share-arn $A\\""}}',
    ],
  ],
  [
    "a specification of a command",
    "a.sh",
    `aws ec2 request-spot-instances --launch-specification '{"UserData":"${USER_DATA}"}'\n`,
    [`1:69 ${FOUND}`],
  ],
  [
    "a service of systemd",
    "a.service",
    `[Service]\nExecStart=-/usr/bin/${EVICT} \\\n  x\n`,
    [`2:12 ${FOUND}`],
  ],
  [
    "a service of systemd with unknown words",
    "a.service",
    `[Service]\nExecStartPre=/bin/true ; ${EVICT} $\{A} --region %i\n`,
    ['2:26 {"FileShareARN":{"$unknown":"${A}"}}'],
  ],
  ["a process", "Procfile", `web: serve\nrelease: ${EVICT} x\n`, [`2:10 ${FOUND}`]],
  [
    "an environment of tox",
    "tox.ini",
    `[testenv]\ncommands =\n  pytest\n  py3: - ${EVICT} x\n`,
    [`4:10 ${FOUND}`],
  ],
  [
    "a chart of Helm",
    "chart/templates/job.yaml",
    `{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: amazon/aws-cli\n      args: [${WORDS}, {{ .Values.arn | quote }}]\n{{- end }}\n`,
    ['7:14 {"FileShareARN":{"$unknown":"{{ .Values.arn | quote }}"}}'],
  ],
  [
    "words for an image of kubectl",
    "a.sh",
    `kubectl run a --image=amazon/aws-cli -- ${SGW} x\n`,
    [`1:41 ${FOUND}`],
  ],
];

describe("commands of the AWS CLI in other people's files", () => {
  it.each([...BUILDS, ...RUNNERS, ...CONTAINERS, ...MACHINES, ...MORE])(
    "are read in %s",
    async (_what, name, text, expected) => {
      expect(await listInFile(name, text)).toEqual(expected);
    },
  );
});
