import type { CliOption } from "../options.ts";

/** The commands of `aws s3` that may delete, with how many paths they take. */
export const PATHS: Readonly<Record<string, number>> = { mv: 2, rb: 1, rm: 1, sync: 2 };

const OPERATIONS = new Set(
  "CopyObject DeleteBucket DeleteObject DeleteObjects GetObject HeadObject ListObjectsV2 PutObject"
    .split(" ")
    .map((name) => `s3:${name}`),
);

/** How programs write these commands, as a regular expression. */
export const S3_COMMAND = String.raw`\bs3\W{1,9}(?:${Object.keys(PATHS).join("|")})\b`;

/** Whether these commands make requests of any of the operations. */
export const isCalledByS3Commands = (operations: Iterable<string>): boolean =>
  [...operations].some((operation) => OPERATIONS.has(operation));

const createOptions = (arity: CliOption["arity"], names: string): CliOption[] =>
  names.split(" ").map((name) => ({ name, arity }));

const FILTERS = [
  ...createOptions("nothing", "dryrun quiet only-show-errors"),
  ...createOptions("maybe", "request-payer"),
  ...createOptions("one", "include exclude page-size"),
];

const TRANSFERS = [
  ...FILTERS,
  ...createOptions(
    "nothing",
    "follow-symlinks no-follow-symlinks no-guess-mime-type no-progress ignore-glacier-warnings force-glacier-transfer no-overwrite",
  ),
  ...createOptions("maybe", "sse sse-c sse-c-copy-source"),
  ...createOptions(
    "one",
    "acl sse-c-key sse-kms-key-id sse-c-copy-source-key storage-class website-redirect content-type cache-control content-disposition content-encoding content-language expires source-region checksum-mode checksum-algorithm metadata metadata-directive copy-props case-conflict",
  ),
  ...createOptions("list", "grants"),
];

/** Their options in either version of the AWS CLI (`awscli/customizations/s3/subcommands.py`). */
export const S3_OPTIONS: Readonly<Record<string, readonly CliOption[]>> = {
  mv: [...TRANSFERS, ...createOptions("nothing", "recursive validate-same-s3-paths")],
  rb: createOptions("nothing", "force"),
  rm: [...FILTERS, ...createOptions("nothing", "recursive")],
  sync: [...TRANSFERS, ...createOptions("nothing", "delete exact-timestamps size-only")],
};

/** Members of the requests that options set. */
export const OPTION_MEMBERS: Readonly<Record<string, string>> = {
  acl: "ACL",
  "cache-control": "CacheControl",
  "checksum-algorithm": "ChecksumAlgorithm",
  "content-disposition": "ContentDisposition",
  "content-encoding": "ContentEncoding",
  "content-language": "ContentLanguage",
  "content-type": "ContentType",
  sse: "ServerSideEncryption",
  "sse-kms-key-id": "SSEKMSKeyId",
  "storage-class": "StorageClass",
  "website-redirect": "WebsiteRedirectLocation",
};

/** What an option means that is given without its value. */
export const IMPLIED: Readonly<Record<string, string>> = { sse: "AES256", "request-payer": "requester" };
