import type { Document } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { itemsOf, membersOf, scriptAt } from "./yaml-texts.ts";

/** The `run` steps of GitHub Actions workflows and composite actions. */
export const githubWorkflow: ScriptKind = {
  isOf: (path) => /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/.test(path),
  isYaml: true,
  scripts: (text, { documents }) => documents.flatMap((document) => scriptsOf(text, document)),
};

interface Steps {
  path: (string | number)[];
  steps: unknown[];
  /** The default shell of the steps. */
  shell: unknown;
}

function scriptsOf(text: string, document: Document): Script[] {
  return stepsOf(document.value).flatMap(({ path, steps, shell }) =>
    steps.flatMap((step, index) =>
      isObject(step) && isShell(step.shell ?? shell) ? scriptAt(text, document, [...path, index, "run"]) : [],
    ),
  );
}

function stepsOf(value: unknown): Steps[] {
  if (!isObject(value)) return [];
  const outer = defaultShell(value);
  const jobs = membersOf(value.jobs).map(([name, job]): Steps => {
    const own = isObject(job) ? job : {};
    const shell = defaultShell(own) ?? outer ?? shellOfRunner(own["runs-on"]);
    return { path: ["jobs", name, "steps"], steps: itemsOf(own.steps), shell };
  });
  const action = isObject(value.runs) ? itemsOf(value.runs.steps) : [];
  return [...jobs, { path: ["runs", "steps"], steps: action, shell: undefined }];
}

function defaultShell({ defaults }: Record<string, unknown>): unknown {
  return isObject(defaults) && isObject(defaults.run) ? defaults.run.shell : undefined;
}

/** On Windows runners the default shell is PowerShell. */
const shellOfRunner = (runner: unknown): string | undefined =>
  /windows/i.test(String(Array.isArray(runner) ? runner.join() : runner)) ? "pwsh" : undefined;

const isShell = (shell: unknown): boolean =>
  shell === undefined || (typeof shell === "string" && /^(?:\S*\/)?(?:ba|z|da|k)?sh(?:\s|$)/.test(shell));
