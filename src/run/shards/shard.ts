import { createHash } from "node:crypto";
import { normalize, sep } from "node:path";
import { quoted } from "../../diagnostics/text.ts";
import { UsageError } from "../io.ts";

/** One of `of` shards of a run, numbered from 1. */
export interface Shard {
  shard: number;
  of: number;
}

const MAX_SHARDS = 10_000;

/** Parses the value of `--shard`: `2/8` is the second of eight. */
export function parseShard(text: string): Shard {
  const [, shard = 0, of = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (shard >= 1 && shard <= of && of <= MAX_SHARDS) return { shard, of };
  throw new UsageError(
    `${quoted(text)} is no shard`,
    `write its number and how many there are: \`--shard 1/4\` to \`--shard 4/4\`, with up to ${MAX_SHARDS} shards`,
  );
}

/**
 * The number of the shard that a file belongs to, from 1: the first six bytes of the SHA-256 of its path, as a big-endian
 * number, modulo the number of shards. So a file stays in its shard when others come and go.
 */
export function findShard(file: string, of: number): number {
  const path = normalize(file).split(sep).join("/");
  return (createHash("sha256").update(path).digest().readUIntBE(0, 6) % of) + 1;
}
