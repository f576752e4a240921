import type { Document } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import { readDockerAction, readDockerStep } from "./docker-step.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { listItems, listMembers, readScriptAt } from "./yaml-texts.ts";

/** The `run` steps of GitHub Actions workflows and composite actions. */
export const githubWorkflowScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/.test(path),
  isYaml: true,
  findScripts: (text, { documents }) => documents.flatMap((document) => findWorkflowScripts(text, document)),
};

interface Steps {
  path: (string | number)[];
  steps: unknown[];
  /** The default shell of the steps. */
  shell: unknown;
}

function findWorkflowScripts(text: string, document: Document): Script[] {
  const scripts = listSteps(document.value).flatMap(({ path, steps, shell }) =>
    steps.flatMap((step, index) => [
      ...(isObject(step) && isShell(step.shell ?? shell)
        ? readScriptAt(text, document, [...path, index, "run"])
        : []),
      ...readDockerStep(text, document, [...path, index]),
    ]),
  );
  return [...scripts, ...readDockerAction(text, document)];
}

function listSteps(value: unknown): Steps[] {
  if (!isObject(value)) return [];
  const outer = findDefaultShell(value);
  const jobs = listMembers(value.jobs).map(([name, job]): Steps => {
    const own = isObject(job) ? job : {};
    const shell = findDefaultShell(own) ?? outer ?? inferShell(own["runs-on"]);
    return { path: ["jobs", name, "steps"], steps: listItems(own.steps), shell };
  });
  const action = isObject(value.runs) ? listItems(value.runs.steps) : [];
  return [...jobs, { path: ["runs", "steps"], steps: action, shell: undefined }];
}

function findDefaultShell({ defaults }: Record<string, unknown>): unknown {
  return isObject(defaults) && isObject(defaults.run) ? defaults.run.shell : undefined;
}

/** On Windows runners the default shell is PowerShell. */
const inferShell = (runner: unknown): string | undefined =>
  /windows/i.test(String(Array.isArray(runner) ? runner.join() : runner)) ? "pwsh" : undefined;

const isShell = (shell: unknown): boolean =>
  shell === undefined || (typeof shell === "string" && /^(?:\S*\/)?(?:ba|z|da|k)?sh(?:\s|$)/.test(shell));
