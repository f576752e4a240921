import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { quoted } from "../diagnostics/text.ts";
import { readBucket } from "./bucket.ts";
import { isGatewayArn } from "./needs.ts";
import { createReadProblem, ReadProblem, toReadProblem } from "./problem.ts";
import type { FactReader, Reading, ReadingGroup } from "./reading.ts";
import { createCacheReading, createGatewayReading } from "./readings.ts";

type Answer = Record<string, unknown>;

/** What was read or not: a record, or the policies of a principal. */
export interface ReadFact {
  file: string;
  of: string;
  record: Reading["record"] | "policies" | "keyPolicy";
}

export interface PullOptions {
  aws: FactReader;
  /** Writes a file of context. */
  write(name: string, value: unknown): void;
  /** Called after each reading, with the problem if it gave nothing. */
  onRead(reading: ReadFact, problem?: ReadProblem): void;
  /** The time of reading, as ISO 8601. */
  now(): string;
}

const MAX_PAGES = 1_000;

/** Whose credentials the AWS CLI uses; undefined where AWS doesn't tell. Throws a `ReadProblem` if there are none. */
export async function readIdentity(aws: FactReader): Promise<{ account: string; arn: string } | undefined> {
  try {
    const { Account: account, Arn: arn } = await aws.read(["sts", "get-caller-identity"]);
    return typeof account === "string" && typeof arn === "string" ? { account, arn } : undefined;
  } catch (problem) {
    if (problem instanceof ReadProblem && problem.kind !== "credentials" && problem.kind !== "network")
      return undefined;
    throw problem;
  }
}

/** Reads what the groups name, and writes each answer to a file. What can't be read is told, and the rest goes on. */
export class FactPull {
  readonly #options: PullOptions;
  readonly #account: string | undefined;
  /** Files that were written: a list of an account is read once. */
  readonly #written = new Set<string>();

  /** `account` is that of the credentials, if known. */
  constructor(account: string | undefined, options: PullOptions) {
    this.#account = account;
    this.#options = options;
  }

  async pull(groups: readonly ReadingGroup[]): Promise<void> {
    for (const group of groups) await this.#pullGroup(group);
  }

  /** Reads buckets, each into a file of its own. */
  async pullBuckets(names: Iterable<string>): Promise<void> {
    const { aws, write, onRead, now } = this.#options;
    for (const name of names) {
      const about = { file: `bucket-${name}.json`, of: name, record: "bucket" } as const;
      const read = await readBucket(aws, name, this.#account).catch(toReadProblem);
      if (read instanceof ReadProblem) {
        onRead(about, read);
        continue;
      }
      write(about.file, { buckets: { [name]: read.facts }, pulled: { asOf: now() } });
      onRead(about);
      if (read.keyProblem)
        onRead({ file: "", of: String(read.facts.kmsKeyArn), record: "keyPolicy" }, read.keyProblem);
    }
  }

  /**
   * The first reading finds the thing itself. Where that fails, lists about it aren't asked for: of another account or
   * Region they would come back empty, and an empty list would be taken for a fact.
   */
  async #pullGroup({ readings, gateway, cache }: ReadingGroup): Promise<void> {
    const [first, ...others] = readings;
    if (!first) return;
    const found = await this.#read(first);
    if (found instanceof ReadProblem) {
      for (const other of others) this.#options.onRead(other, found);
      return;
    }
    for (const other of others) await this.#read(other);
    if (gateway) await this.#readGateway(found, first, gateway, cache);
  }

  async #readGateway(
    share: Answer,
    { of }: Reading,
    decides: ReadonlySet<Diagnostic>,
    cache: ReadonlySet<Diagnostic> | undefined,
  ): Promise<void> {
    const arn = findRecords(share)[0]?.GatewayARN;
    if (typeof arn === "string" && isGatewayArn(arn)) {
      await this.#read(createGatewayReading(arn, decides));
      if (cache) await this.#read(createCacheReading(arn, cache));
    } else
      this.#options.onRead(
        { file: "", of, record: "gateway" },
        createReadProblem("other", "AWS names no gateway of the share"),
      );
  }

  async #read(reading: Reading): Promise<Answer | ReadProblem> {
    if (this.#written.has(reading.file)) return {};
    const answer = await this.#ask(reading).catch(toReadProblem);
    if (!(answer instanceof ReadProblem)) {
      const isOwned = reading.pagedKey !== undefined || reading.isUnnamed === true;
      const pulled = { asOf: this.#options.now(), ...(isOwned && { of: reading.of }) };
      this.#options.write(reading.file, { ...withoutMarks(answer), pulled });
      this.#written.add(reading.file);
    }
    this.#options.onRead(reading, answer instanceof ReadProblem ? answer : undefined);
    return answer;
  }

  async #ask(reading: Reading): Promise<Answer> {
    const { account, ways, pagedKey, record } = reading;
    if (account !== undefined && this.#account !== undefined && account !== this.#account)
      throw createReadProblem(
        "not-found",
        `it is in the account ${account}, and the credentials are of ${this.#account}`,
      );
    if (pagedKey !== undefined) return this.#readPages(ways[0]!, pagedKey);
    let problem: ReadProblem | undefined;
    for (const words of ways) {
      const answer = await this.#options.aws.read(words).catch(keepNotFound);
      if (answer instanceof ReadProblem) problem ??= answer;
      else if (
        record === "cacheReports"
          ? Array.isArray(answer.CacheReportList)
          : reading.isUnnamed || mentions(answer, reading.of)
      )
        return answer;
      else problem ??= createReadProblem("not-found", `AWS's answer doesn't hold ${quoted(reading.of)}`);
    }
    throw problem!;
  }

  async #readPages(words: readonly string[], key: string): Promise<Answer> {
    const items: unknown[] = [];
    let token: unknown;
    for (let page = 0; page < MAX_PAGES; page++) {
      const more = typeof token === "string" ? ["--next-token", token] : [];
      const answer = await this.#options.aws.read([...words, ...more]);
      const list = answer[key];
      if (!Array.isArray(list)) throw createReadProblem("other", `AWS's answer has no list ${quoted(key)}`);
      for (const item of list) items.push(item);
      const { NextToken: next } = answer;
      if (typeof next !== "string" || next === "") return { [key]: items };
      if (next === token) break;
      token = next;
    }
    throw createReadProblem("other", "the pages of the list come to no end");
  }
}

/** Another way may find what one doesn't; after any other problem it would meet the same. */
function keepNotFound(problem: unknown): ReadProblem {
  if (problem instanceof ReadProblem && problem.kind === "not-found") return problem;
  throw problem;
}

/** The records in an answer that holds one list of them. */
const findRecords = (answer: Answer): Record<string, unknown>[] =>
  Object.values(answer).flatMap((value) =>
    Array.isArray(value) ? (value as Record<string, unknown>[]) : [],
  );

/** Whether an answer is about a thing. */
const mentions = (answer: Answer, subject: string): boolean =>
  [answer, ...findRecords(answer)].some((record) => Object.values(Object(record)).includes(subject));

const withoutMarks = ({ ResponseMetadata: _, ...answer }: Answer): Answer => answer;
