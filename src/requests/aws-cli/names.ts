import { toOperationName } from "../operations.ts";

/** The AWS CLI's names of services, operations and members (botocore's `xform_name`). */

/** Acronyms in mixed case that the general rule would split. */
const IRREGULAR: Readonly<Record<string, string>> = {
  iSCSI: "Iscsi",
  PartiQL: "Partiql",
  WhatsApp: "Whatsapp",
  HITs: "Hits",
  OTel: "Otel",
};

/** Additional names that the CLI accepts, from earlier spellings of the operation. */
const COMMAND_ALIASES: Readonly<Record<string, string>> = {
  "cloudwatch:GetOTelEnrichment": "get-o-tel-enrichment",
  "cloudwatch:StartOTelEnrichment": "start-o-tel-enrichment",
  "cloudwatch:StopOTelEnrichment": "stop-o-tel-enrichment",
  "mturk:ListHITsForQualificationType": "list-hi-ts-for-qualification-type",
  "socialmessaging:DeleteWhatsAppMessageMedia": "delete-whatsapp-media-message",
};

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

/** The CLI's commands for an operation: `StartCacheReport` becomes `start-cache-report`. */
export function listCommandNames(operation: string): string[] {
  let name = operation.slice(operation.indexOf(":") + 1);
  // The exceptions don't cover names such as `ListiSCSI…`.
  const isIrregular =
    /^(?:Create|Describe)(?:Cached|Stored)iSCSI|PartiQL|WhatsApp|^ListHITsFor|OTelEnrichment$/.test(name);
  if (isIrregular)
    for (const [acronym, word] of Object.entries(IRREGULAR)) name = name.replaceAll(acronym, word);
  const also = COMMAND_ALIASES[operation];
  return also === undefined ? [toKebabCase(name)] : [toKebabCase(name), also];
}

/** The boto3 name of a service, given its CLI name. */
export const toBotoService = (command: string): string => SERVICE_NAMES[command] ?? command;

/** An operation without a schema, by its names in the CLI: `ec2:StopInstances`. Commands of `aws s3` are no operations. */
export const nameUncheckedOperation = (service: string, command: string): string =>
  service === "s3" ? `s3 ${command}` : toOperationName(toBotoService(service), command);
