import type { Document } from "../../../documents/document.ts";
import { createArgument } from "../../aws-cli/argument.ts";
import { isObject } from "../../request.ts";
import type { ScriptSite } from "../../shell/site.ts";
import { toSiteDirectory } from "../../shell/site.ts";
import type { CommandPlace } from "../command-places.ts";
import { readPlaces } from "../command-places.ts";
import type { Script, ScriptKind } from "../kind.ts";
import type { FoundPart } from "../places.ts";
import { findPlaces } from "../places.ts";
import { readWords } from "../words.ts";

const TASK = /^[ \t]*-[ \t]+task:[ \t]*["']?\w+@\d/m;
const STEP = /^[ \t]*(?:-[ \t]*)?(?:bash|script):/m;
const PIPELINE = /^(?:trigger|pool|stages|pr|extends|jobs):/m;

/** Steps of pipelines and their templates (Azure Pipelines, "YAML schema reference"). */
export const azurePipelinesScripts: ScriptKind = {
  matches: (path, text) =>
    /(?:^|\/)azure-pipelines[^/]*\.ya?ml$|(?:^|\/)\.azure[^/]*\/.*\.ya?ml$/i.test(path) ||
    (/\.ya?ml$/.test(path) && (TASK.test(text) || (STEP.test(text) && PIPELINE.test(text)))),
  isYaml: true,
  findScripts: (text, { documents }) =>
    documents.flatMap((document) => [
      ...readPlaces(text, document, { places, variables: "variables|env", filled: MACRO }),
      ...readCliTasks(text, document),
    ]),
};

/** Tasks that run a shell script in their inputs. */
const SHELL_TASK = /^(?:Bash|CmdLine|ShellScript|AWSShellScript|AzureCLI)@/;

/** `script` is run by the system's shell, which is none of ours on Windows; `bash` is the same everywhere. */
const isPosixShell = ({ path, around }: FoundPart): boolean => {
  const [inputs, step] = around;
  const key = path.at(-1);
  const task = path.at(-2) === "inputs" ? Object(step).task : undefined;
  if (task !== undefined && !SHELL_TASK.test(String(task))) return false;
  if (/^(?:ps|pscore|batch)$/.test(String(Object(inputs).scriptType))) return false;
  return key !== "script" || !around.some((value) => isObject(value) && isWindowsPool(value.pool));
};

const isWindowsPool = (pool: unknown): boolean =>
  /windows/i.test(isObject(pool) ? `${pool.vmImage} ${pool.name}` : String(pool));

/** Tasks that bring files from elsewhere, or fill in those of the checkout. */
const changesFiles = ({ value, path }: FoundPart): boolean =>
  typeof path.at(-1) === "number" &&
  isObject(value) &&
  (value.download !== undefined || /Cache|Copy|Download|Extract|Replace|Transform/i.test(String(value.task)));

/** A variable of the pipeline, which Azure writes into a command; any other is left to the shell. */
const MACRO = /\$\((\w+)\)/g;

const SOURCES = /^\$\((?:Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\)\/?/;

/** The steps of a job run one after the other over the same files. */
function locate({ path, around }: FoundPart): ScriptSite {
  const { workingDirectory, cwd } = Object(around[0]);
  const given = workingDirectory ?? cwd;
  const directory = toSiteDirectory(typeof given === "string" ? given.replace(SOURCES, "./") : given, "root");
  return { directory, session: path.slice(0, path.lastIndexOf("steps")).join("/") };
}

const places: readonly CommandPlace[] = [
  { at: "**.steps.**", changesFiles, locate },
  { at: "**.steps.**.bash|script|inlineScript", isShell: isPosixShell, locate },
];

/** The task of the AWS toolkit that takes a command in parts. */
const readCliTasks = (text: string, document: Document): Script[] =>
  findPlaces(document.value, "**.steps.**.inputs").flatMap(({ path, around, value }) => {
    if (!/^AWSCLI@/.test(String(Object(around[0]).task)) || !isObject(value)) return [];
    const words = ["awsCommand", "awsSubCommand", "awsArguments"].flatMap((key) =>
      readWords(text, document, [...path, key]),
    );
    return words[0] ? [{ words: [createArgument("aws", words[0]), ...words] }] : [];
  });
