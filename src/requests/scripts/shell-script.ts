import { embeddedSlice } from "../../documents/embedded.ts";
import { SHEBANG } from "../../files/file-kinds.ts";
import { shellText } from "../aws-cli/shell-text.ts";
import type { ScriptKind } from "./kind.ts";

/** A shell script, recognized by its extension or its first line. */
export const shellScript: ScriptKind = {
  isOf: (path, text) => /\.(?:sh|bash|zsh|ksh)$/i.test(path) || (!/\.\w+$/.test(path) && SHEBANG.test(text)),
  scripts: (text) => [{ shell: shellText(embeddedSlice(text, { start: 0, end: text.length })) }],
};
