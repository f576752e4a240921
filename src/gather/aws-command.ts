import { listPrograms } from "../files/programs.ts";
import { createReadProblem, problemFromOutput, ReadProblem } from "./problem.ts";
import type { FactReader } from "./reading.ts";

/** The only commands that are ever run. All of them read. */
const READING_COMMANDS: ReadonlySet<string> = new Set([
  "sts get-caller-identity",
  "storagegateway list-file-shares",
  "storagegateway describe-nfs-file-shares",
  "storagegateway describe-smb-file-shares",
  "storagegateway describe-gateway-information",
  "storagegateway list-cache-reports",
  "storagegateway describe-cache-report",
  "storagegateway describe-file-system-associations",
  "storagegateway describe-tapes",
  "storagegateway describe-tape-archives",
  "storagegateway describe-cache",
  "cloudwatch get-metric-statistics",
  "fsx describe-file-systems",
  "fsx describe-data-repository-associations",
  "fsx describe-data-repository-tasks",
  "s3api head-bucket",
  "s3api get-bucket-location",
  "s3api get-bucket-policy",
  "s3api get-bucket-encryption",
  "kms describe-key",
  "kms get-key-policy",
  "fsx describe-volumes",
  "fsx describe-snapshots",
  "fsx describe-backups",
  "fsx describe-file-caches",
  "iam get-role",
  "iam get-user",
  "iam get-policy",
  "iam get-policy-version",
  "iam list-role-policies",
  "iam get-role-policy",
  "iam list-attached-role-policies",
  "iam list-user-policies",
  "iam get-user-policy",
  "iam list-attached-user-policies",
  "iam list-groups-for-user",
  "iam list-group-policies",
  "iam get-group-policy",
  "iam list-attached-group-policies",
]);

export interface AwsCommandOptions {
  profile?: string | undefined;
  region?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds. The AWS CLI's own limits are a minute for each attempt. */
const TIMEOUT = 180_000;
const MAX_OUTPUT_BYTES = 64 << 20;
/** Pauses before the attempts after a throttled one, in milliseconds; the AWS CLI retries by itself before that. */
const PAUSES = [500, 2_000, 5_000];

/** Runs read-only commands of the machine's AWS CLI, by vectors of arguments: no shell sees them. */
export class AwsCommand implements FactReader {
  readonly #program: string;
  readonly #options: AwsCommandOptions;

  /** Throws a `ReadProblem` if there is no AWS CLI. */
  constructor(options: AwsCommandOptions) {
    this.#options = options;
    this.#program = findProgram("aws", options.environment.PATH ?? "");
  }

  /** Runs `aws WORDS` and returns what it prints. Throws a `ReadProblem`. */
  async read(words: readonly string[], { isRetried = true } = {}): Promise<Record<string, unknown>> {
    if (!READING_COMMANDS.has(words.slice(0, 2).join(" ")))
      throw new Error(`not a reading command: ${words[1]}`);
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#run([...words, ...this.#listOptions(words)]);
      if (!(answer instanceof Error)) return answer;
      const pause =
        isRetried && (answer.kind === "throttled" || answer.kind === "service") ? PAUSES[attempt] : undefined;
      if (pause === undefined) throw answer;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #listOptions(words: readonly string[]): string[] {
    const { profile, region } = this.#options;
    return [
      ...(profile === undefined ? [] : ["--profile", profile]),
      ...(region === undefined || words.includes("--region") ? [] : ["--region", region]),
      "--output",
      "json",
    ];
  }

  async #run(words: readonly string[]): Promise<Record<string, unknown> | ReadProblem> {
    const env = { ...this.#options.environment, AWS_PAGER: "" };
    const settings = { env, timeout: TIMEOUT, maxBuffer: MAX_OUTPUT_BYTES };
    const { execFile } = await import("node:child_process");
    return new Promise((resolve) => {
      const child = execFile(this.#program, words, settings, (error, stdout, stderr) => {
        if (!error) resolve(parseOutput(stdout));
        else if (error.killed) resolve(createReadProblem("timeout", "the AWS CLI gave no answer in time"));
        else resolve(problemFromOutput(stderr));
      });
      // A program that asks something on the terminal would wait for ever.
      child.stdin?.end();
    });
  }
}

function parseOutput(text: string): Record<string, unknown> | ReadProblem {
  // An operation without output, such as an older `head-bucket`.
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Below.
  }
  return createReadProblem("other", "what the AWS CLI printed is no answer of AWS");
}

/** Finds a program in PATH. Throws a `ReadProblem` if there is none. */
function findProgram(name: string, path: string): string {
  const [first] = listPrograms(name, path);
  if (first !== undefined) return first;
  throw new ReadProblem(
    "other",
    `there is no \`${name}\` in PATH`,
    "install the AWS CLI, or run what `countersign context plan` prints where there is one",
  );
}
