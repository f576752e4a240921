import type { Document } from "../../documents/document.ts";
import { isObject } from "../request.ts";
import type { SiteDirectory } from "../shell/site.ts";
import { createCheckout } from "./command-places.ts";
import { readDockerAction, readDockerStep } from "./docker-step.ts";
import { commandVariablesIn, fillInVariables, withVariables } from "./environment.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { listItems, listMembers, readScriptAt } from "./yaml-texts.ts";

/** A workflow of GitHub Actions, or an action. */
export function isWorkflowFile(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/.test(path);
}

/** The `run` steps of GitHub Actions workflows and composite actions. */
export const githubWorkflowScripts: ScriptKind = {
  matches: isWorkflowFile,
  owns: isWorkflowFile,
  isYaml: true,
  findScripts: (text, { documents }) => documents.flatMap((document) => findWorkflowScripts(text, document)),
};

function changesCheckout({ uses, with: inputs }: Record<string, unknown>): boolean {
  if (typeof uses !== "string") return false;
  const isOther = isObject(inputs) && ["path", "ref", "repository"].some((name) => name in inputs);
  return uses.startsWith("actions/checkout@")
    ? isOther
    : /(?:download-artifact|\/cache)(?:\/[\w-]+)?@/.test(uses);
}

/** The steps of a job, or of a composite action. */
export interface Steps {
  path: (string | number)[];
  steps: unknown[];
  /** The default shell and directory of the steps. */
  shell: unknown;
  directory: unknown;
}

const OWN_VARIABLE = /\$\{\{\s*env\.(\w+)\s*\}\}/g;

function findWorkflowScripts(text: string, document: Document): Script[] {
  const variables = commandVariablesIn(text, document, "env");
  const scripts = listSteps(document.value).flatMap(({ path, steps, shell, directory }) =>
    steps.flatMap((step, index) => {
      if (!isObject(step)) return [];
      const inDocker = readDockerStep(text, document, [...path, index]);
      if (inDocker.length > 0) return inDocker;
      if (changesCheckout(step))
        return [{ ...createCheckout(document.span([...path, index], "value")), session: path.join("/") }];
      if (!isShell(step.shell ?? shell)) return [];
      // The steps of a job run one after the other in one checkout.
      const site = {
        directory: toSiteDirectory(step["working-directory"] ?? directory),
        session: path.join("/"),
      };
      const at = [...path, index, "run"];
      return readScriptAt(text, document, at, site, (inside) =>
        fillInVariables(inside, at, variables, OWN_VARIABLE),
      ).map((script) => withVariables(script, at, variables));
    }),
  );
  return [...scripts, ...readDockerAction(text, document)];
}

export function listSteps(value: unknown): Steps[] {
  if (!isObject(value)) return [];
  const outer = findDefaults(value);
  const jobs = listMembers(value.jobs).map(([name, job]): Steps => {
    const own = isObject(job) ? job : {};
    const defaults = findDefaults(own);
    const shell = defaults.shell ?? outer.shell ?? inferShell(own["runs-on"]);
    const directory = defaults["working-directory"] ?? outer["working-directory"];
    return { path: ["jobs", name, "steps"], steps: listItems(own.steps), shell, directory };
  });
  const action = isObject(value.runs) ? listItems(value.runs.steps) : [];
  return [...jobs, { path: ["runs", "steps"], steps: action, shell: undefined, directory: undefined }];
}

function findDefaults({ defaults }: Record<string, unknown>): Record<string, unknown> {
  return isObject(defaults) && isObject(defaults.run) ? defaults.run : {};
}

const WORKSPACE = /^\$\{\{\s*github\.workspace\s*\}\}/;
const ACTION_PATH = /^\$\{\{\s*github\.action_path\s*\}\}/;

/** A directory is relative to the checkout. */
function toSiteDirectory(directory: unknown): SiteDirectory {
  if (directory === undefined) return { from: "root", path: "." };
  if (typeof directory !== "string") return "unknown";
  const [form, from] = ACTION_PATH.test(directory)
    ? ([ACTION_PATH, "file"] as const)
    : ([WORKSPACE, "root"] as const);
  const path = `.${directory.replace(form, "/").replace(/^(?=[^/])/, "/")}`;
  const isAbsolute = directory.startsWith("/") || directory.startsWith("~");
  return isAbsolute || path.includes("$") ? "unknown" : { from, path };
}

/** On Windows runners the default shell is PowerShell. */
const inferShell = (runner: unknown): string | undefined =>
  /windows/i.test(String(Array.isArray(runner) ? runner.join() : runner)) ? "pwsh" : undefined;

const isShell = (shell: unknown): boolean =>
  shell === undefined || (typeof shell === "string" && /^(?:\S*\/)?(?:ba|z|da|k)?sh(?:\s|$)/.test(shell));
