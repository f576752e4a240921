import { resolve } from "node:path";
import { escapeHarmful, formatCount, quoted, quoteShellWord } from "../../../diagnostics/text.ts";
import { AwsCommand } from "../../../gather/aws-command.ts";
import { createCliClient } from "../../../gather/iam-client.ts";
import type { Needs } from "../../../gather/needs.ts";
import { collectNeeds, hasNeeds } from "../../../gather/needs.ts";
import { ReadProblem } from "../../../gather/problem.ts";
import type { PullOptions, ReadFact } from "../../../gather/pull.ts";
import { FactPull, readIdentity } from "../../../gather/pull.ts";
import { planReadings } from "../../../gather/readings.ts";
import { writeContextFile } from "../../../gather/write.ts";
import { Git } from "../../../git/git.ts";
import { openClientThrough } from "../../../iam/aws/index.ts";
import { EXIT } from "../../../run/exit-status.ts";
import type { Io } from "../../../run/io.ts";
import { UsageError } from "../../../run/io.ts";
import { runCheck } from "../../../run/run.ts";
import type { CheckFlags } from "../../../run/types.ts";

interface PullFlags extends CheckFlags {
  out: string;
  profile?: string;
  region?: string;
  /** Another command goes on with what was read. */
  isPart?: boolean;
}

/** Runs `countersign context pull`: reads the missing facts through the AWS CLI into files of context. */
export async function run(
  paths: readonly string[],
  { out, profile, region, isPart = false, ...flags }: PullFlags,
  io: Io,
): Promise<number> {
  const checking = { ...flags, allowEmpty: true };
  const before = await runCheck(paths, { ...checking, withoutContext: out }, io);
  const needs = collectNeeds(before.checked);
  if (!hasNeeds(needs)) {
    io.stdout("no check waits for a fact that AWS prints\n");
    return EXIT.ok;
  }
  const pull = new Progress(out, io);
  try {
    const aws = new AwsCommand({ profile, region, environment: io.environment });
    const identity = await readIdentity(aws);
    io.stdout(
      identity
        ? `reading as ${quoted(identity.arn)}\n`
        : "whose credentials these are is not known: AWS doesn't say it\n",
    );
    const options = pull.createOptions(aws);
    const facts = new FactPull(identity?.account, options);
    await facts.pull(planReadings(needs));
    await facts.pullBuckets(needs.buckets.keys());
    if (needs.principals.size > 0) await pullPrincipals(needs, options);
  } catch (error) {
    if (error instanceof ReadProblem) throw new UsageError(escapeHarmful(error.message), error.help);
    throw error;
  }
  if (pull.read > 0 && !isPart) await describeOpen({ paths, checking, out, before: countOpen(needs) }, io);
  return pull.failed > 0 ? EXIT.failed : EXIT.ok;
}

const NOUNS: Partial<Record<ReadFact["record"], string>> = {
  fileShare: "the file share",
  gateway: "the gateway",
  cacheReports: "the cache reports beside",
  fileSystem: "the file system",
  dataRepositoryAssociations: "the associations of",
  dataRepositoryTasks: "the tasks of",
  bucket: "the bucket",
  keyPolicy: "the policy of the key",
  policies: "the policies of",
};

/** Prints what was read, and what wasn't and why. */
class Progress {
  read = 0;
  failed = 0;
  readonly #out: string;
  readonly #io: Io;

  constructor(out: string, io: Io) {
    this.#out = out;
    this.#io = io;
  }

  createOptions(aws: AwsCommand): PullOptions {
    return {
      aws,
      write: (name, value) => writeContextFile(this.#out, name, value),
      onRead: ({ file, of, record }, problem) =>
        this.#tell(file, `${NOUNS[record] ?? record} ${quoted(of)}`, problem),
      now: () => new Date().toISOString(),
    };
  }

  #tell(file: string, what: string, problem: ReadProblem | undefined): void {
    if (problem) {
      this.failed++;
      this.#io.stdout(`not read: ${what}: ${escapeHarmful(problem.message)}\n  = help: ${problem.help}\n`);
    } else {
      this.read++;
      this.#io.stdout(`read: ${what} > ${this.#out}/${file}\n`);
    }
  }
}

/** Milliseconds. A program takes longer to start than a call to AWS takes, and has a limit of its own. */
const CLI_TIMEOUTS = { connection: 200_000, call: 200_000, credentials: 200_000 };

/** Reads roles and users with their policies into one file; without those that can't be read. */
async function pullPrincipals(
  { principals }: Needs,
  { aws, write, onRead, now }: PullOptions,
): Promise<void> {
  const client = openClientThrough(() => createCliClient(aws), CLI_TIMEOUTS);
  const { details, failed } = await client.fetch([...principals.keys()]);
  const problems = new Map(failed.map(({ arn, problem }) => [arn, problem]));
  if (problems.size < principals.size) write("iam.json", { ...details, pulled: { asOf: now() } });
  for (const arn of principals.keys()) {
    const problem = problems.get(arn);
    const about = { file: "iam.json", of: arn, record: "policies" } as const;
    onRead(about, problem && new ReadProblem("other", problem.message, problem.help));
  }
}

const countOpen = ({ shares, gateways, fileSystems, buckets, principals }: Needs): number =>
  new Set(
    [
      ...[shares, gateways, fileSystems, buckets].flatMap((needs) =>
        [...needs.values()].flatMap(({ records }) => [...records.values()]),
      ),
      ...principals.values(),
    ].flatMap((found) => [...found]),
  ).size;

interface PullRun {
  paths: readonly string[];
  checking: CheckFlags;
  out: string;
  /** How many checks waited for facts. */
  before: number;
}

/** Checks again with what was read, and says what is still open. */
async function describeOpen({ paths, checking, out, before }: PullRun, io: Io): Promise<void> {
  const isNamed = checking.context.some((path) => resolve(path) === resolve(out));
  const context = isNamed ? checking.context : [...checking.context, out];
  const { checked } = await runCheck(paths, { ...checking, context }, { ...io, stderr: () => {} });
  const needs = collectNeeds(checked);
  const open = countOpen(needs);
  io.stdout(
    `${formatCount(before - open, "check")} of ${before} that waited for facts ${before - open === 1 ? "is" : "are"} decided\n`,
  );
  if (needs.unnamed.size > 0)
    io.stdout(
      `${formatCount(needs.unnamed.size, "check")} ${needs.unnamed.size === 1 ? "waits" : "wait"} for values that only the run knows: give them with \`--values FILE\`\n`,
    );
  for (const record of needs.byHand.keys())
    io.stdout(`no command prints \`${record}\`: write it by hand into a file in ${quoted(out)}\n`);
  if (!(await new Git(".", io.environment).isIgnored(out)))
    io.stdout(
      `note: add \`${out}/\` to .gitignore: policies and facts of an account don't belong into a repository\n`,
    );
  const options = [
    ...context.flatMap((path) => ["--context", path]),
    ...(checking.values ?? []).flatMap((file) => ["--values", file]),
  ];
  io.stdout(`next: countersign check ${[...paths, ...options].map(quoteShellWord).join(" ")}\n`);
}
