import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, cpuInTurns, printCpu, scratch } from "./measure.mjs";

const FILES = 2000;

const READ = `
const fs = require("node:fs"), path = require("node:path");
let requests = 0;
for (const name of fs.readdirSync(process.argv[1]).sort()) {
  if (JSON.parse(fs.readFileSync(path.join(process.argv[1], name), "utf8")).request) requests++;
}
if (requests !== ${FILES}) process.exit(1);
`;

/** What is written: its name, the goal, and the request of a file. */
const KINDS = [
  ["tasks of different file systems", 3.5, (index) => task(index, index)],
  ["tasks of one file system", 4, (index) => task(index, 0)],
  ["evictions", 3.5, evict],
];

/**
 * Checks 2,000 request files, compared with reading and parsing them in plain Node. Both figures contain the start of a
 * process, that of the check also what it loads.
 */
export function manyFiles() {
  for (const [name, goal, write] of KINDS) {
    const directory = scratch();
    for (let index = 0; index < FILES; index++)
      writeFileSync(join(directory, `request-${index}.json`), JSON.stringify(write(index), null, 2));
    const commands = [
      ["-e", READ, directory],
      [CLI, "check", directory],
    ];
    const names = [`read and JSON.parse ${FILES} files`, `countersign check: ${name}`];
    printCpu(names, cpuInTurns(commands, 9), goal);
  }
}

const task = (index, fileSystem) => ({
  operation: "fsx:CreateDataRepositoryTask",
  request: {
    Type: "EXPORT_TO_REPOSITORY",
    FileSystemId: `fs-${fileSystem.toString(16).padStart(17, "0")}`,
    Paths: [`run-${index}/a`, `run-${index}/b`],
    Report: { Enabled: false },
    ClientRequestToken: `token-${index}`,
  },
});

function evict(index) {
  return {
    operation: "storagegateway:EvictFilesFailingUpload",
    justification: `INC-${index}: the files were verified in the source system`,
    request: {
      FileShareARN: `arn:aws:storagegateway:eu-west-1:123456789012:share/share-${String(index).padStart(8, "0")}`,
      ForceRemove: false,
    },
  };
}
