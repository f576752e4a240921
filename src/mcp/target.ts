import { quoted } from "../diagnostics/text.ts";
import { confineReads } from "../files/inside.ts";
import type { FileEntry } from "../files/walk.ts";
import type { Io } from "../run/io.ts";
import { UsageError } from "../run/io.ts";
import { createCheckFlags } from "../run/outer-policy.ts";
import { runCheck } from "../run/run.ts";
import type { CheckFlags, RunCheckResult } from "../run/types.ts";
import type { ArgumentSchema, ToolArguments } from "./arguments.ts";
import { listEntries, refuseOutside } from "./root.ts";
import type { ToolSetting } from "./tool.ts";

/** Characters. A request is far smaller. */
const MAX_TEXT = 1 << 20;

/** The arguments that say what is looked at. */
export const TARGET_ARGUMENTS: Readonly<Record<string, ArgumentSchema>> = {
  paths: {
    type: "array",
    items: { type: "string", maxLength: 4096 },
    minItems: 1,
    maxItems: 1000,
    description: "files, directories or globs, relative to the root of the server",
  },
  text: { type: "string", maxLength: MAX_TEXT, description: "the text itself instead of paths" },
  name: {
    type: "string",
    maxLength: 4096,
    description:
      "with `text`: the file name that says what it is, such as command.sh for a shell command, request.yaml, template.yaml, main.tf or app.py; files that a script names are looked for beside it",
  },
  operation: {
    type: "string",
    maxLength: 200,
    description: "the operation of bare payloads, such as fsx:CreateDataRepositoryTask",
  },
};

/** A run over a target, and the warnings that it gave. */
export interface TargetRun {
  checked: RunCheckResult;
  warnings: string[];
}

/** Checks what the arguments name, without reading a file from outside of the root. */
export async function checkTarget(
  given: ToolArguments,
  { policy, io }: ToolSetting,
  options: Partial<CheckFlags> = {},
): Promise<TargetRun> {
  const warnings: string[] = [];
  const quiet: Io = { ...io, stderr: (text) => void warnings.push(text.trim()) };
  const { operation } = given as { operation?: string };
  const sources = await readTarget(given, quiet);
  const flags = {
    ...createCheckFlags(policy),
    ...(operation !== undefined && { operation }),
    ...options,
    sources,
  };
  // The names of paths are needed only where nothing was found in them.
  const paths = Array.isArray(given.paths) ? (given.paths as string[]) : [String(given.name)];
  const { checked } = await confineReads(".", () => runCheck(paths, flags, quiet));
  return { checked, warnings };
}

async function readTarget({ paths, text, name }: ToolArguments, io: Io): Promise<readonly FileEntry[]> {
  if ((paths === undefined) === (text === undefined))
    throw new UsageError(
      "one of `paths` and `text` is wanted",
      "give paths below the root, or a text with its `name`",
    );
  if (paths !== undefined) {
    if (name !== undefined) throw new UsageError("`name` belongs to `text`", "leave it out beside `paths`");
    return listEntries(paths as readonly string[], io);
  }
  return [createTextEntry(text as string, name as string | undefined)];
}

function createTextEntry(text: string, name: string | undefined): FileEntry {
  if (name === undefined)
    throw new UsageError(
      "the argument `name` is missing",
      "a file name says what the text is: command.sh for a shell command, request.yaml for a request",
    );
  refuseOutside(name);
  if (text.includes("\0"))
    throw new UsageError(
      `the text of ${quoted(name)} is binary`,
      "give text: requests, scripts, templates or programs",
    );
  return { file: name, isExplicit: true, source: { file: name, text } };
}
