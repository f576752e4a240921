import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CLI, cpuInTurns, scratch } from "./measure.mjs";

const UNRELATED = 200_000;
const MATCHING = 100_000;
const ROUNDS = 3;

/** Measures `countersign replay` on generated trails: without a record that matters, compressed or not, and of such records alone. */
export function replaySpeed() {
  const directory = scratch();
  const write = (name, text) => {
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  };
  const other = trail(UNRELATED, runInstances);
  const rows = [
    ["no record matters", write("other.json", other), other.length],
    ["no record matters, compressed", write("other.json.gz", gzipSync(other)), other.length],
    ["all records matter", write("match.json", trail(MATCHING, exportTask)), MATCHING],
  ];
  const empty = write("empty.json", trail(1, runInstances));
  const files = [empty, ...rows.map(([, file]) => file)];
  const [start, ...usages] = cpuInTurns(
    files.map((file) => [CLI, "replay", file]),
    ROUNDS,
  );
  for (const [index, [name, , amount]] of rows.entries()) {
    const { cpu, memory } = usages[index];
    const perSecond = (amount / (cpu - start.cpu)) * 1000;
    const speed =
      amount === MATCHING ? `${perSecond.toFixed(0)} records` : `${(perSecond / 1e6).toFixed(0)} MB`;
    console.log(`  ${name.padEnd(44)} ${speed.padStart(14)} a CPU second, ${memory.toFixed(0)} MB of memory`);
  }
}

function trail(count, create) {
  const records = Array.from({ length: count }, (_, index) => JSON.stringify(record(index, create(index))));
  return `{"Records":[${records.join(",")}]}`;
}

const record = (index, about) => ({
  eventVersion: "1.09",
  userIdentity: {
    type: "AssumedRole",
    principalId: "AROAEXAMPLE:s",
    arn: "arn:aws:sts::123456789012:assumed-role/S/s",
    accountId: "123456789012",
    accessKeyId: "ASIAEXAMPLE",
    sessionContext: {
      sessionIssuer: { type: "Role", arn: "arn:aws:iam::123456789012:role/ops/S", userName: "S" },
      attributes: { creationDate: "2026-03-02T09:00:00Z", mfaAuthenticated: "false" },
    },
  },
  eventTime: "2026-03-02T10:11:12Z",
  awsRegion: "eu-west-1",
  sourceIPAddress: "192.0.2.7",
  userAgent: "aws-sdk-java/2.20 Linux/5.10 OpenJDK",
  ...about,
  requestID: `r-${index}`,
  eventID: `e-${index}`,
  readOnly: false,
  eventType: "AwsApiCall",
  managementEvent: true,
  recipientAccountId: "123456789012",
  eventCategory: "Management",
});

const runInstances = (index) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "RunInstances",
  requestParameters: {
    instancesSet: { items: [{ imageId: "ami-1", minCount: 1 }] },
    clientToken: `t${index}`,
  },
  responseElements: { instancesSet: { items: [{ instanceId: `i-${index}`, tagSet: { items: [] } }] } },
});

const exportTask = (index) => ({
  eventSource: "fsx.amazonaws.com",
  eventName: "CreateDataRepositoryTask",
  requestParameters: {
    fileSystemId: "fs-0123456789abcdef0",
    type: "EXPORT_TO_REPOSITORY",
    paths: [`results/${index}`],
    report: { enabled: false },
    clientRequestToken: `token-${index}`,
  },
  responseElements: null,
});
