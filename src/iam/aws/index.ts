import type { CallOptions } from "./calls.ts";
import { Calls } from "./calls.ts";
import type { AuthorizationDetails, RoleDetail, UserDetail } from "./details.ts";
import { sortBy } from "./details.ts";
import { IamReader } from "./fetch.ts";
import type { FetchedPrincipal } from "./principal.ts";
import { homeRegionOf, parseFetchedPrincipal } from "./principal.ts";
import { LiveProblem } from "./problem.ts";
import type { SdkClient, SdkOptions, Timeouts } from "./sdk.ts";
import type { SimulationAnswer, SimulationQuery } from "./simulate.ts";
import { simulateQuery } from "./simulate.ts";

export type { AuthorizationDetails } from "./details.ts";
export { LiveProblem } from "./problem.ts";
export type { SimulationAnswer, SimulationQuery } from "./simulate.ts";

/** A principal that couldn't be read or simulated. */
export interface FailedPrincipal {
  arn: string;
  problem: LiveProblem;
}

export interface FetchResult {
  /** Details of the principals that could be read. */
  details: AuthorizationDetails;
  failed: FailedPrincipal[];
}

export interface SimulationOutcome {
  answers: SimulationAnswer[];
  failed: FailedPrincipal[];
}

const DEFAULT_CALL_OPTIONS: CallOptions = {
  timeouts: { connection: 5_000, call: 10_000, credentials: 20_000 },
  concurrency: 4,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

/** Talks to AWS with the credentials of the environment. This is the only module that does. */
export class LiveClient {
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
  async fetch(arns: readonly string[]): Promise<FetchResult> {
    const readers = new Map<string, IamReader>();
    const readerOf = (partition: string): IamReader => {
      const reader = readers.get(partition) ?? new IamReader(this.#callsOf(partition));
      readers.set(partition, reader);
      return reader;
    };
    const { found, failed } = await settleEach(arns, async (arn) => {
      const subject = parseFetchedPrincipal(arn);
      return readDetail(readerOf(subject.partition), subject);
    });
    const all = [...readers.values()];
    const details = {
      UserDetailList: uniqueByArn(found.filter(isUser)),
      GroupDetailList: (await Promise.all(all.map((reader) => reader.listGroups()))).flat(),
      RoleDetailList: uniqueByArn(found.filter(isRole)),
      Policies: (await Promise.all(all.map((reader) => reader.listPolicies()))).flat(),
    };
    return { details, failed };
  }

  /** Sends the queries to `iam:SimulatePrincipalPolicy`. */
  async simulate(questions: readonly SimulationQuery[]): Promise<SimulationOutcome> {
    const { found, failed } = await settleEach(questions, async (question) =>
      simulateQuery(this.#callsOf(parseFetchedPrincipal(question.principal).partition), question),
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
    const made = (): Calls =>
      new Calls(this.#make({ region: homeRegionOf(partition), timeouts }), this.#options);
    const calls = this.#calls.get(partition) ?? made();
    this.#calls.set(partition, calls);
    return calls;
  }
}

const readDetail = (reader: IamReader, subject: FetchedPrincipal): Promise<RoleDetail | UserDetail> =>
  subject.kind === "role" ? reader.readRole(subject) : reader.readUser(subject);

const isRole = (detail: RoleDetail | UserDetail): detail is RoleDetail => "RoleName" in detail;
const isUser = (detail: RoleDetail | UserDetail): detail is UserDetail => "UserName" in detail;

/** A role and its sessions share one record. */
const uniqueByArn = <T extends { Arn: string }>(details: readonly T[]): T[] =>
  sortBy([...new Map(details.map((detail) => [detail.Arn, detail])).values()], ({ Arn }) => Arn);

/** Collects the results in the order of the items, and the problems of the items that failed. */
async function settleEach<Item extends string | SimulationQuery, T>(
  items: readonly Item[],
  find: (item: Item) => Promise<T>,
): Promise<{ found: T[]; failed: FailedPrincipal[] }> {
  const settled = await Promise.all(items.map((item) => find(item).catch(toLiveProblem)));
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
function toLiveProblem(error: unknown): LiveProblem {
  if (error instanceof LiveProblem) return error;
  throw error;
}

/** A client that asks in another way than through the AWS SDK. */
export const openClientThrough = (make: (options: SdkOptions) => SdkClient, timeouts: Timeouts): LiveClient =>
  new LiveClient({ ...DEFAULT_CALL_OPTIONS, timeouts }, make);

/** Loads the AWS SDK on demand, since nothing else needs it. */
export async function openLiveClient(options: Partial<CallOptions> = {}): Promise<LiveClient> {
  const { createSdkClient } = await import("./sdk.ts");
  return new LiveClient({ ...DEFAULT_CALL_OPTIONS, ...options }, createSdkClient);
}
