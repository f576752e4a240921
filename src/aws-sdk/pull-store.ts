import { ContextError } from "../context/context.ts";
import { ContextBuilder } from "../context/load/builder.ts";
import { loadContextSchemas } from "../context/load/schemas.ts";
import { quoted } from "../diagnostics/text.ts";
import { parseJson } from "../documents/json/json.ts";
import { collectNeeds, hasNeeds, type Needs } from "../gather/needs.ts";
import { FactPull } from "../gather/pull.ts";
import type { FactReader } from "../gather/reading.ts";
import { planReadings } from "../gather/readings.ts";
import type { FactQuery, FactStore, FoundFacts } from "./facts.ts";

/** Milliseconds for which an answer of AWS is used again. */
const FRESH = 5_000;

const NO_RECORDS: FoundFacts = { records: {} };

/** Reads facts from AWS when a check waits for them. */
export class PullStore implements FactStore {
  readonly #reader: FactReader;
  readonly #answers = new Map<string, { at: number; answer: Promise<Record<string, unknown>> }>();

  constructor(reader: FactReader) {
    this.#reader = reader;
  }

  async findRecords({ operation, request, undecided }: FactQuery): Promise<FoundFacts> {
    const needs = collectNeeds({
      report: { diagnostics: undecided },
      payloads: new Map(undecided.map((diagnostic) => [diagnostic, request])),
      engine: { context: { findBucket: () => undefined } },
    });
    if (!hasNeeds(needs)) return NO_RECORDS;
    const { files, problems } = await this.#pull(needs);
    try {
      return { records: buildStore(files).findRecords({ operation, request }), problems };
    } catch (error) {
      if (!(error instanceof ContextError)) throw error;
      return { records: {}, problems: [...problems, `AWS's answer can't be used: ${error.message}`] };
    }
  }

  forget(): void {
    this.#answers.clear();
  }

  async #pull(needs: Needs): Promise<{ files: Map<string, object>; problems: string[] }> {
    const files = new Map<string, object>();
    const problems = [...needs.buckets.keys(), ...needs.principals.keys()].map(
      (name) =>
        `${quoted(name)}: a client of another service knows it; give it with \`createValidator({ context })\``,
    );
    const pull = new FactPull(undefined, {
      aws: { read: (words) => this.#readOnce(words) },
      write: (name, value) => files.set(name, value as object),
      onRead: ({ of, record }, problem) => {
        if (problem) problems.push(`${record} of ${quoted(of)}: ${problem.message}`);
      },
      now: () => new Date().toISOString(),
    });
    await pull.pull(planReadings(needs));
    return { files, problems };
  }

  /** Calls at the same time share one read. */
  #readOnce(words: readonly string[]): Promise<Record<string, unknown>> {
    const now = Date.now();
    for (const [key, { at }] of this.#answers) if (now - at >= FRESH) this.#answers.delete(key);
    const key = JSON.stringify(words);
    const known = this.#answers.get(key);
    if (known) return known.answer;
    const answer = this.#reader.read(words);
    this.#answers.set(key, { at: now, answer });
    answer.catch(() => {
      if (this.#answers.get(key)?.answer === answer) this.#answers.delete(key);
    });
    return answer;
  }
}

/** The same as files of context would give. */
function buildStore(files: ReadonlyMap<string, object>) {
  const builder = new ContextBuilder(loadContextSchemas);
  for (const [file, value] of files) {
    const text = JSON.stringify(value);
    builder.addFile(file, text, parseJson(text));
  }
  return builder.build().store;
}
