import { spawnSync } from "node:child_process";
import { cpuSeconds } from "./measure.mjs";

const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";

export const REQUESTS = {
  "fsx:CreateDataRepositoryTask": {
    Type: "EXPORT_TO_REPOSITORY",
    FileSystemId: "fs-0123456789abcdef0",
    Paths: ["results/run-7", "results/run-8"],
    Report: {
      Enabled: true,
      Path: "s3://lab-results/reports",
      Format: "REPORT_CSV_20191124",
      Scope: "FAILED_FILES_ONLY",
    },
  },
  "storagegateway:EvictFilesFailingUpload": { FileShareARN: SHARE, ForceRemove: true },
  "storagegateway:StartCacheReport": {
    FileShareARN: SHARE,
    Role: "arn:aws:iam::123456789012:role/CacheReportWriter",
    LocationARN: "arn:aws:s3:::cache-reports",
    BucketRegion: "eu-west-1",
    ClientToken: "weekly-report",
    InclusionFilters: [{ Name: "UploadState", Values: ["FailingUpload"] }],
  },
};

const GOAL = 120_000;

/**
 * Measures requests per second of CPU time of `validate()` with all rules, and of botocore's validator, which checks
 * structure only.
 */
export async function validateSpeed() {
  const { validate } = await import("../dist/index.js");
  for (const [operation, request] of Object.entries(REQUESTS)) {
    const input = {
      operation,
      request,
      justification: "INC-4242: the files were verified in the source system",
    };
    const speed = perSecond(() => validate(input).outcome);
    console.log(`  ${operation.padEnd(44)} ${String(speed).padStart(8)} a CPU second (goal: ${GOAL})`);
  }
  botocore();
}

function perSecond(run) {
  const until = cpuSeconds() + 0.5;
  while (cpuSeconds() < until) for (let index = 0; index < 100; index++) run();
  let count = 0;
  const start = cpuSeconds();
  while (cpuSeconds() - start < 1.5) for (let index = 0; index < 100; index++, count++) run();
  return Math.round(count / (cpuSeconds() - start));
}

const PYTHON = `
import json, sys, time
import botocore.session, botocore.validate
session = botocore.session.get_session()
for name, params in json.loads(sys.argv[1]).items():
    service, operation = name.split(":")
    shape = session.get_service_model(service).operation_model(operation).input_shape
    validator = botocore.validate.ParamValidator()
    count, start = 0, time.process_time()
    while time.process_time() - start < 1:
        for _ in range(100):
            validator.validate(params, shape)
        count += 100
    print("  %-44s %8d a CPU second" % ("botocore, structure only: " + operation, count / (time.process_time() - start)))
`;

function botocore() {
  const { status, stdout } = spawnSync("python3", ["-c", PYTHON, JSON.stringify(REQUESTS)], {
    encoding: "utf8",
  });
  process.stdout.write(
    status === 0 ? stdout : "  botocore: skipped, this machine has no python3 with botocore\n",
  );
}
