import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, inTurns, print, scratch } from "./measure.mjs";

const REQUEST = {
  operation: "fsx:CreateDataRepositoryTask",
  request: {
    Type: "EXPORT_TO_REPOSITORY",
    FileSystemId: "fs-0123456789abcdef0",
    Paths: ["results"],
    Report: {
      Enabled: true,
      Path: "s3://results/reports",
      Format: "REPORT_CSV_20191124",
      Scope: "FAILED_FILES_ONLY",
    },
  },
};

/**
 * Times the command line on one small JSON file, compared with an empty Node process. Without a request, it
 * loads no rules.
 */
export function commandLine() {
  const directory = scratch();
  const [request, none] = ["request.json", "none.json"].map((name) => join(directory, name));
  writeFileSync(request, JSON.stringify(REQUEST, null, 2));
  writeFileSync(none, "{}");
  const names = ["node -e 0", "countersign check, no request and no rules", "countersign check request.json"];
  const commands = [
    ["-e", "0"],
    [CLI, "check", none, "--allow-empty"],
    [CLI, "check", request],
  ];
  const medians = inTurns(commands, 31);
  print(names, medians, 2);
  console.log(`  what rules add to the start: ${(medians[2] - medians[1]).toFixed(1)} ms (goal: under 60)`);
}
