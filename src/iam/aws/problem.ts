import { escapeHarmful, quoted } from "../../diagnostics/text.ts";
import type { AwsErrorKind } from "./error-names.ts";
import { kindFromErrorName } from "./error-names.ts";

/** Why a call to AWS failed. */
export type LiveProblemKind =
  | AwsErrorKind
  | "network"
  /** The ARN has an unsupported type, or belongs to another account. */
  | "principal"
  /** The response can't be understood. */
  | "reply";

/** A failed call to AWS: the message says what is wrong, `help` what to do. */
export class LiveProblem extends Error {
  readonly kind: LiveProblemKind;
  readonly help: string;

  constructor(kind: LiveProblemKind, message: string, help: string) {
    super(message);
    this.kind = kind;
    this.help = help;
  }
}

/** Whether the next call would fail for the same reason. */
export const isFatal = ({ kind }: LiveProblem): boolean => FATAL_KINDS.has(kind);

const FATAL_KINDS: ReadonlySet<LiveProblemKind> = new Set(["credentials", "network", "timeout", "throttled"]);

/** What a call was about, for messages. */
export interface CallDescription {
  /** The operation, which is also the name of the IAM action. */
  operation: string;
  /** What was requested, for messages: "the role `Reports`". */
  subject: string;
  /** Secrets that are removed from messages. */
  secrets: readonly string[];
}

/** The fields of an SDK error that are used; any of them may be missing. */
export interface SdkError {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** Errors below HTTP (Node.js "Errors" page, OpenSSL verification codes). */
const NETWORK_ERROR =
  /^(?:E(?:CONN\w+|HOST\w+|NET\w+|ADDR\w+|PIPE|AI_AGAIN|PROTO|ACCES|NOTFOUND)|ERR_(?:SSL|TLS)\w*|HPE_\w+)$/;
const CERTIFICATE_ERROR = /CERT|VERIFY|SELF_SIGNED|ISSUER|ERR_TLS/;

/** Classifies an error that the SDK threw. */
export function classifySdkError(error: SdkError): LiveProblemKind {
  const code = String(error.code);
  if (code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") return "timeout";
  // Checked before the name, because the SDK names a dropped connection a timeout.
  if (NETWORK_ERROR.test(code) || CERTIFICATE_ERROR.test(code)) return "network";
  const kind = kindFromErrorName(String(error.name));
  if (kind !== undefined) return kind;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return "throttled";
  if (status === 401 || status === 403) return "denied";
  if (status >= 500) return "service";
  return status >= 400 ? "input" : "reply";
}

/**
 * Converts an SDK error to a problem. AWS's own message is quoted only for errors that can't contain a
 * signature.
 */
export function problemFromSdkError(error: SdkError, about: CallDescription): LiveProblem {
  if (error.message === "Region is missing") return new LiveProblem("input", NO_REGION, "set AWS_REGION");
  const kind = classifySdkError(error);
  const { message, help } = PROBLEM_TEXTS[kind](error, about);
  return new LiveProblem(kind, message, help);
}

const NO_REGION = "in which region this partition has its IAM is not known";

type ProblemText = (error: SdkError, about: CallDescription) => { message: string; help: string };

const PROBLEM_TEXTS: Readonly<Record<LiveProblemKind, ProblemText>> = {
  credentials: (error) => ({
    message: isProviderError(error)
      ? `there are no AWS credentials${formatProviderMessage(error)}`
      : `AWS refuses the credentials (${escapeHarmful(String(error.name)).slice(0, 60)})`,
    help: "see that `aws sts get-caller-identity` works in this shell: set AWS_PROFILE, or sign in again with `aws sso login`",
  }),
  network: (error, { operation }) => ({
    message: `AWS can't be reached for iam:${operation} (${escapeHarmful(String(error.code)).slice(0, 60)})`,
    help: CERTIFICATE_ERROR.test(String(error.code))
      ? "its certificate isn't trusted here: name your company's certificates with NODE_EXTRA_CA_CERTS"
      : "check the network, and AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_IAM where they are set; without a network, fetch elsewhere with `countersign iam fetch` and give the file with `--context`",
  }),
  timeout: (_, { operation }) => ({
    message: `AWS didn't answer iam:${operation} in time`,
    help: "check the network, a proxy or firewall on the way, and AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_IAM where they are set",
  }),
  throttled: (_, { operation }) => ({
    message: `AWS throttles iam:${operation}, after several attempts`,
    help: "try again later: an account's calls to IAM are counted together, so other tools may be using them up",
  }),
  denied: (error, about) => ({
    message: `the credentials may not call iam:${about.operation} for ${about.subject}${formatAwsMessage(error, about)}`,
    help: `allow \`iam:${about.operation}\`, or all of the policy in docs/live.md; \`aws sts get-caller-identity\` says whose credentials these are`,
  }),
  "not-found": (_, { subject }) => ({
    message: `there is no such thing in the account: ${subject}`,
    help: "check the ARN, and with `aws sts get-caller-identity` the account of the credentials",
  }),
  principal: (_, { subject }) => ({ message: `${subject} can't be asked about`, help: "check the ARN" }),
  input: (error, about) => ({
    message: `AWS refuses the call iam:${about.operation} for ${about.subject}${formatAwsMessage(error, about)}`,
    help: "check the ARN",
  }),
  service: (error, about) => ({
    message: `AWS failed to answer iam:${about.operation} for ${about.subject}${formatAwsMessage(error, about)}`,
    help: "try again later",
  }),
  reply: (_, { operation }) => ({
    message: `what came back for iam:${operation} is no answer of AWS`,
    help: "a proxy may have answered in its place: check AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_IAM",
  }),
};

const isProviderError = ({ name }: SdkError): boolean => /Provider/.test(String(name));

const MAX_AWS_MESSAGE_LENGTH = 300;

/** The provider's message, unless it may quote a credential command, which can contain a secret. */
function formatProviderMessage({ message }: SdkError): string {
  const isTelling = typeof message === "string" && !/any providers|command|process|^late$/i.test(message);
  return isTelling ? `: ${quoted(message.replaceAll(/\s+/g, " ").trim(), MAX_AWS_MESSAGE_LENGTH)}` : "";
}

/** AWS's message in one line, with secrets removed. */
function formatAwsMessage({ message }: SdkError, { secrets }: CallDescription): string {
  if (typeof message !== "string" || message.trim() === "") return "";
  let text = message.replaceAll(/\s+/g, " ").trim();
  for (const secret of secrets) if (secret !== "") text = text.replaceAll(secret, "…");
  return `: AWS says ${quoted(text, MAX_AWS_MESSAGE_LENGTH)}`;
}
