import type { Path } from "../../../diagnostics/pointer.ts";
import { valueAt } from "../../../diagnostics/pointer.ts";
import type { Document } from "../../../documents/document.ts";
import { ROOT_SITE } from "../../shell/site.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { findPlaces } from "../places.ts";
import { readJoinedScript } from "../yaml-texts.ts";

const PHASES = [
  ...["before_install", "install", "before_script", "script", "before_cache"],
  ...["after_success", "after_failure", "before_deploy", "after_deploy", "after_script"],
];

/** The phases of jobs, which are compiled into one script (Travis CI, "Job lifecycle"). */
export const travisScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)\.travis\.ya?ml$/.test(path),
  isYaml: true,
  site: ROOT_SITE,
  findScripts: (text, { documents }) => documents.flatMap((document) => readJobs(text, document)),
};

function readJobs(text: string, document: Document): Script[] {
  const jobs: Path[] = [[], ...findPlaces(document.value, "jobs|matrix.include.*").map(({ path }) => path)];
  const deploys = findPlaces(document.value, "deploy.**.script").map(({ path }) => [path]);
  const phases = jobs.map((job) =>
    PHASES.map((phase) => [...job, phase]).map((own) =>
      valueAt(document.value, own) === undefined ? [own.at(-1)!] : own,
    ),
  );
  return [...phases, ...deploys].flatMap((paths) => readJoinedScript(text, document, paths));
}
