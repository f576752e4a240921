import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, normalize, relative, resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FailurePolicy, Report, RepositoryResult } from "../diagnostics/report.ts";
import { decideOutcome, pickFoundCounts, summarise } from "../diagnostics/report.ts";
import { quoted } from "../diagnostics/text.ts";
import type { FileEntry } from "../files/walk.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./io.ts";

/** A checkout of a repository, one of several that are checked under one policy. */
export interface Repository {
  /** As the user named it, without a slash at its end: the names of its files begin with it. */
  directory: string;
  /** Where it is, whatever links lead there. */
  place: string;
}

/** Resolves the directories of `--repo`. One that is named twice, also by another path, is checked once. */
export function resolveRepositories(
  directories: readonly string[],
  { stderr }: Pick<Io, "stderr">,
): Repository[] {
  const repositories = new Map<string, Repository>();
  for (const named of directories) {
    const directory = normalize(named).replace(/(?<=.)[/\\]$/, "");
    requireCheckout(directory);
    const place = realpathSync(directory);
    const known = repositories.get(place);
    if (known)
      stderr(
        `note: ${quoted(directory)} is the same checkout as ${quoted(known.directory)}, and checked once\n`,
      );
    else repositories.set(place, { directory, place });
  }
  return [...repositories.values()];
}

function requireCheckout(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (!found?.isDirectory())
    throw new UsageError(
      `${quoted(directory)} is ${found ? "no directory" : "not there"}`,
      "`--repo` names the directories of checkouts",
    );
  // A file in a worktree or a submodule.
  if (!existsSync(join(directory, ".git")))
    throw new UsageError(
      `${quoted(directory)} is no checkout of a repository: it holds no \`.git\``,
      "name the top directory of a checkout, or check a directory by its path, without `--repo`",
    );
}

/** Returns a look-up of the repository that a file is checked in: of checkouts in each other the inner one. */
function createOwnerLookup(repositories: readonly Repository[]): (file: string) => Repository | undefined {
  const byName = new Map(repositories.map((repository) => [resolve(repository.directory), repository]));
  const byPlace = new Map(repositories.map((repository) => [repository.place, repository]));
  return (file) => {
    const path = resolve(file);
    const within = findAbove(path, byName);
    if (!within) return undefined;
    const inside = relative(resolve(within.directory), path);
    // A file that is also below the name of another repository counts there.
    return findAbove(join(within.place, inside), byPlace) === within ? within : undefined;
  };
}

/** What is known of the nearest directory above a path. */
function findAbove<T>(path: string, known: ReadonlyMap<string, T>): T | undefined {
  for (let [at, above] = [path, dirname(path)]; at !== above; [at, above] = [above, dirname(above)]) {
    const found = known.get(above);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The files of each repository, each file once. */
export function groupByRepository(
  entries: readonly FileEntry[],
  repositories: readonly Repository[],
): Map<Repository, FileEntry[]> {
  const ownerOf = createOwnerLookup(repositories);
  const groups = new Map(repositories.map((repository) => [repository, [] as FileEntry[]]));
  for (const entry of entries) {
    const owner = ownerOf(entry.file);
    if (owner) groups.get(owner)!.push(entry);
  }
  return groups;
}

/** What a report says of each repository. */
export function summarizeRepositories(
  { requests, diagnostics }: Report,
  repositories: readonly Repository[],
  bar: FailurePolicy,
): RepositoryResult[] {
  const ownerOf = createOwnerLookup(repositories);
  const counts = new Map<Repository | undefined, number>();
  const found = new Map<Repository | undefined, Diagnostic[]>(repositories.map((each) => [each, []]));
  for (const { file } of requests) {
    const owner = ownerOf(file);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  for (const one of diagnostics) found.get(ownerOf(one.file ?? ""))?.push(one);
  return repositories.map((repository) => {
    const all = summarise(0, counts.get(repository) ?? 0, found.get(repository)!);
    const summary = pickFoundCounts(all);
    return { directory: repository.directory, outcome: decideOutcome(summary, bar), summary };
  });
}
