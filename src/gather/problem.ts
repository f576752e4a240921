import { quoted } from "../diagnostics/text.ts";

export type ReadProblemKind =
  | "credentials"
  | "denied"
  | "not-found"
  | "throttled"
  | "region"
  | "network"
  | "timeout"
  | "other";

/** A command of the AWS CLI that gave no answer: the message says why, `help` what to do. */
export class ReadProblem extends Error {
  readonly kind: ReadProblemKind;
  readonly help: string;

  constructor(kind: ReadProblemKind, message: string, help: string) {
    super(message);
    this.kind = kind;
    this.help = help;
  }
}

/** Error codes of AWS, without the suffixes `Exception` and `Fault` that some have. */
const KIND_BY_CODE: Readonly<Record<string, ReadProblemKind>> = {
  AccessDenied: "denied",
  UnauthorizedOperation: "denied",
  FileSystemNotFound: "not-found",
  VolumeNotFound: "not-found",
  SnapshotNotFound: "not-found",
  BackupNotFound: "not-found",
  FileCacheNotFound: "not-found",
  DataRepositoryAssociationNotFound: "not-found",
  DataRepositoryTaskNotFound: "not-found",
  InvalidGatewayRequest: "not-found",
  NoSuchEntity: "not-found",
  Throttling: "throttled",
  Throttled: "throttled",
  RequestLimitExceeded: "throttled",
  TooManyRequests: "throttled",
  SlowDown: "throttled",
  ServiceUnavailable: "throttled",
  ExpiredToken: "credentials",
  InvalidClientTokenId: "credentials",
  UnrecognizedClient: "credentials",
  SignatureDoesNotMatch: "credentials",
};

/** What the AWS CLI itself says where it could not ask; its exit status alone doesn't tell in version 1. */
const KIND_BY_TEXT: readonly (readonly [RegExp, ReadProblemKind])[] = [
  [
    /unable to locate credentials|config profile|sso session|token has expired|error loading sso/i,
    "credentials",
  ],
  [/must specify a region|provide region/i, "region"],
  [/could not connect|connection|endpoint url|timeout/i, "network"],
];

const HELP: Readonly<Record<ReadProblemKind, string>> = {
  credentials:
    "see that `aws sts get-caller-identity` works in this shell: set AWS_PROFILE, or sign in again",
  denied: "allow this action to the credentials, or let somebody who may run `countersign context plan`",
  "not-found": "check the account and the Region that the credentials and `--region` stand for",
  throttled: "run it again later",
  region: "give `--region`, or set AWS_DEFAULT_REGION",
  network: "check the network, a proxy, and AWS_ENDPOINT_URL where it is set",
  timeout: "check the network, a proxy, and AWS_ENDPOINT_URL where it is set",
  other: "run the command that `countersign context plan` prints, and see what it says",
};

const SERVICE_ERROR =
  /An error occurred \((\w{1,80})\) when calling the \w{1,80} operation[^:]{0,80}: ?([^\n]*)/;

export const createReadProblem = (kind: ReadProblemKind, message: string): ReadProblem =>
  new ReadProblem(kind, message, HELP[kind]);

/** Makes a problem of what the AWS CLI printed on standard error. */
export function problemFromOutput(stderr: string): ReadProblem {
  const [, code = "", said = ""] = SERVICE_ERROR.exec(stderr) ?? [];
  if (code !== "") {
    const name = code.replace(/(?:Exception|Fault|Error)$/, "");
    const kind = Object.hasOwn(KIND_BY_CODE, name) ? KIND_BY_CODE[name]! : "other";
    return createReadProblem(kind, `AWS answers ${quoted(code)}: ${quoted(said.trim(), 300)}`);
  }
  const line = stderr.trim().split("\n").at(-1)?.trim() ?? "";
  const kind = KIND_BY_TEXT.find(([form]) => form.test(line))?.[1] ?? "other";
  return createReadProblem(
    kind,
    line === "" ? "the AWS CLI failed without a word" : `the AWS CLI says ${quoted(line, 300)}`,
  );
}
