import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import { ROOT_SITE } from "../shell/site.ts";
import type { CommandVariable } from "./environment.ts";
import { commandVariablesIn, withVariables } from "./environment.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { listItems, listMembers, readJoinedScript, readScriptAt } from "./yaml-texts.ts";

/**
 * An included file can have any name, so it is recognized by its script keys, which other CI systems use as
 * well.
 */
const SCRIPT = /^[ ]*(?:- )?(?:before_|after_)?script:/m;

/**
 * The scripts of GitLab CI/CD jobs, each a text or a list of texts, possibly nested. One shell runs `before_script`
 * and `script`, another one `after_script` (GitLab, "CI/CD YAML syntax reference").
 */
export const gitlabCiScripts: ScriptKind = {
  matches: (path, text) => /\.gitlab-ci\.ya?ml$/.test(path) || (/\.ya?ml$/.test(path) && SCRIPT.test(text)),
  isYaml: true,
  site: ROOT_SITE,
  findScripts: (text, { documents }) => documents.flatMap((document) => findJobScripts(text, document)),
};

function findJobScripts(text: string, document: Document): Script[] {
  const root = document.value;
  const jobs = listMembers(root).filter(([, job]) => isObject(job));
  const variables = commandVariablesIn(text, document, "variables");
  const scripts = jobs.flatMap(([name]) => {
    const seen = variables.filter(
      ({ scope: [job] }) => job === undefined || hasBase(root, name, String(job)),
    );
    return readJob(text, document, name).map((script) => withVariables(script, [], seen.map(everywhere)));
  });
  const global = [...GLOBAL_PATHS, ["script"], ["after_script"], ["default", "after_script"]];
  return [
    ...scripts,
    ...global.flatMap((path) => readJoinedScript(text, document, [path])),
    ...readSteps(text, document, ["run"]),
  ];
}

const everywhere = (variable: CommandVariable): CommandVariable => ({ ...variable, scope: [] });

/** Has a job the variables of another, because it is that one, or extends it? */
function hasBase(root: unknown, name: string, base: string, seen = new Set<string>()): boolean {
  if (name === base) return true;
  seen.add(name);
  return [valueAt(root, [name, "extends"])]
    .flat()
    .some((next) => typeof next === "string" && !seen.has(next) && hasBase(root, next, base, seen));
}

/** Where the `before_script` is of jobs that have none. */
const GLOBAL_PATHS: readonly Path[] = [["default", "before_script"], ["before_script"]];

function readJob(text: string, document: Document, name: string): Script[] {
  const job = document.value && valueAt(document.value, [name]);
  const before = findInherited(document.value, name, "before_script");
  const script = valueAt(job, ["script"]) === undefined ? [] : [[name, "script"]];
  const hooks = listMembers(valueAt(job, ["hooks"])).map(([hook]): Path => [name, "hooks", hook]);
  const alone: Path[] = [[name, "before_script"], [name, "after_script"], ...hooks];
  return [
    ...(script.length > 0 ? readJoinedScript(text, document, [...(before ? [before] : []), ...script]) : []),
    ...alone.flatMap((path) => readJoinedScript(text, document, [path])),
    ...readSteps(text, document, [name, "run"]),
  ];
}

/** The path of a job's key, which may come from a job of this file that it extends, or from the defaults. */
function findInherited(root: unknown, name: string, key: string): Path | undefined {
  const own = findExtended(root, name, key, new Set());
  return own ?? GLOBAL_PATHS.find((path) => valueAt(root, path) !== undefined);
}

function findExtended(root: unknown, name: string, key: string, seen: Set<string>): Path | undefined {
  if (valueAt(root, [name, key]) !== undefined) return [name, key];
  seen.add(name);
  const bases = [valueAt(root, [name, "extends"])].flat().filter((base) => typeof base === "string");
  for (const base of bases.toReversed()) {
    const found = seen.has(base) ? undefined : findExtended(root, base, key, seen);
    if (found) return found;
  }
  return undefined;
}

/** The scripts among the steps of `run`, each run by itself. */
const readSteps = (text: string, document: Document, path: Path): Script[] =>
  listItems(valueAt(document.value, path)).flatMap((_, index) =>
    readScriptAt(text, document, [...path, index, "script"]),
  );
