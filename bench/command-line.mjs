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

/** The whole command line on one small JSON file, beside Node doing nothing. */
export function commandLine() {
  const file = join(scratch(), "request.json");
  writeFileSync(file, JSON.stringify(REQUEST, null, 2));
  const names = ["node -e 0", "countersign check request.json"];
  print(
    names,
    inTurns(
      [
        ["-e", "0"],
        [CLI, "check", file],
      ],
      31,
    ),
    2,
  );
}
