import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CLI, cpuInTurns, scratch } from "./measure.mjs";

const ROUNDS = 3;
/** About a megabyte in files as large as those of public repositories. */
const SIZES = Array.from({ length: 20 }, () => [3000, 6000, 12_000, 30_000]).flat();
const GOAL = 300;

/**
 * CPU time in milliseconds per megabyte of programs that each make a call, for each language: `countersign find` on 80 files of
 * 3 to 30 kB, and on a single file, less what it takes on a small one. Then what one program adds to the start, and how large
 * the package is.
 */
export function programs() {
  const root = scratch();
  for (const [language, parts] of Object.entries(LANGUAGES)) {
    const [many, large, small] = ["many", "large", "small"].map((name) => join(root, `${language}-${name}`));
    const size = writePrograms(many, parts, SIZES);
    writePrograms(large, parts, [size]);
    writePrograms(small, parts, [0]);
    const [whole, one, least] = cpuInTurns([find(many), find(large), find(small)], ROUNDS);
    for (const [{ cpu }, what] of [
      [whole, ""],
      [one, ", one file"],
    ]) {
      const perMegabyte = (cpu - least.cpu) / (size / 1e6);
      const name = `${language}${what}`.padEnd(44);
      console.log(`  ${name} ${perMegabyte.toFixed(0).padStart(8)} ms/MB (goal: at most ${GOAL})`);
    }
  }
  startUp(root);
  packageSize();
}

/** Writes programs of these sizes, and returns how much that is. */
function writePrograms(directory, { file, head, filler, call, tail = "" }, sizes) {
  mkdirSync(directory);
  let [number, written] = [0, 0];
  for (const [index, size] of sizes.entries()) {
    const body = filler.repeat(Math.ceil(size / filler.length)).replace(/NUMBER/g, () => ++number);
    const text = `${head}${body}${call}${tail}`;
    writeFileSync(join(directory, file.replace("NUMBER", index)), text);
    written += text.length;
  }
  return written;
}

const find = (directory) => [CLI, "find", directory, "--format", "json"];

/** A run on a request document, and on the same beside a program. */
function startUp(root) {
  const [without, beside] = [join(root, "without"), join(root, "beside")];
  for (const directory of [without, beside]) {
    mkdirSync(directory);
    writeFileSync(join(directory, "request.json"), REQUEST);
    writeFileSync(join(directory, "other.py"), "import os\nprint(os.getcwd())\n");
  }
  const { head, call } = LANGUAGES.python;
  writeFileSync(join(beside, "task.py"), `${head}${call}`);
  const [none, program] = cpuInTurns([find(without), find(beside)], ROUNDS).map(({ cpu }) => cpu);
  console.log(`  ${"a run without a call in a program".padEnd(44)} ${none.toFixed(0).padStart(8)} ms CPU`);
  console.log(`  ${"a run with one".padEnd(44)} ${program.toFixed(0).padStart(8)} ms CPU`);
}

function packageSize() {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd,
    encoding: "utf8",
  });
  const [{ unpackedSize, size }] = JSON.parse(stdout);
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  console.log(
    `  ${"the package by itself".padEnd(44)} ${megabytes(unpackedSize)} MB (packed ${megabytes(size)} MB)`,
  );
}

const REQUEST = JSON.stringify({
  operation: "fsx:CreateDataRepositoryTask",
  request: { FileSystemId: "fs-0123456789abcdef0", Type: "EXPORT_TO_REPOSITORY", Report: { Enabled: false } },
});

const LANGUAGES = {
  python: {
    file: "taskNUMBER.py",
    head: 'import boto3\n\nfsx = boto3.client("fsx")\n\n\n',
    filler: `def step_NUMBER(items, limit=10, **options):
    """Returns the names of the first items."""
    found = {}
    for index, item in enumerate(items):
        if item.get("name") and index < limit:
            found[item["name"]] = f"{options.get('prefix', '')}/{item['name']}"
    return [name for name in sorted(found) if not name.startswith("_")]


`,
    call: 'fsx.create_data_repository_task(FileSystemId="fs-0123456789abcdef0", Type="EXPORT_TO_REPOSITORY", Report={"Enabled": False})\n',
  },
  typescript: {
    file: "taskNUMBER.ts",
    head: 'import { FSxClient, CreateDataRepositoryTaskCommand } from "@aws-sdk/client-fsx";\n\nconst client = new FSxClient({});\n\n',
    filler: `export function stepNUMBER(items: Item[], { limit = 10, prefix = "" }: Options): string[] {
  const found = new Map<string, string>();
  for (const [index, item] of items.entries()) {
    if (item.name !== undefined && index < limit) found.set(item.name, \`\${prefix}/\${item.name}\`);
  }
  return [...found.keys()].filter((name) => !name.startsWith("_")).sort();
}

`,
    call: 'await client.send(new CreateDataRepositoryTaskCommand({ FileSystemId: "fs-0123456789abcdef0", Type: "EXPORT_TO_REPOSITORY", Report: { Enabled: false } }));\n',
  },
  go: {
    file: "taskNUMBER.go",
    head: 'package main\n\nimport (\n\t"github.com/aws/aws-sdk-go-v2/aws"\n\t"github.com/aws/aws-sdk-go-v2/service/fsx"\n)\n\n',
    filler: `func stepNUMBER(items []Item, limit int) ([]string, error) {
	found := make(map[string]string)
	for index, item := range items {
		if item.Name != "" && index < limit {
			found[item.Name] = fmt.Sprintf("%s/%s", prefix, item.Name)
		}
	}
	return keys(found), nil
}

`,
    call: 'func run() { client.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: aws.String("fs-0123456789abcdef0"), Type: "EXPORT_TO_REPOSITORY"}) }\n',
  },
  java: {
    file: "TaskNUMBER.java",
    head: "import software.amazon.awssdk.services.fsx.model.*;\n\nclass Task {\n",
    filler: `  List<String> stepNUMBER(List<Item> items, int limit) {
    Map<String, String> found = new HashMap<>();
    for (int index = 0; index < items.size(); index++) {
      Item item = items.get(index);
      if (item.name() != null && index < limit) found.put(item.name(), prefix + "/" + item.name());
    }
    return found.keySet().stream().filter(name -> !name.startsWith("_")).sorted().toList();
  }

`,
    call: '  void run() { fsx.createDataRepositoryTask(CreateDataRepositoryTaskRequest.builder().fileSystemId("fs-0123456789abcdef0").type("EXPORT_TO_REPOSITORY").build()); }\n',
    tail: "}\n",
  },
  terraform: {
    file: "mainNUMBER.tf",
    head: "",
    filler: `resource "aws_s3_bucket" "stepNUMBER" {
  bucket        = "\${var.prefix}-\${local.name}-NUMBER"
  force_destroy = var.environment == "test" ? true : false
  tags          = merge(local.tags, { Name = "step-NUMBER" })

  lifecycle_rule {
    enabled = true
    expiration { days = 30 }
  }
}

`,
    call: `resource "aws_scheduler_schedule" "task" {
  target {
    arn   = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    input = jsonencode({ FileSystemId = "fs-0123456789abcdef0", Type = "EXPORT_TO_REPOSITORY" })
  }
}
`,
  },
};
