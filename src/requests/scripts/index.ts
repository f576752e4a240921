import { dockerfile } from "./dockerfile.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { gitlabCi } from "./gitlab-ci.ts";
import type { ScriptKind } from "./kind.ts";
import { makefile } from "./makefile.ts";
import { markdown } from "./markdown.ts";
import { shellScript } from "./shell-script.ts";

/** All kinds of files with shell commands; the first kind that matches a file wins. */
const KINDS: readonly ScriptKind[] = [makefile, dockerfile, markdown, githubWorkflow, gitlabCi, shellScript];

export const scriptKindOf = (path: string, text: string): ScriptKind | undefined =>
  KINDS.find((kind) => kind.isOf(path, text));
