import { toOperationName } from "../operations.ts";
import { OPERATIONS_BY_COMMAND } from "./customized/customization.ts";

/** The AWS CLI's names of services, operations and members (botocore's `xform_name`). */

/** Acronyms in mixed case that the general rule would split. */
const IRREGULAR: Readonly<Record<string, string>> = {
  iSCSI: "Iscsi",
  PartiQL: "Partiql",
  WhatsApp: "Whatsapp",
  HITs: "Hits",
  OTel: "Otel",
};

/** Commands whose name isn't that of their operation, by operation. */
const OTHER_NAMES = new Map<string, string[]>();
for (const [command, operation] of Object.entries(OPERATIONS_BY_COMMAND)) {
  const [service = "", name = ""] = command.split(" ");
  const key = `${service}:${operation}`;
  OTHER_NAMES.set(key, [...(OTHER_NAMES.get(key) ?? []), name]);
}

/** Services whose name in the CLI differs from that in boto3. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  s3api: "s3",
  deploy: "codedeploy",
  configservice: "config",
  "runtime.sagemaker": "sagemaker-runtime",
};

/** `FileShareARN` becomes `file-share-arn`, `TapeARNs` becomes `tape-arns`. */
export function toKebabCase(name: string): string {
  if (name.includes("-")) return name;
  const plural = /(?<![A-Z])[A-Z]{2,}s$/.exec(name)?.[0];
  const word = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name;
  return word
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** Operations whose regular command the CLI doesn't have. */
const REPLACED = new Set(["rds:ModifyOptionGroup"]);

/** The CLI's commands for an operation: `StartCacheReport` becomes `start-cache-report`. */
export function listCommandNames(operation: string): string[] {
  let name = operation.slice(operation.indexOf(":") + 1);
  // The exceptions don't cover names such as `ListiSCSI…`.
  const isIrregular =
    /^(?:Create|Describe)(?:Cached|Stored)iSCSI|PartiQL|WhatsApp|^ListHITsFor|OTelEnrichment$/.test(name);
  if (isIrregular)
    for (const [acronym, word] of Object.entries(IRREGULAR)) name = name.replaceAll(acronym, word);
  return [...(REPLACED.has(operation) ? [] : [toKebabCase(name)]), ...(OTHER_NAMES.get(operation) ?? [])];
}

/** The boto3 name of a service, given its CLI name. */
export const toBotoService = (command: string): string => SERVICE_NAMES[command] ?? command;

/** An operation without a schema, by its names in the CLI: `ec2:StopInstances`. Commands of `aws s3` are no operations. */
export const nameUncheckedOperation = (service: string, command: string): string =>
  service === "s3" ? `s3 ${command}` : toOperationName(toBotoService(service), command);
