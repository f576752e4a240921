import { dockerfileScripts } from "./dockerfile.ts";
import { githubWorkflowScripts } from "./github-workflow.ts";
import { gitlabCiScripts } from "./gitlab-ci.ts";
import type { ScriptKind } from "./kind.ts";
import { makefileScripts } from "./makefile.ts";
import { markdownScripts } from "./markdown.ts";
import { shellScripts } from "./shell-script.ts";

/** All kinds of files with shell commands; the first kind that matches a file wins. */
const SCRIPT_KINDS: readonly ScriptKind[] = [
  makefileScripts,
  dockerfileScripts,
  markdownScripts,
  githubWorkflowScripts,
  gitlabCiScripts,
  shellScripts,
];

export const findScriptKind = (path: string, text: string): ScriptKind | undefined =>
  SCRIPT_KINDS.find((kind) => kind.matches(path, text));
