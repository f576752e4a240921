import type { CallOptions } from "./calls.ts";
import { Calls } from "./calls.ts";
import type { AuthorizationDetails, RoleDetail, UserDetail } from "./details.ts";
import { sortedBy } from "./details.ts";
import { Reader } from "./fetch.ts";
import type { Subject } from "./principal.ts";
import { homeOf, subjectOf } from "./principal.ts";
import { LiveProblem } from "./problem.ts";
import type { SdkClient, SdkOptions } from "./sdk.ts";
import type { SimulationAnswer, SimulationQuestion } from "./simulate.ts";
import { simulateWith } from "./simulate.ts";

export type { AuthorizationDetails } from "./details.ts";
export { LiveProblem } from "./problem.ts";
export type { SimulationAnswer, SimulationQuestion } from "./simulate.ts";

/** A principal that couldn't be read or simulated. */
export interface FailedPrincipal {
  arn: string;
  problem: LiveProblem;
}

export interface Fetched {
  /** Details of the principals that could be read. */
  details: AuthorizationDetails;
  failed: FailedPrincipal[];
}

export interface Simulated {
  answers: SimulationAnswer[];
  failed: FailedPrincipal[];
}

const DEFAULTS: CallOptions = {
  timeouts: { connection: 5_000, call: 10_000, credentials: 20_000 },
  concurrency: 4,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Talks to AWS with the credentials of the environment. This is the only module that does. */
export class Live {
  readonly #options: CallOptions;
  readonly #make: (options: SdkOptions) => SdkClient;
  /** By partition, each of which has its own IAM. */
  readonly #calls = new Map<string, Calls>();

  /** Use `openLiveClient`, which loads the AWS SDK. */
  constructor(options: CallOptions, make: (options: SdkOptions) => SdkClient) {
    this.#options = options;
    this.#make = make;
  }

  /** Reads the policies of principals, in the format of `aws iam get-account-authorization-details`. */
  async fetch(arns: readonly string[]): Promise<Fetched> {
    const readers = new Map<string, Reader>();
    const readerOf = (partition: string): Reader => {
      const reader = readers.get(partition) ?? new Reader(this.#callsOf(partition));
      readers.set(partition, reader);
      return reader;
    };
    const { found, failed } = await eachOf(arns, async (arn) => {
      const subject = subjectOf(arn);
      return readOne(readerOf(subject.partition), subject);
    });
    const all = [...readers.values()];
    const details = {
      UserDetailList: distinct(found.filter(isUser)),
      GroupDetailList: (await Promise.all(all.map((reader) => reader.groups()))).flat(),
      RoleDetailList: distinct(found.filter(isRole)),
      Policies: (await Promise.all(all.map((reader) => reader.policies()))).flat(),
    };
    return { details, failed };
  }

  /** Sends the queries to `iam:SimulatePrincipalPolicy`. */
  async simulate(questions: readonly SimulationQuestion[]): Promise<Simulated> {
    const { found, failed } = await eachOf(questions, async (question) =>
      simulateWith(this.#callsOf(subjectOf(question.principal).partition), question),
    );
    return { answers: found.flat(), failed };
  }

  /** Closes open connections, which would keep the process alive. */
  close(): void {
    for (const calls of this.#calls.values()) calls.close();
    this.#calls.clear();
  }

  #callsOf(partition: string): Calls {
    const { timeouts } = this.#options;
    const made = (): Calls => new Calls(this.#make({ region: homeOf(partition), timeouts }), this.#options);
    const calls = this.#calls.get(partition) ?? made();
    this.#calls.set(partition, calls);
    return calls;
  }
}

const readOne = (reader: Reader, subject: Subject): Promise<RoleDetail | UserDetail> =>
  subject.kind === "role" ? reader.role(subject) : reader.user(subject);

const isRole = (detail: RoleDetail | UserDetail): detail is RoleDetail => "RoleName" in detail;
const isUser = (detail: RoleDetail | UserDetail): detail is UserDetail => "UserName" in detail;

/** A role and its sessions share one record. */
const distinct = <T extends { Arn: string }>(details: readonly T[]): T[] =>
  sortedBy([...new Map(details.map((detail) => [detail.Arn, detail])).values()], ({ Arn }) => Arn);

/** Collects the results in the order of the items, and the problems of the items that failed. */
async function eachOf<Item extends string | SimulationQuestion, T>(
  items: readonly Item[],
  find: (item: Item) => Promise<T>,
): Promise<{ found: T[]; failed: FailedPrincipal[] }> {
  const settled = await Promise.all(items.map((item) => find(item).catch(asProblem)));
  const found: T[] = [];
  const failed: FailedPrincipal[] = [];
  for (const [index, result] of settled.entries()) {
    const item = items[index]!;
    if (result instanceof LiveProblem)
      failed.push({ arn: typeof item === "string" ? item : item.principal, problem: result });
    else found.push(result);
  }
  return { found, failed };
}

/** Rethrows errors that aren't problems of AWS, since those are bugs. */
function asProblem(error: unknown): LiveProblem {
  if (error instanceof LiveProblem) return error;
  throw error;
}

/** Loads the AWS SDK on demand, since nothing else needs it. */
export async function openLive(options: Partial<CallOptions> = {}): Promise<Live> {
  const { sdkClient } = await import("./sdk.ts");
  return new Live({ ...DEFAULTS, ...options }, sdkClient);
}
