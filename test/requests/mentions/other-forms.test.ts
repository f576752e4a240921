import { describe, expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const IMPORT = 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";';
const MADE = "client.send(new Task({ FileSystemId: 'f', Type: 'T' }))";

describe("a command under another name", () => {
  it.each([
    ["A.vue", `<script setup>\n${IMPORT}\n</script>\n<template><b @click="${MADE}">x</b></template>\n`],
    ["A.vue", `<script setup>\n${IMPORT}\n</script>\n<template><b :command="Task">x</b></template>\n`],
    ["A.svelte", `<script>\n${IMPORT}\n</script>\n<b on:click={() => ${MADE}}>x</b>\n`],
    ["A.svelte", `<script>\n${IMPORT}\n</script>\n{#await ${MADE}}x{/await}\n`],
    ["a.astro", `---\n${IMPORT}\n---\n<p>{await ${MADE}}</p>\n`],
    ["a.mdx", `${IMPORT}\n\n# Text\n<Run onClick={() => ${MADE}} />\n`],
    ["a.mdx", `${IMPORT}\n\n# Text\n<Run command={Task} />\n`],
  ])("is said where it is used in %s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([
      "4 a call of `fsx:CreateDataRepositoryTask` stands in a program (javascript), and what it requests is not read",
    ]);
  });

  it.each([
    ["A.vue", `<script setup>\n${IMPORT}\nnew Task({ Type: "T" });\n</script>\n<template>Task</template>\n`],
    ["a.astro", `---\n${IMPORT}\nnew Task({ Type: "T" });\n---\n<p>A new task: Task.</p>\n`],
  ])("is read where a script uses it: %s %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual(['3:1 {"Type":"T"}']);
  });
});

describe("a call is said or read in", () => {
  it.each([
    ["a.js", "const sdk = await load();\nconst { CreateDataRepositoryTaskCommand: T } = sdk;\nnew T({});\n"],
    [
      "a.js",
      'const { CreateDataRepositoryTaskCommand: T } = require("@aws-sdk/client-fsx/dist-cjs/commands");\nnew T({});\n',
    ],
    [
      "a.js",
      'const aws = require("aws-sdk/clients/all");\nnew aws.FSx().createDataRepositoryTask({}, cb);\n',
    ],
    ["a.ts", 'fetch(u, { headers: { "X-Amz-Target": `${SERVICE}.CreateDataRepositoryTask` } });\n'],
    ["a.coffee", "fsx = new AWS.FSx()\nfsx.createDataRepositoryTask FileSystemId: 'f', cb\n"],
    [
      "a.py",
      "from aws_sdk_fsx.models import *\nc.create_data_repository_task(CreateDataRepositoryTaskInput(type='T'))\n",
    ],
    ["a.py", "JOB = {'service': 'fsx', 'call': 'create_data_repository_task', 'params': {}}\nrun(JOB)\n"],
    ["a.py", "CODE = 'fsx.create_data_repository_task(Type=\"T\")'\nexec(CODE)\n"],
    [
      "a.py",
      "# Databricks notebook source\n# MAGIC %sh\n# MAGIC aws fsx create-data-repository-task --type T\n",
    ],
    ["a.js", "const { createDataRepositoryTask: create } = clients;\ncreate({});\n"],
    [
      "a.js",
      'let T;\n({ CreateDataRepositoryTaskCommand: T } = require("@aws-sdk/client-fsx"));\nnew T({});\n',
    ],
    [
      "a.js",
      'const { CreateDataRepositoryTaskCommand: T = X } = require("@aws-sdk/client-fsx");\nnew T({ Type: "T" });\n',
    ],
    ["a.js", 'exports.Task = require("@aws-sdk/client-fsx").CreateDataRepositoryTaskCommand;\n'],
    ["a.ts", 'const step = { command: "CreateDataRepositoryTaskCommand", input: {} };\nrun(step);\n'],
    [
      "a.tf",
      'resource "aws_api_gateway_integration" "x" {\n  uri = "arn:aws:apigateway:eu-west-1:fsx:action/CreateDataRepositoryTask"\n}\n',
    ],
    ["a.scala", "val done = fsx createDataRepositoryTask request\n"],
    ["a.R", "do.call(svc$create_data_repository_task, list(Type = 'T'))\n"],
    ["a.hs", "run = send env (newCreateDataRepositoryTask kind fs report)\n"],
    ["a.clj", '(fsx/create-data-repository-task {:file-system-id "f"})\n'],
    ["a.lua", "local r = fsx:create_data_repository_task{ Type = 'T' }\n"],
    ["a.rb", "client.build_request(:create_data_repository_task, type: 'T').send_request\n"],
    ["a.rb", "%i[create_data_repository_task].each { |op| client.public_send(op, **args) }\n"],
    ["a.rb", "[:create_data_repository_task].each { |op| client.public_send(op, **args) }\n"],
    [
      "a.ipynb",
      JSON.stringify({
        worksheets: [
          { cells: [{ cell_type: "code", input: ["fsx.create_data_repository_task(Type='T')"] }] },
        ],
        nbformat: 3,
      }),
    ],
  ])("%s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toHaveLength(1);
  });

  it.each([
    ["a.scala", "def createDataRepositoryTask(request: Request): Task\n"],
    [
      "a.hs",
      "import Amazonka.FSx (newCreateDataRepositoryTask)\nnewCreateDataRepositoryTask :: Text -> Task\n",
    ],
    [
      "a.py",
      "from own.models import *\nc.create_data_repository_task(CreateDataRepositoryTaskInput(type='T'))\n",
    ],
    ["a.rb", "validates :create_data_repository_task, presence: true\n"],
  ])("but no definition and no wrapper is, as in %s: %s", async (file, text) => {
    expect(await listInFile(file, text)).toEqual([]);
  });
});
