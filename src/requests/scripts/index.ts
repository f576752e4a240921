import type { ParsedText } from "../../documents/document.ts";
import { isDataFile } from "../../files/file-kinds.ts";
import { azurePipelinesScripts } from "./ci/azure-pipelines.ts";
import { bitbucketPipelinesScripts } from "./ci/bitbucket-pipelines.ts";
import { buildkiteScripts } from "./ci/buildkite.ts";
import { buildspecScripts } from "./ci/buildspec.ts";
import { circleCiScripts } from "./ci/circleci.ts";
import { cloudBuildScripts } from "./ci/cloud-build.ts";
import { droneScripts } from "./ci/drone.ts";
import { jenkinsfileScripts } from "./ci/jenkinsfile.ts";
import { travisScripts } from "./ci/travis.ts";
import { dockerfileScripts } from "./dockerfile.ts";
import { githubWorkflowScripts } from "./github-workflow.ts";
import { gitlabCiScripts } from "./gitlab-ci.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { readScripts } from "./kind.ts";
import { ansibleScripts } from "./machines/ansible.ts";
import { cloudInitScripts } from "./machines/cloud-init.ts";
import { composeScripts, kubernetesScripts } from "./machines/container-images.ts";
import { crontabScripts } from "./machines/crontab.ts";
import { systemdScripts } from "./machines/systemd.ts";
import { templateScripts } from "./machines/template-scripts.ts";
import { makefileScripts } from "./makefile.ts";
import { markdownScripts } from "./markdown.ts";
import { asciidocScripts } from "./pages/asciidoc.ts";
import { plainTextScripts } from "./pages/plain-text.ts";
import { restructuredTextScripts } from "./pages/restructured-text.ts";
import { justfileScripts } from "./runners/justfile.ts";
import { packageScripts } from "./runners/package-scripts.ts";
import { procfileScripts } from "./runners/procfile.ts";
import { taskfileScripts } from "./runners/taskfile.ts";
import { toxScripts } from "./runners/tox.ts";
import { shellScripts } from "./shell-script.ts";

/** Kinds of text files with shell commands; the first kind that matches a file has it. */
const TEXT_KINDS: readonly ScriptKind[] = [
  makefileScripts,
  dockerfileScripts,
  markdownScripts,
  restructuredTextScripts,
  asciidocScripts,
  plainTextScripts,
  jenkinsfileScripts,
  justfileScripts,
  crontabScripts,
  systemdScripts,
  procfileScripts,
  toxScripts,
  shellScripts,
];

/**
 * Kinds of YAML and JSON files; of those that match, the first one that finds a script in the file has it. Those with
 * names of their own come first.
 */
const DATA_KINDS: readonly ScriptKind[] = [
  githubWorkflowScripts,
  circleCiScripts,
  bitbucketPipelinesScripts,
  droneScripts,
  buildkiteScripts,
  travisScripts,
  taskfileScripts,
  packageScripts,
  cloudInitScripts,
  buildspecScripts,
  cloudBuildScripts,
  azurePipelinesScripts,
  kubernetesScripts,
  composeScripts,
  templateScripts,
  ansibleScripts,
  gitlabCiScripts,
];

/** Most scripts have a name that no other kind has, which is told without asking each. */
const isPlainScript = (path: string): boolean => path.endsWith(".sh") && !/file|cron/i.test(path);

export function findScriptKind(path: string, text: string): ScriptKind | undefined {
  // Files of cloud-init are known by their first line alone.
  const kinds = isDataFile(path) ? DATA_KINDS : [cloudInitScripts];
  const owner = kinds.find((kind) => kind.owns?.(path));
  if (owner) return owner;
  const matching = kinds.filter((kind) => kind.matches(path, text));
  const [first] = matching;
  if (first) {
    const { site, ...kind } = first;
    return { ...kind, findScripts: (text, parsed) => findFirstScripts(matching, text, parsed) };
  }
  return isPlainScript(path) ? shellScripts : TEXT_KINDS.find((kind) => kind.matches(path, text));
}

async function findFirstScripts(
  kinds: readonly ScriptKind[],
  text: string,
  parsed: ParsedText,
): Promise<Script[]> {
  for (const kind of kinds) {
    const scripts = await readScripts(kind, text, parsed);
    if (scripts.length > 0) return scripts;
  }
  return [];
}
