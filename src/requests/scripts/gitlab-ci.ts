import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { itemsOf, membersOf, scriptAt } from "./yaml-texts.ts";

const KEYS = ["before_script", "script", "after_script"];

/**
 * An included file can have any name, so it is recognized by its script keys, which other CI systems use as
 * well.
 */
const SCRIPT = /^[ ]*(?:- )?(?:before_|after_)?script:/m;

/** The scripts of GitLab CI/CD jobs, each a text or a list of texts, possibly nested. */
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

/** The scripts under a job's script keys, its hooks, and the steps of its `run`. */
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
