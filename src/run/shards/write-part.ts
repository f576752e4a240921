import { createHash } from "node:crypto";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { FileCheck } from "../../engine/check-file.ts";
import { checkEachFile, concludeCheck } from "../../engine/check-files.ts";
import type { Engine } from "../../engine/engine.ts";
import { storeCounts, storeFile } from "../../engine/parts/store-file.ts";
import type { CheckedFiles } from "../../engine/report/build-report.ts";
import { isFullyReported } from "../../engine/report/reported-files.ts";
import { formatWarning } from "../errors.ts";
import { EXIT } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../io.ts";
import { createWriteError, writeText } from "../reports.ts";
import type { PreparedRun } from "../run.ts";
import { prepareRun, runUnderPolicy } from "../run.ts";
import type { TrustedBase } from "../trusted-base.ts";
import type { CheckFlags } from "../types.ts";
import { checkWithValues } from "../values/check-with-values.ts";
import { listValueFiles } from "../values/value-options.ts";
import { readPackageVersion } from "../version.ts";
import { createFileOrder } from "./file-order.ts";
import type { PartEnd, PartHeader, PartSet } from "./part.ts";
import { isGiven, PART_VERSION, SHARED_OPTIONS } from "./part.ts";
import { digestPolicy } from "./policy-digest.ts";
import { hidePolicyPaths } from "./policy-paths.ts";
import type { Shard } from "./shard.ts";
import { findShard } from "./shard.ts";

/** What a shard is checked with, and where its part goes: a file, or else the standard output. */
interface ShardRun extends Shard {
  flags: CheckFlags;
  output: string | undefined;
}

/** Most files have nothing to be counted either. */
const hasCounts = ({ unchecked, passedOver }: Pick<FileCheck, "unchecked" | "passedOver">): boolean =>
  unchecked.length + passedOver > 0;

/** Runs `check --shard`: checks the files of a shard and writes a part, whatever was found in them. */
export async function runShard(
  paths: readonly string[],
  { flags, output, ...shard }: ShardRun,
  io: Io,
): Promise<number> {
  if (flags.live)
    throw new UsageError(
      "`--live` can't be combined with `--shard`: every shard would ask AWS for the same policies",
      "gather them once with `countersign context pull`, and give them to all shards with `--context`",
    );
  const now = flags.now ?? new Date();
  const lines = await runUnderPolicy({ flags: { ...flags, now }, io }, async (setup) => {
    const run = await prepareRun(paths, setup);
    for (const warning of run.warnings) setup.io.stderr(formatWarning(warning));
    const header: PartHeader = {
      countersign: "part",
      version: PART_VERSION,
      by: readPackageVersion(),
      ...shard,
      paths,
      options: pickOptions(flags),
      now: now.toISOString(),
      isNowGiven: flags.now !== undefined,
      policy: await digestPolicy(run),
    };
    return formatPart(header, await checkShard(run, shard), setup.policy);
  });
  if (output === undefined) for (const line of lines) io.stdout(line);
  else writeLines(output, lines);
  return EXIT.ok;
}

const pickOptions = (flags: CheckFlags): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(SHARED_OPTIONS).flatMap((name) => {
      const value = flags[name as keyof typeof SHARED_OPTIONS];
      return isGiven(value) ? [[name, value] as const] : [];
    }),
  );

type ShardResult = Omit<PartEnd, "lines" | "sha256"> & { sets: PartSet[] };

async function checkShard(run: PreparedRun, { shard, of }: Shard): Promise<ShardResult> {
  const { flags, config, engine, options, policy, entries, empty } = run;
  const order = createFileOrder(run);
  const isOwn = ({ file }: { file: string }): boolean => findShard(file, of) === shard;
  const sets: PartSet[] = [];
  let missing = false;
  const check = async (filled: Engine): Promise<CheckedFiles> => {
    const results = await checkEachFile(entries, filled, options, isOwn);
    missing ||= results.missing;
    const files = [
      ...results.files.flatMap((file) => (file instanceof FileCheck ? [storeFile(file, filled)] : [])),
      ...results.others.filter(hasCounts).map(storeCounts),
    ].map((file) => ({ order: order.get(file.file)!, ...file }));
    const unreported = new Set(
      [...results.files, ...results.others]
        .filter((file) => !isFullyReported(file, options))
        .map(({ file }) => file),
    );
    for (const file of files) if (unreported.has(file.file)) file.isUnreported = true;
    sets.push({ met: [...(filled.filling?.met ?? [])], used: [...(filled.filling?.used ?? [])], files });
    return concludeCheck([], filled, options);
  };
  await checkWithValues(
    { files: listValueFiles(flags.values, config), assumesDefaults: flags.assumeDefaults === true },
    {
      engine,
      bar: options,
      check,
      readFrom: policy && ((file) => policy.resolvePath(file)),
      warn: () => undefined,
    },
  );
  const unused = new Set(run.listUnusedWaivers());
  const asOf = engine.context.listAges();
  const isReported = options.isReported ?? (() => true);
  return {
    sets,
    missing,
    empty,
    usedWaivers: [...(config?.waivers.keys() ?? [])].filter((index) => !unused.has(index)),
    reported: entries
      .filter((entry) => isOwn(entry) && isReported(entry.file, "checked"))
      .map(({ file }) => file),
    ...(asOf.length > 0 && { asOf }),
  };
}

type Lines = readonly string[];

/** One line of JSON each for the header, for each set of values and each file, and for the end. */
function formatPart(
  header: PartHeader,
  { sets, ...end }: ShardResult,
  policy: TrustedBase | undefined,
): Lines {
  const digest = createHash("sha256");
  const records = [header, ...sets.flatMap(({ files, ...set }) => [set, ...files])];
  const lines = records.map((record) => `${hidePolicyPaths(JSON.stringify(record), policy)}\n`);
  for (const line of lines) digest.update(line);
  return [
    ...lines,
    `${JSON.stringify({ end: true, lines: lines.length, sha256: digest.digest("hex"), ...end })}\n`,
  ];
}

/** Writes line by line, since one text of all of them could be longer than a text can be. */
function writeLines(file: string, lines: Lines): void {
  writeText(file, "");
  const descriptor = openSync(file, "w");
  try {
    for (const line of lines) writeFileSync(descriptor, line);
  } catch (error) {
    throw createWriteError(file, error);
  } finally {
    closeSync(descriptor);
  }
}
