/**
 * Compares the names that Step Functions and EventBridge Scheduler use with the models of botocore: which services
 * the table in src/requests/dialects/service-names.ts lacks, and how many members of requests have another name there.
 *
 *     node scripts/sdk-names.mjs …/site-packages/botocore/data [--list SERVICE]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../src/requests/dialects/", import.meta.url));
const [data, option, listed] = process.argv.slice(2);
if (!data || (option && option !== "--list")) {
  console.error("usage: node scripts/sdk-names.mjs BOTOCORE_DATA [--list SERVICE]");
  process.exit(2);
}

async function load(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

/** The latest model of a service; undefined for a folder that has none. */
function readModel(service) {
  const folder = join(data, service);
  const files = readdirSync(folder)
    .map((version) => join(folder, version, "service-2.json.gz"))
    .sort();
  const file = files.filter((each) => existsSync(each)).at(-1);
  return file && JSON.parse(gunzipSync(readFileSync(file)).toString());
}

/** The members of all requests, once for each shape that has them. */
function listMembers({ operations, shapes }) {
  const open = Object.values(operations).flatMap(({ input }) => input?.shape ?? []);
  const seen = new Set();
  const members = [];
  for (let shape = open.pop(); shape !== undefined; shape = open.pop()) {
    if (seen.has(shape)) continue;
    seen.add(shape);
    const { members: own = {}, member, key, value } = shapes[shape];
    members.push(...Object.keys(own));
    for (const part of [...Object.values(own), member, key, value]) if (part) open.push(part.shape);
  }
  return members;
}

const toArnName = ({ metadata: { serviceId } }) =>
  serviceId
    .toLowerCase()
    .replace(/[ -]/g, "")
    .replace(/^(?:amazon|aws)/, "")
    .replace(/service$/, "");

const { toJavaName, capitalize } = await load("java-names.ts");
const { PLAIN_SERVICES, RENAMED_SERVICES } = await load("service-names.ts");
const known = new Set([
  ...PLAIN_SERVICES.map((name) => name.replaceAll("-", "")),
  ...Object.keys(RENAMED_SERVICES),
]);

const counts = { services: 0, withOtherNames: 0, otherNames: 0, otherMembers: 0, members: 0 };
const missing = [];
const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name: service } of folders) {
  const model = readModel(service);
  if (!model) continue;
  const members = listMembers(model);
  const others = members.filter((name) => toJavaName(name) !== capitalize(name));
  const names = new Set(others);
  if (!known.has(toArnName(model))) missing.push(`${toArnName(model)} (${service})`);
  if (service === listed) for (const name of [...names].sort()) console.log(`${name} ${toJavaName(name)}`);
  counts.services++;
  if (names.size > 0) counts.withOtherNames++;
  counts.otherNames += names.size;
  counts.otherMembers += others.length;
  counts.members += members.length;
}
if (!listed) console.log(counts);
for (const name of missing) console.log(`the table lacks ${name}`);
process.exitCode = missing.length > 0 ? 1 : 0;
