import type { Path } from "../../../diagnostics/pointer.ts";
import { valueAt } from "../../../diagnostics/pointer.ts";
import type { Document } from "../../../documents/document.ts";
import { readEmbeddedText } from "../../../documents/embedded.ts";
import { SHEBANG } from "../../../files/file-kinds.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { MACHINE_SITE } from "../../shell/site.ts";
import { joinTexts, UNKNOWN_LINE } from "../joined.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { findPlaces } from "../places.ts";
import { readWords } from "../words.ts";
import { listItems, readScriptAt } from "../yaml-texts.ts";

/** The first line of a configuration of cloud-init, which may be a template. */
export const CLOUD_CONFIG = /^\s*(?:## template:[^\n]*\n)?#cloud-config\b/;

/** Configurations of cloud-init, which have any name. */
export const cloudInitScripts: ScriptKind = {
  matches: (_path, text) => CLOUD_CONFIG.test(text),
  isYaml: true,
  site: MACHINE_SITE,
  findScripts: (text, { documents }) => documents.flatMap((document) => readCloudConfig(text, document)),
};

/** The commands that a machine runs when it starts, and the scripts that are written to it. */
export const readCloudConfig = (text: string, document: Document): Script[] => [
  ...["runcmd", "bootcmd"].flatMap((key) => readCommands(text, document, key)),
  ...findPlaces(document.value, "write_files.*.content").flatMap(({ path, value }) =>
    typeof value === "string" && SHEBANG.test(value) ? readScriptAt(text, document, path) : [],
  ),
];

/** All commands become one script: texts as they are, lists as quoted words. */
function readCommands(text: string, document: Document, key: string): Script[] {
  const items = listItems(valueAt(document.value, [key])).map((item, index) => ({
    item,
    path: [key, index] as Path,
  }));
  const lines = items.flatMap(({ item, path }) => {
    if (typeof item === "string") return readEmbeddedText(text, document, path) ?? [];
    // What a list of words does to the shell is not followed.
    return /^(?:cd|export|set|source|\.)$/.test(String(listItems(item)[0]))
      ? { text: UNKNOWN_LINE, at: document.span(path, "value").start }
      : [];
  });
  const lists = items.filter(({ item }) => Array.isArray(item));
  return [
    ...(lines.length > 0 ? [{ shell: toShellText(joinTexts(lines)) }] : []),
    ...lists.map(({ path }) => ({ words: readWords(text, document, path) })),
  ];
}
