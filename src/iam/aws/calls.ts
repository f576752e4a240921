import type { LiveProblemKind, SdkError } from "./problem.ts";
import { classifySdkError, isFatal, LiveProblem, problemFromSdkError } from "./problem.ts";
import type { OperationName, Operations, SdkClient, Timeouts } from "./sdk.ts";

export interface CallOptions {
  timeouts: Timeouts;
  /** Maximum number of concurrent calls. IAM throttles accounts that send bursts. */
  concurrency: number;
  sleep(milliseconds: number): Promise<void>;
  /** Returns a number from 0 to 1, for jitter. */
  random(): number;
}

/**
 * Attempts by kind of problem, including the first: throttled calls are retried more often than failing or
 * silent servers. Other kinds aren't retried, since the outcome would be the same.
 */
const MAX_ATTEMPTS: Partial<Record<LiveProblemKind, number>> = { throttled: 5, service: 3, timeout: 2 };
const MAX_ATTEMPTS_BY_CODE: ReadonlyMap<unknown, number> = new Map([
  ["ECONNRESET", 3],
  ["EPIPE", 3],
  ["ECONNABORTED", 3],
  ["EAI_AGAIN", 3],
]);

const FIRST_DELAY = 250;
const MAX_DELAY = 8_000;

type Input<N extends OperationName> = Parameters<Operations[N]>[0];
type Output<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;

/** Calls to the IAM of one partition, with bounded concurrency, retries and timeouts. */
export class Calls {
  readonly #client: SdkClient;
  readonly #options: CallOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #secrets: Promise<string[]> | undefined;
  /** A problem that every later call would run into as well. */
  #fatal: LiveProblem | undefined;

  constructor(client: SdkClient, options: CallOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Throws `LiveProblem`. `subject` names what is requested, for messages. */
  async call<N extends OperationName>(operation: N, input: Input<N>, subject: string): Promise<Output<N>> {
    await this.#turn();
    try {
      return await this.#attempts(operation, input, subject);
    } catch (problem) {
      if (problem instanceof LiveProblem && isFatal(problem)) this.#fatal = problem;
      throw problem;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    this.#client.close();
  }

  async #turn(): Promise<void> {
    while (this.#running >= this.#options.concurrency)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
  }

  async #attempts<N extends OperationName>(
    operation: N,
    input: Input<N>,
    subject: string,
  ): Promise<Output<N>> {
    const secrets = await this.#known(operation, subject);
    for (let attempt = 1; ; attempt++) {
      if (this.#fatal) throw this.#fatal;
      try {
        return await this.#once(operation, input);
      } catch (error) {
        if (attempt >= resolveMaxAttempts(error as SdkError))
          throw problemFromSdkError(error as SdkError, { operation, subject, secrets });
        await this.#options.sleep(this.#delay(attempt));
      }
    }
  }

  /** Exponential backoff with jitter, so that waiting calls don't retry all at once. */
  #delay(attempt: number): number {
    return Math.min(MAX_DELAY, FIRST_DELAY * 2 ** attempt) * (0.5 + this.#options.random() / 2);
  }

  async #once<N extends OperationName>(operation: N, input: Input<N>): Promise<Output<N>> {
    const abort = new AbortController();
    // The compiler can't resolve the union of all inputs; the operation and its input are tied by N.
    const send = this.#client.operations[operation] as (
      input: Input<N>,
      abort: { abortSignal: AbortSignal },
    ) => Promise<Output<N>>;
    try {
      return await withTimeout(send(input, { abortSignal: abort.signal }), this.#options.timeouts.call);
    } finally {
      abort.abort();
    }
  }

  /** Resolves credentials once. Without credentials no call can be made. */
  async #known(operation: string, subject: string): Promise<string[]> {
    this.#secrets ??= withTimeout(this.#client.listSecrets(), this.#options.timeouts.credentials).catch(
      (error) => {
        const said = { name: "CredentialsProviderError", message: (error as Error).message };
        throw problemFromSdkError(said, { operation, subject, secrets: [] });
      },
    );
    return this.#secrets;
  }
}

function resolveMaxAttempts(error: SdkError): number {
  // A policy that can't be evaluated gives status 500 on every attempt.
  if (String(error.name).startsWith("PolicyEvaluation")) return 1;
  return MAX_ATTEMPTS_BY_CODE.get(error.code) ?? MAX_ATTEMPTS[classifySdkError(error)] ?? 1;
}

/** Resolves to the promise's value, or rejects with a `TimeoutError` after the given time. */
async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error("late"), { name: "TimeoutError" })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface MarkerPage {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}

/**
 * Follows `Marker` until the last page. Throws `LiveProblem` when pages repeat: a truncated list could hide a
 * Deny.
 */
export async function fetchAllPages<P extends MarkerPage>(
  operation: string,
  page: (marker: { Marker?: string }) => Promise<P>,
): Promise<P[]> {
  const pages: P[] = [];
  const seen = new Set<string>();
  let marker: string | undefined;
  do {
    const next = await page(marker === undefined ? {} : { Marker: marker });
    pages.push(next);
    marker = next.IsTruncated ? (next.Marker ?? "") : undefined;
    if (marker === "" || (marker !== undefined && seen.has(marker)))
      throw new LiveProblem(
        "reply",
        `the pages of iam:${operation} come to no end`,
        "try again; where AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_IAM is set, check what answers there",
      );
    if (marker !== undefined) seen.add(marker);
  } while (marker !== undefined);
  return pages;
}
