import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { listItems, listMembers, readScriptAt } from "./yaml-texts.ts";

const KEYS = ["before_script", "script", "after_script"];

/**
 * An included file can have any name, so it is recognized by its script keys, which other CI systems use as
 * well.
 */
const SCRIPT = /^[ ]*(?:- )?(?:before_|after_)?script:/m;

/** The scripts of GitLab CI/CD jobs, each a text or a list of texts, possibly nested. */
export const gitlabCiScripts: ScriptKind = {
  matches: (path, text) => /\.gitlab-ci\.ya?ml$/.test(path) || (/\.ya?ml$/.test(path) && SCRIPT.test(text)),
  isYaml: true,
  findScripts: (text, { documents }) => documents.flatMap((document) => findJobScripts(text, document)),
};

function findJobScripts(text: string, document: Document): Script[] {
  const jobs = listMembers(document.value).map(([name, job]) => ({ path: [name], job }));
  return [{ path: [], job: document.value }, ...jobs].flatMap(({ path, job }) =>
    listMembers(job).flatMap(([key, value]) => findScriptsAt(text, document, [...path, key], value)),
  );
}

/** The scripts under a job's script keys, its hooks, and the steps of its `run`. */
function findScriptsAt(text: string, document: Document, path: Path, value: unknown): Script[] {
  const key = String(path.at(-1));
  if (KEYS.includes(key)) return readScripts(text, document, path, value);
  if (key === "hooks")
    return listMembers(value).flatMap(([hook, script]) =>
      readScripts(text, document, [...path, hook], script),
    );
  if (key !== "run" || !Array.isArray(value)) return [];
  return value.flatMap((step, index) =>
    listMembers(step).flatMap(([name, script]) =>
      name === "script" ? readScripts(text, document, [...path, index, name], script) : [],
    ),
  );
}

function readScripts(text: string, document: Document, path: Path, value: unknown): Script[] {
  if (!Array.isArray(value)) return readScriptAt(text, document, path);
  return listItems(value).flatMap((item, index) => readScripts(text, document, [...path, index], item));
}
