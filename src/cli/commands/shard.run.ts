import type { Io } from "../../run/io.ts";
import { UsageError } from "../../run/io.ts";
import { parseShard } from "../../run/shards/shard.ts";
import { runShard } from "../../run/shards/write-part.ts";
import type { CheckFlags } from "../../run/types.ts";

interface ShardFlags extends CheckFlags {
  shard: string;
  output?: string;
  /** What a shard has no use for. */
  format?: readonly string[];
  fix?: boolean;
  trend?: string;
}

/** Runs `countersign check --shard`. Returns the exit status. */
export async function run(
  paths: readonly string[],
  { shard, output, format, fix, trend, ...flags }: ShardFlags,
  io: Io,
): Promise<number> {
  if (format)
    throw new UsageError(
      "`--shard` writes a part of a run, which has no format",
      "give the format to `countersign merge`, which makes the report of all parts",
    );
  if (fix)
    throw new UsageError("`--fix` can't be combined with `--shard`", "apply fixes in a run over everything");
  if (flags.repo)
    throw new UsageError(
      "`--repo` can't be combined with `--shard`",
      "give each machine repositories of its own, which are checked on their own anyway",
    );
  if (trend !== undefined)
    throw new UsageError("a shard has no trend", "give `--trend` to `countersign merge`");
  return runShard(paths, { ...parseShard(shard), flags, output }, io);
}
