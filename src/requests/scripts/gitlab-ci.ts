import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { itemsOf, membersOf, scriptAt } from "./yaml-texts.ts";

const KEYS = ["before_script", "script", "after_script"];

/** A file of an `include` is told by its jobs, whatever its name: other systems call their scripts so, too. */
const SCRIPT = /^[ ]*(?:- )?(?:before_|after_)?script:/m;

/** The scripts of GitLab's jobs: a text, or a list of them, with lists in it. */
export const gitlabCi: ScriptKind = {
  isOf: (path, text) => /\.gitlab-ci\.ya?ml$/.test(path) || (/\.ya?ml$/.test(path) && SCRIPT.test(text)),
  isYaml: true,
  scripts: (text, { documents }) => documents.flatMap((document) => scriptsOf(text, document)),
};

function scriptsOf(text: string, document: Document): Script[] {
  const jobs = membersOf(document.value).map(([name, job]) => ({ path: [name], job }));
  return [{ path: [], job: document.value }, ...jobs].flatMap(({ path, job }) =>
    membersOf(job).flatMap(([key, value]) => scriptsAt(text, document, [...path, key], value)),
  );
}

/** Scripts by their keys, those of hooks, and those of the steps of a job under `run`. */
function scriptsAt(text: string, document: Document, path: Path, value: unknown): Script[] {
  const key = String(path.at(-1));
  if (KEYS.includes(key)) return textsIn(text, document, path, value);
  if (key === "hooks")
    return membersOf(value).flatMap(([hook, script]) => textsIn(text, document, [...path, hook], script));
  if (key !== "run" || !Array.isArray(value)) return [];
  return value.flatMap((step, index) =>
    membersOf(step).flatMap(([name, script]) =>
      name === "script" ? textsIn(text, document, [...path, index, name], script) : [],
    ),
  );
}

function textsIn(text: string, document: Document, path: Path, value: unknown): Script[] {
  if (!Array.isArray(value)) return scriptAt(text, document, path);
  return itemsOf(value).flatMap((item, index) => textsIn(text, document, [...path, index], item));
}
