import type { SdkClient } from "../iam/aws/sdk.ts";
import { createReadProblem, ReadProblem } from "./problem.ts";
import type { FactReader } from "./reading.ts";

/** Operations that the AWS CLI is asked for. What it simulates is not among them. */
type Input = Readonly<Record<string, unknown>>;

/** A client of IAM that asks through the AWS CLI, so that profiles and sign-in work as in the user's own commands. */
export function createCliClient(aws: FactReader): SdkClient {
  const operations = new Proxy({} as SdkClient["operations"], {
    get: (_, operation) => (input: Input) => readIam(aws, String(operation), input),
  });
  return { operations, listSecrets: async () => [], close: () => {} };
}

async function readIam(aws: FactReader, operation: string, input: Input): Promise<unknown> {
  const options = Object.entries(input).flatMap(([name, value]) => [`--${toKebab(name)}`, String(value)]);
  try {
    if (Object.values(input).some((value) => /^-|:\/\//.test(String(value))))
      throw createReadProblem("other", "a name that AWS gives can't be a word of a command");
    return restoreTypes(await aws.read(["iam", toKebab(operation), ...options], { isRetried: false }));
  } catch (problem) {
    if (!(problem instanceof ReadProblem)) throw problem;
    throw Object.assign(new Error(problem.message), SDK_ERRORS[problem.kind]);
  }
}

/** By what problems of the SDK are told apart. */
const SDK_ERRORS: Readonly<Record<ReadProblem["kind"], { name?: string; code?: string }>> = {
  credentials: { name: "CredentialsProviderError" },
  denied: { name: "AccessDenied" },
  "not-found": { name: "NoSuchEntity" },
  throttled: { name: "Throttling" },
  timeout: { name: "TimeoutError" },
  service: { name: "InternalFailure" },
  network: { code: "ECONNREFUSED" },
  // The message says what the AWS CLI says.
  input: { name: "ValidationError" },
  region: { name: "ValidationError" },
  other: { name: "ValidationError" },
};

/** The AWS CLI decodes documents and prints dates as texts; the SDK does neither. */
const restoreTypes = (output: unknown): unknown =>
  JSON.parse(JSON.stringify(output), (key, value: unknown) => {
    if (/Document$/.test(key) && typeof value === "object") return JSON.stringify(value);
    if (/Date$/.test(key) && typeof value === "string") return new Date(value);
    return value;
  });

const toKebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
