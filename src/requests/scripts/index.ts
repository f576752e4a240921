import type { ParsedText } from "../../documents/document.ts";
import { asciidocScripts } from "./asciidoc.ts";
import { buildspecScripts } from "./buildspec.ts";
import { dockerfileScripts } from "./dockerfile.ts";
import { githubWorkflowScripts } from "./github-workflow.ts";
import { gitlabCiScripts } from "./gitlab-ci.ts";
import type { Script, ScriptKind } from "./kind.ts";
import { makefileScripts } from "./makefile.ts";
import { markdownScripts } from "./markdown.ts";
import { restructuredTextScripts } from "./restructured-text.ts";
import { shellScripts } from "./shell-script.ts";

/** Kinds of text files with shell commands; the first kind that matches a file has it. */
const TEXT_KINDS: readonly ScriptKind[] = [
  makefileScripts,
  dockerfileScripts,
  markdownScripts,
  restructuredTextScripts,
  asciidocScripts,
  shellScripts,
];

/** Kinds of YAML and JSON files; of those that match, the first one that finds a script in the file has it. */
const DATA_KINDS: readonly ScriptKind[] = [githubWorkflowScripts, buildspecScripts, gitlabCiScripts];

export function findScriptKind(path: string, text: string): ScriptKind | undefined {
  const matching = DATA_KINDS.filter((kind) => kind.matches(path, text));
  const [first] = matching;
  if (first) return { ...first, findScripts: (text, parsed) => findFirstScripts(matching, text, parsed) };
  return TEXT_KINDS.find((kind) => kind.matches(path, text));
}

function findFirstScripts(kinds: readonly ScriptKind[], text: string, parsed: ParsedText): Script[] {
  for (const kind of kinds) {
    const scripts = kind.findScripts(text, parsed);
    if (scripts.length > 0) return scripts;
  }
  return [];
}
