import { relative, resolve, sep } from "node:path";
import type { Checked } from "../check.ts";
import type { Bar } from "../diagnostics/report.ts";
import { outcomeAt, summarise } from "../diagnostics/report.ts";
import { harmless, listed, quoted } from "../diagnostics/text.ts";
import { changedFiles } from "../git/changed.ts";
import { Git, GitError } from "../git/git.ts";
import type { Io } from "./io.ts";

interface Wanted {
  base: string;
  /** Files and directories that decide what is found in others. */
  brought: readonly string[];
  bar: Bar;
  io: Io;
}

/**
 * What a run found in files that changed. All files were checked, since rules compare the requests of a run; so what
 * a change breaks elsewhere is told where the change is. Where the changes can't be told, and where they are changes
 * of what decides, everything stays, and the log says why.
 */
export async function onlyChanged(checked: Checked, wanted: Wanted): Promise<Checked> {
  const { io, bar } = wanted;
  const changes = await changesSince(wanted.base, io);
  if ("why" in changes) return all(checked, changes.why, io);
  const deciding = wanted.brought.filter((path) =>
    changes.paths.some((changed) => isWithin(changed, resolve(path))),
  );
  if (deciding.length > 0)
    return all(
      checked,
      `${listed(
        deciding.map((path) => quoted(path)),
        "and",
      )} changed`,
      io,
    );
  const changed = new Set(changes.paths);
  const own = new Set(checked.files);
  const stays = (file: string | undefined): boolean =>
    file === undefined || !own.has(file) || changed.has(resolve(file));
  const requests = checked.report.requests.filter(({ file }) => stays(file));
  const diagnostics = checked.report.diagnostics.filter(({ file }) => stays(file));
  const summary = summarise(checked.files.filter(stays).length, requests.length, diagnostics);
  const report = { ...checked.report, outcome: outcomeAt(summary, bar), summary, requests, diagnostics };
  return { ...checked, report };
}

async function changesSince(base: string, io: Io): Promise<{ paths: string[] } | { why: string }> {
  try {
    const changed = await changedFiles(new Git(".", io.environment), base, resolve("."));
    if ("why" in changed) return changed;
    return { paths: [...changed.files, ...changed.removed].map((file) => resolve(file)) };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { why: error.message };
  }
}

function all(checked: Checked, why: string, io: Io): Checked {
  io.stderr(`note: everything is reported, not only what changed: ${harmless(why)}\n`);
  return checked;
}

function isWithin(path: string, directory: string): boolean {
  const inside = relative(directory, path);
  return inside === "" || (inside !== ".." && !inside.startsWith(`..${sep}`));
}
