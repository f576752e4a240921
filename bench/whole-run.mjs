import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, cpuInTurns, printCpu, scratch } from "./measure.mjs";

const FILES = 20_000;

/** Checks 20,000 tasks of one file system, which are compared by their paths, and 20,000 of as many. */
export function wholeRun() {
  const directory = scratch();
  const commands = ["many", "one"].map((name) => {
    const folder = join(directory, name);
    mkdirSync(folder);
    for (let index = 0; index < FILES; index++)
      writeFileSync(join(folder, `${index}.json`), JSON.stringify(task(index, name === "one" ? 0 : index)));
    return [CLI, "check", folder];
  });
  const names = [`${FILES} tasks of different file systems`, `${FILES} tasks of one file system`];
  printCpu(names, cpuInTurns(commands, 1), 4);
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
