import type { Path } from "../../../diagnostics/pointer.ts";
import { valueAt } from "../../../diagnostics/pointer.ts";
import type { Document } from "../../../documents/document.ts";
import type { EmbeddedText } from "../../../documents/embedded.ts";
import { readEmbeddedText, sliceText } from "../../../documents/embedded.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { isObject } from "../../request.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import { replaceMatches } from "../joined.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { findPlaces } from "../places.ts";
import { readWords, replaceVariables, splitWords } from "../words.ts";

const MODULE =
  /^[ \t]*(?:-[ \t]*)?["']?(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw|action|local_action)["']?:/m;

/** Tasks of playbooks, roles and handlers that run commands (Ansible, `ansible.builtin.command` and `.shell`). */
export const ansibleScripts: ScriptKind = {
  matches: (path, text) => /\.ya?ml$/.test(path) && MODULE.test(text),
  isYaml: true,
  site: MACHINE_SITE,
  findScripts: (text, { documents }) =>
    documents.flatMap((document) => (Array.isArray(document.value) ? readTasks(text, document) : [])),
};

const NAMES = ["shell", "raw", "command", "action", "local_action"];
const PLACES = NAMES.flatMap((name) => [name, `ansible.builtin.${name}`, `ansible.legacy.${name}`]);

/** Arguments that the module takes for itself wherever they stand among the words. */
const OWN_ARGUMENT =
  /(?<![^\s])(?:chdir|creates|removes|executable|warn|stdin|stdin_add_newline|strip_empty_ends)=(?:"[^"]*"|'[^']*'|\S*)/g;

function readTasks(text: string, document: Document): Script[] {
  return findPlaces(document.value, "**").flatMap(({ path, value }) => {
    if (!isObject(value) || !isPosixShell(value)) return [];
    return PLACES.filter((name) => Object.hasOwn(value, name)).flatMap((name) =>
      readModule(text, document, [...path, name], name.slice(name.lastIndexOf(".") + 1)),
    );
  });
}

/** A module takes its command as a text, or under `cmd` or `argv`. */
function readModule(text: string, document: Document, path: Path, module: string): Script[] {
  const value = valueAt(document.value, path);
  if (isObject(value)) {
    if (!isPosixShell({ args: value })) return [];
    if (value.argv !== undefined) return [{ words: readWords(text, document, [...path, "argv"]) }];
    return ["cmd", "_raw_params"].flatMap((key) => readModule(text, document, [...path, key], module));
  }
  const inside = typeof value === "string" ? readEmbeddedText(text, document, path) : undefined;
  if (!inside) return [];
  const shell = replaceMatches(toShellText(inside), OWN_ARGUMENT, () => "");
  if (!module.endsWith("action")) return [readText(shell, module)];
  // `local_action: command aws …` has the module's name in its text.
  const [name, rest] = takeFirstWord(shell);
  return NAMES.includes(name) ? [readText(rest, name)] : [];
}

const readText = (inside: EmbeddedText, module: string): Script =>
  module === "command" ? { words: splitWords(replaceVariables(inside)) } : { shell: inside };

function takeFirstWord(inside: EmbeddedText): [string, EmbeddedText] {
  const [whole = "", name = ""] = /^\s*(?:ansible\.(?:builtin|legacy)\.)?(\w+)\s*/.exec(inside.text) ?? [];
  return [name, sliceText(inside, whole.length)];
}

/** Whether the task's shell is one of ours; another program may be set to run its text. */
const isPosixShell = ({ args }: Record<string, unknown>): boolean => {
  const { executable } = Object(args);
  return typeof executable !== "string" || /(?:^|\/)(?:ba|z|da|k)?sh$/.test(executable);
};
