import { spawnSync } from "node:child_process";

const TABLE = new URL("../dist/iam/actions/table.js", import.meta.url).href;

/** Measures reading the actions of one service in a new process, without loading the module. */
const FIRST = `
const [table, service] = process.argv.slice(1);
const { loadActions } = await import(table);
const start = process.hrtime.bigint();
loadActions(service);
console.log(Number(process.hrtime.bigint() - start) / 1e6);
`;

/** The services of the shipped rules, and those with the most actions. */
const SERVICES = ["fsx", "storagegateway", "s3", "iam", "kms", "ec2", "sagemaker", "iot", "glue", "connect"];

/** Times what a permission check reads of the table of IAM actions, for the first service and for each of them all. */
export async function actionTable() {
  for (const service of SERVICES) {
    const times = Array.from({ length: 5 }, () => first(service)).sort((a, b) => a - b);
    print(`${service}, the first one of a process`, times[0]);
  }
  const { listServicePrefixes, loadActions } = await import(TABLE);
  let slowest = { service: "", time: 0 };
  for (const service of listServicePrefixes()) {
    const start = process.hrtime.bigint();
    loadActions(service);
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    if (time > slowest.time) slowest = { service, time };
  }
  print(`${slowest.service}, the slowest of all services`, slowest.time);
}

const print = (what, time) =>
  console.log(`  ${what.padEnd(44)} ${time.toFixed(1).padStart(8)} ms (goal: at most 5)`);

function first(service) {
  const args = ["--input-type=module", "-e", FIRST, TABLE, service];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
