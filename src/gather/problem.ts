import { quoted } from "../diagnostics/text.ts";
import type { AwsErrorKind } from "../iam/aws/error-names.ts";
import { kindFromErrorName } from "../iam/aws/error-names.ts";

export type ReadProblemKind = AwsErrorKind | "region" | "network" | "other";

/** A command of the AWS CLI that gave no answer: the message says why, `help` what to do. */
export class ReadProblem extends Error {
  readonly kind: ReadProblemKind;
  readonly help: string;
  /** AWS's own code, where AWS answered. */
  readonly code: string | undefined;

  constructor(kind: ReadProblemKind, message: string, help: string, code?: string) {
    super(message);
    this.kind = kind;
    this.help = help;
    this.code = code;
  }
}

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
  service: "run it again later",
  input: "run the command that `countersign context plan` prints, and see what it says",
  region: "give `--region`, or set AWS_DEFAULT_REGION",
  network: "check the network, a proxy, and AWS_ENDPOINT_URL where it is set",
  timeout: "check the network, a proxy, and AWS_ENDPOINT_URL where it is set",
  other: "run the command that `countersign context plan` prints, and see what it says",
};

const SERVICE_ERROR =
  /An error occurred \((\w{1,80})\) when calling the \w{1,80} operation[^:]{0,80}: ?([^\n]*)/;

export const createReadProblem = (kind: ReadProblemKind, message: string, code?: string): ReadProblem =>
  new ReadProblem(kind, message, HELP[kind], code);

/** Makes a problem of what the AWS CLI printed on standard error. */
export function problemFromOutput(stderr: string): ReadProblem {
  const [, code = "", said = ""] = SERVICE_ERROR.exec(stderr) ?? [];
  if (code !== "") {
    const message = `AWS answers ${quoted(code)}: ${quoted(said.trim(), 300)}`;
    return createReadProblem(kindFromErrorName(code) ?? "other", message, code);
  }
  const line = stderr.trim().split("\n").at(-1)?.trim() ?? "";
  const kind = KIND_BY_TEXT.find(([form]) => form.test(line))?.[1] ?? "other";
  return createReadProblem(
    kind,
    line === "" ? "the AWS CLI failed without a word" : `the AWS CLI says ${quoted(line, 300)}`,
  );
}

/** For a promise's `catch`. Rethrows other errors, since those are bugs. */
export function toReadProblem(problem: unknown): ReadProblem {
  if (problem instanceof ReadProblem) return problem;
  throw problem;
}
