import type { Path } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { itemsOf, membersOf, scriptAt } from "./yaml-texts.ts";

const KEYS = ["before_script", "script", "after_script"];

/** What jobs have besides their scripts; a file of an `include` is told by them, whatever its name. */
const OF_JOBS =
  /^(?:stages|include|default|workflow):|^[ ]+(?:stage|image|rules|needs|extends|tags|only|except):/m;
const SCRIPT = /^[ ]*(?:before_|after_)?script:/m;

/** The scripts of GitLab's jobs: a text, or a list of them, with lists in it. */
export const gitlabCi: ScriptKind = {
  isOf: (path, text) =>
    /\.gitlab-ci\.ya?ml$/.test(path) || (/\.ya?ml$/.test(path) && SCRIPT.test(text) && OF_JOBS.test(text)),
  isYaml: true,
  scripts: (text, { documents }) => documents.flatMap((document) => scriptsOf(text, document)),
};

function scriptsOf(text: string, document: Document): Script[] {
  const jobs = membersOf(document.value).map(([name, job]) => ({ path: [name], job }));
  return [{ path: [], job: document.value }, ...jobs].flatMap(({ path, job }) =>
    membersOf(job).flatMap(([key, value]) =>
      KEYS.includes(key) ? textsIn(text, document, [...path, key], value) : [],
    ),
  );
}

function textsIn(text: string, document: Document, path: Path, value: unknown): Script[] {
  if (!Array.isArray(value)) return scriptAt(text, document, path);
  return itemsOf(value).flatMap((item, index) => textsIn(text, document, [...path, index], item));
}
