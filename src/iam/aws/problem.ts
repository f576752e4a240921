import { harmless, quoted } from "../../diagnostics/text.ts";

/** What kept AWS from answering. */
export type LiveProblemKind =
  /** There are none, or AWS refuses them. */
  | "credentials"
  | "network"
  | "timeout"
  | "throttled"
  /** The credentials lack a permission. */
  | "denied"
  | "not-found"
  /** The ARN is of nothing that can be asked about, or of another account. */
  | "principal"
  /** AWS takes the call for wrong. */
  | "input"
  /** AWS failed. */
  | "service"
  /** The answer can't be understood. */
  | "reply";

/** A call to AWS that came to nothing: what is wrong, and what to do about it. */
export class LiveProblem extends Error {
  readonly kind: LiveProblemKind;
  readonly help: string;

  constructor(kind: LiveProblemKind, message: string, help: string) {
    super(message);
    this.kind = kind;
    this.help = help;
  }
}

/** Does the next call to AWS come to nothing as well? */
export const isFatal = ({ kind }: LiveProblem): boolean => FATAL.has(kind);

const FATAL: ReadonlySet<LiveProblemKind> = new Set(["credentials", "network", "timeout", "throttled"]);

/** What a call was about. */
export interface About {
  /** The operation, which is the IAM action's name as well. */
  operation: string;
  /** What of the account it asked for, for people: "the role `Reports`". */
  subject: string;
  /** Texts that no message may hold. */
  secrets: readonly string[];
}

/** What there is to know of an error that the SDK threw; any of it may be missing. */
export interface SdkError {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/**
 * Error names of the IAM API reference ("Common errors" and those of each operation), without the suffix
 * `Exception` that some SDKs add.
 */
const KINDS: Readonly<Record<string, LiveProblemKind>> = {
  AccessDenied: "denied",
  UnauthorizedOperation: "denied",
  NotAuthorized: "denied",
  NoSuchEntity: "not-found",
  Throttling: "throttled",
  Throttled: "throttled",
  RequestLimitExceeded: "throttled",
  RequestThrottled: "throttled",
  TooManyRequests: "throttled",
  InvalidClientTokenId: "credentials",
  UnrecognizedClient: "credentials",
  ExpiredToken: "credentials",
  InvalidAccessKeyId: "credentials",
  SignatureDoesNotMatch: "credentials",
  IncompleteSignature: "credentials",
  InvalidSignature: "credentials",
  RequestExpired: "credentials",
  AuthFailure: "credentials",
  MissingAuthenticationToken: "credentials",
  OptInRequired: "credentials",
  CredentialsProviderError: "credentials",
  TokenProviderError: "credentials",
  InvalidInput: "input",
  ValidationError: "input",
  Validation: "input",
  InvalidParameterValue: "input",
  TimeoutError: "timeout",
  AbortError: "timeout",
};

/** Errors of the system below HTTP (Node's `errors` page, OpenSSL's verification). */
const NETWORK =
  /^(?:E(?:CONN\w+|HOST\w+|NET\w+|ADDR\w+|PIPE|AI_AGAIN|PROTO|ACCES|NOTFOUND)|ERR_(?:SSL|TLS)\w*|HPE_\w+)$/;
const CERTIFICATE = /CERT|VERIFY|SELF_SIGNED|ISSUER|ERR_TLS/;

/** The kind of an error that the SDK threw. */
export function kindOf(error: SdkError): LiveProblemKind {
  const code = String(error.code);
  if (code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") return "timeout";
  // Before the name: the SDK names a dropped connection a timeout.
  if (NETWORK.test(code) || CERTIFICATE.test(code)) return "network";
  const name = String(error.name).replace(/Exception$/, "");
  if (Object.hasOwn(KINDS, name)) return KINDS[name]!;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return "throttled";
  if (status === 401 || status === 403) return "denied";
  if (status >= 500) return "service";
  return status >= 400 ? "input" : "reply";
}

/** An error of the SDK in words. What AWS says is cited only where it can't hold a signature. */
export function problemOf(error: SdkError, about: About): LiveProblem {
  if (error.message === "Region is missing") return new LiveProblem("input", NO_REGION, "set AWS_REGION");
  const kind = kindOf(error);
  const { message, help } = WORDS[kind](error, about);
  return new LiveProblem(kind, message, help);
}

const NO_REGION = "in which region this partition has its IAM is not known";

type Words = (error: SdkError, about: About) => { message: string; help: string };

const WORDS: Readonly<Record<LiveProblemKind, Words>> = {
  credentials: (error) => ({
    message: isProvider(error)
      ? `there are no AWS credentials${saidByProvider(error)}`
      : `AWS refuses the credentials (${harmless(String(error.name)).slice(0, 60)})`,
    help: "see that `aws sts get-caller-identity` works in this shell: set AWS_PROFILE, or sign in again with `aws sso login`",
  }),
  network: (error, { operation }) => ({
    message: `AWS can't be reached for iam:${operation} (${harmless(String(error.code)).slice(0, 60)})`,
    help: CERTIFICATE.test(String(error.code))
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
    message: `the credentials may not call iam:${about.operation} for ${about.subject}${said(error, about)}`,
    help: `allow \`iam:${about.operation}\`, or all of the policy in docs/live.md; \`aws sts get-caller-identity\` says whose credentials these are`,
  }),
  "not-found": (_, { subject }) => ({
    message: `there is no such thing in the account: ${subject}`,
    help: "check the ARN, and with `aws sts get-caller-identity` the account of the credentials",
  }),
  principal: (_, { subject }) => ({ message: `${subject} can't be asked about`, help: "check the ARN" }),
  input: (error, about) => ({
    message: `AWS refuses the call iam:${about.operation} for ${about.subject}${said(error, about)}`,
    help: "check the ARN",
  }),
  service: (error, about) => ({
    message: `AWS failed to answer iam:${about.operation} for ${about.subject}${said(error, about)}`,
    help: "try again later",
  }),
  reply: (_, { operation }) => ({
    message: `what came back for iam:${operation} is no answer of AWS`,
    help: "a proxy may have answered in its place: check AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_IAM",
  }),
};

const isProvider = ({ name }: SdkError): boolean => /Provider/.test(String(name));

const LONGEST = 300;

/** A command that prints credentials may have been given a secret, and the error cites the command. */
function saidByProvider({ message }: SdkError): string {
  const isTelling = typeof message === "string" && !/any providers|command|process|^late$/i.test(message);
  return isTelling ? `: ${quoted(message.replaceAll(/\s+/g, " ").trim(), LONGEST)}` : "";
}

/** What AWS says, in one line, and without what must not be printed. */
function said({ message }: SdkError, { secrets }: About): string {
  if (typeof message !== "string" || message.trim() === "") return "";
  let text = message.replaceAll(/\s+/g, " ").trim();
  for (const secret of secrets) if (secret !== "") text = text.replaceAll(secret, "…");
  return `: AWS says ${quoted(text, LONGEST)}`;
}
