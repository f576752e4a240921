import type { EmbeddedText } from "../../documents/embedded.ts";
import { sliceText } from "../../documents/embedded.ts";
import { UNKNOWN_TEXT } from "../aws-cli/argument.ts";
import { replaceMatches } from "../scripts/joined.ts";
import type { Script } from "../scripts/kind.ts";

/** The first line of a cell that a shell runs, in which Python fills in nothing. */
const SHELL_CELL =
  /^\s*(?:#[^\n]*\n\s*)*%%(?:script[ \t]+(?:\/(?:usr\/)?bin\/)?(?:env[ \t]+)?)?(?:ba|z|k|da)?sh\b[^\n]*/;

/** The first line of a cell that goes to the shell as a line does. */
const FILLED_CELL = /^\s*(?:#[^\n]*\n\s*)*%%(?:!|sx\b|system\b)[^\n]*/;

/** A line of Python's that goes to the shell, also one whose output is given a name; a backslash goes on to the next line. */
const SHELL_LINE = /^((?:[^\n=!%"'#]*=)?[ \t]*)(!!?|%(?:sx|system)[ \t]+)((?:[^\n\\]|\\[\s\S])*)/gm;

/** A cell's program goes on in Python, or it is a shell's alone. */
export interface NotebookCell {
  scripts: Script[];
  isShell: boolean;
}

/** Cells may change the directory and write files in an order that only the run knows. */
const scriptOf = (shell: EmbeddedText): Script => ({ shell, directory: "unknown" });

export const readShellCell = (cell: EmbeddedText): Script => scriptOf(cell);

/** The shell commands in a cell of a notebook of Python's. */
export function readNotebookCell(cell: EmbeddedText): NotebookCell {
  const { text } = cell;
  const shell = SHELL_CELL.exec(text);
  if (shell) return { scripts: [scriptOf(sliceText(cell, shell[0].length))], isShell: true };
  const filled = FILLED_CELL.exec(text);
  if (filled) return { scripts: [scriptOf(fillIn(sliceText(cell, filled[0].length)))], isShell: true };
  const scripts = [...text.matchAll(SHELL_LINE)].map(({ index, 0: line, 3: command }) => {
    const end = index + line.length;
    return scriptOf(fillIn(sliceText(cell, end - command!.length, end)));
  });
  return { scripts, isShell: false };
}

/** Blanks the lines that go to the shell; what is given their output gets a name that is not known. */
export const blankShellLines = (code: string): string =>
  code.replace(SHELL_LINE, (line, lead: string) => {
    const kept = lead.trim() === "" ? "" : `${lead}_`;
    return kept + line.slice(kept.length).replace(/[^\n]/g, " ");
  });

/** What Python fills in before the shell sees the text: `$name`, `$$name` for the shell's own, `{expression}`. */
const FILLED = /\{\{|\}\}|\$\$?[\w.]+|\$?\{[^{}\n]*\}/g;

/** Replaces what Python fills in by a variable that is not known, which may be several words, or none. */
function fillIn(script: EmbeddedText): EmbeddedText {
  const { text } = script;
  const single = findSingleQuoted(text);
  const closing = text.includes("{{") ? "}" : "}}";
  return replaceMatches(script, FILLED, ({ 0: found, index }) => {
    if (found === "{{") return "{";
    if (found === "}}") return closing;
    return single[index!] ? UNKNOWN_TEXT : `\${__notebook}`;
  });
}

/** Which characters stand between single quotes, in which a shell knows no variables. */
function findSingleQuoted(text: string): boolean[] {
  let quote = "";
  return Array.from({ length: text.length }, (_, at) => {
    const char = text[at]!;
    const isEscaped = quote !== "'" && text[at - 1] === "\\";
    if (!isEscaped && (char === "'" || char === '"') && (quote === "" || quote === char))
      quote = quote === "" ? char : "";
    return quote === "'";
  });
}
