import { formatList } from "../../diagnostics/text.ts";
import { concludeCheck } from "../../engine/check-files.ts";
import type { Engine } from "../../engine/engine.ts";
import { loadDependencies } from "../../engine/load-dependencies.ts";
import { restoreFile } from "../../engine/parts/restore-file.ts";
import type { CheckedFiles } from "../../engine/report/build-report.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../io.ts";
import type { PreparedRun } from "../run.ts";
import { concludeRun, prepareRun, runUnderPolicy, showNames } from "../run.ts";
import type { TrustedBase } from "../trusted-base.ts";
import type { CheckFlags, RunResult } from "../types.ts";
import { checkParts, findDifferent } from "./check-parts.ts";
import { compareFileOrder } from "./file-order.ts";
import type { PartFile, PartHeader, PartSet } from "./part.ts";
import { isGiven, REPORT_OPTIONS, SHARED_OPTIONS } from "./part.ts";
import { digestPolicy } from "./policy-digest.ts";
import { restorePolicyPaths } from "./policy-paths.ts";
import type { StoredPart } from "./read-part.ts";
import { readParts } from "./read-part.ts";

/** The result of a merged run, with the options and paths that its parts were made with. */
export interface MergeResult extends RunResult {
  flags: CheckFlags;
  paths: readonly string[];
}

/** Makes of all parts of a run the result that one process would have had. */
export async function mergeParts(
  files: readonly string[],
  given: Partial<CheckFlags>,
  io: Io,
): Promise<MergeResult> {
  const parts = readParts(files);
  checkParts(parts);
  const { header } = parts[0]!;
  const flags = resolveOptions(header, given, findStart(parts));
  const result = await runUnderPolicy(
    { flags: withoutFacts(flags, parts), io, withoutFacts: true },
    async (setup) => {
      const prepared = await prepareRun(header.paths, setup);
      await requireSamePolicy(header, prepared);
      const run = prepareConclusion(prepared, flags, parts);
      const sets = parts.map(({ lines }) => parseSets(lines, setup.policy));
      let next = 0;
      const concluded = await concludeRun(run, (engine) => concludeSet(sets, next++, { run, engine, parts }));
      const { asOf } = parts[0]!.end;
      if (asOf) concluded.checked.report.asOf = asOf;
      return showNames(concluded, setup);
    },
  );
  return { ...result, flags, paths: header.paths };
}

/** The options of the parts, with what `merge` has to say about the report. */
function resolveOptions({ options, policy }: PartHeader, given: Partial<CheckFlags>, now: Date): CheckFlags {
  for (const [name, flag] of Object.entries(SHARED_OPTIONS)) {
    const value = given[name as keyof CheckFlags];
    if (!isGiven(value) || REPORT_OPTIONS.has(name)) continue;
    if (JSON.stringify(value) !== JSON.stringify(options[name]))
      throw new UsageError(
        `the parts were not made with this \`${flag}\``,
        `leave it out: what decides about findings is said to \`check --shard\`${policy.configuration ? ", or in the configuration" : ""}`,
      );
  }
  const own = Object.entries(given).filter(
    ([name, value]) => REPORT_OPTIONS.has(name) && value !== undefined,
  );
  return { schemas: [], context: [], rules: [], ...options, ...Object.fromEntries(own), now };
}

/** The time that the run goes by: the start of the first shard, unless the user said it. */
const findStart = (parts: readonly StoredPart[]): Date =>
  new Date(Math.min(...parts.map(({ header }) => Date.parse(header.now))));

/** Options for what is left to do: files are read, and facts used already. */
function withoutFacts({ changedFrom: _of, ...flags }: CheckFlags, parts: readonly StoredPart[]): CheckFlags {
  const sources = parts.flatMap(({ end }) => end.reported.map((file) => ({ file, isExplicit: false })));
  return { ...flags, context: [], sources };
}

async function requireSamePolicy({ policy }: PartHeader, run: PreparedRun): Promise<void> {
  const different = findDifferent(policy, await digestPolicy(run), NEEDED);
  if (different.length === 0) return;
  throw new UsageError(
    `the parts were made with other contents of the ${formatList(different, "and")} than there are here`,
    "run `merge` in a checkout of the same commit, in the directory that the shards ran in",
  );
}

/** What the rules over the whole run, waivers and reports are decided by. */
const NEEDED = ["configuration", "rules", "schemas", "values"] as const;

/** The run as it would be after its files were checked. */
function prepareConclusion(
  prepared: PreparedRun,
  flags: CheckFlags,
  parts: readonly StoredPart[],
): PreparedRun {
  const used = new Set(parts.flatMap(({ end }) => end.usedWaivers));
  const { changedFrom } = flags;
  return {
    ...prepared,
    flags: { ...prepared.flags, ...(changedFrom !== undefined && { changedFrom }) },
    empty: [...new Set(parts.flatMap(({ end }) => end.empty))],
    listUnusedWaivers: () => prepared.listUnusedWaivers().filter((index) => !used.has(index)),
  };
}

function parseSets(lines: readonly string[], policy: TrustedBase | undefined): PartSet[] {
  const sets: PartSet[] = [];
  for (const line of lines) {
    const record = JSON.parse(restorePolicyPaths(line, policy)) as PartFile | Omit<PartSet, "files">;
    if ("met" in record) sets.push({ ...record, files: [] });
    else sets.at(-1)!.files.push(record);
  }
  return sets;
}

interface Conclusion {
  run: PreparedRun;
  engine: Engine;
  parts: readonly StoredPart[];
}

/** Concludes the check with one set of values. */
async function concludeSet(
  sets: readonly (readonly PartSet[])[],
  index: number,
  { run, engine, parts }: Conclusion,
): Promise<CheckedFiles> {
  const own = sets.map((each) => each[index]!);
  for (const { met, used } of own) {
    for (const name of met) engine.filling?.met.add(name);
    for (const name of used) engine.filling?.used.add(name);
  }
  const stored = own.flatMap(({ files }) => files).sort(compareFileOrder);
  const unreported = new Set(stored.filter((file) => file.isUnreported).map(({ file }) => file));
  const options = {
    ...run.options,
    ...(unreported.size > 0 && { isReported: (file: string) => !unreported.has(file) }),
  };
  if (run.flags.allowEmpty) for (const file of stored) allowNoRequest(file);
  const restored = stored.map((file) => ({ file, check: restoreFile(file, engine, options) }));
  await loadDependencies(
    engine,
    restored.flatMap(({ check }) => check.requests.map(({ request }) => request)),
  );
  const ofKind = (isOther: boolean) =>
    restored.filter(({ file }) => (file.isOther ?? false) === isOther).map(({ check }) => check);
  const missing = parts.some(({ end }) => end.missing);
  const results = { files: ofKind(false), others: ofKind(true), missing };
  return concludeCheck([results], engine, options);
}

/** Where having no request is fine, a file without one is only mentioned. */
function allowNoRequest({ diagnostics }: PartFile): void {
  for (const diagnostic of diagnostics)
    if (diagnostic.code === "document/no-request") diagnostic.severity = "info";
}
