/** How the AWS CLI writes the names of services, operations and members (botocore's `xform_name`). */

/** Names that no rule leads to: acronyms in mixed case. */
const IRREGULAR: Readonly<Record<string, string>> = {
  iSCSI: "Iscsi",
  PartiQL: "Partiql",
  WhatsApp: "Whatsapp",
  HITs: "Hits",
  OTel: "Otel",
};

/** Names that the CLI takes besides the one by rule: what it called the operation before. */
const ALSO: Readonly<Record<string, string>> = {
  "cloudwatch:GetOTelEnrichment": "get-o-tel-enrichment",
  "cloudwatch:StartOTelEnrichment": "start-o-tel-enrichment",
  "cloudwatch:StopOTelEnrichment": "stop-o-tel-enrichment",
  "mturk:ListHITsForQualificationType": "list-hi-ts-for-qualification-type",
  "socialmessaging:DeleteWhatsAppMessageMedia": "delete-whatsapp-media-message",
};

/** Services that the CLI calls otherwise than boto3. */
const SERVICES: Readonly<Record<string, string>> = {
  s3api: "s3",
  deploy: "codedeploy",
  configservice: "config",
  "runtime.sagemaker": "sagemaker-runtime",
};

/** `FileShareARN` is `file-share-arn`, `TapeARNs` is `tape-arns`. */
export function kebab(name: string): string {
  if (name.includes("-")) return name;
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0];
  const word = plural ? `${name.slice(0, -plural.length)}-${plural.toLowerCase()}` : name;
  return word
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** The CLI's commands of an operation: `StartCacheReport` is `start-cache-report`. */
export function commandsOf(operation: string): string[] {
  let name = operation.slice(operation.indexOf(":") + 1);
  // `ListiSCSI…` and others are not among the exceptions.
  const isIrregular =
    /^(?:Create|Describe)(?:Cached|Stored)iSCSI|PartiQL|WhatsApp|^ListHITsFor|OTelEnrichment$/.test(name);
  if (isIrregular)
    for (const [acronym, word] of Object.entries(IRREGULAR)) name = name.replaceAll(acronym, word);
  const also = ALSO[operation];
  return also === undefined ? [kebab(name)] : [kebab(name), also];
}

/** What boto3 calls a service of the CLI. */
export const serviceOf = (command: string): string => SERVICES[command] ?? command;
