import { spawnSync } from "node:child_process";

const DIST = new URL("../dist/", import.meta.url).href;

/** Measures the first permission check of a request without policies, including loading its modules. */
const FIRST = `
const [root, operation, request] = process.argv.slice(1);
const { getBuiltinRules } = await import(root + "rules/builtin.js");
const input = { operation, request: JSON.parse(request), faulty: new Set() };
const rules = getBuiltinRules();
rules.evaluate(input);
const start = process.hrtime.bigint();
const { checkPermissions } = await import(root + "permissions/check.js");
checkPermissions(input, { rules });
console.log(Number(process.hrtime.bigint() - start) / 1e6);
`;

const REQUESTS = {
  "fsx:CreateDataRepositoryTask": { FileSystemId: "fs-0123456789abcdef0", Type: "EXPORT_TO_REPOSITORY" },
  "storagegateway:StartCacheReport": { Role: "arn:aws:iam::123456789012:role/Writer" },
};

/** Times what the permission check adds to the start of the command line when no principal is given. */
export function permissionStart() {
  for (const [operation, request] of Object.entries(REQUESTS)) {
    const times = Array.from({ length: 11 }, () => first(operation, request)).sort((a, b) => a - b);
    console.log(`  ${operation.padEnd(44)} ${times[5].toFixed(1).padStart(8)} ms (goal: nothing measurable)`);
  }
}

function first(operation, request) {
  const args = ["--input-type=module", "-e", FIRST, DIST, operation, JSON.stringify(request)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
