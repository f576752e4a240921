import type { ScriptLine } from "../lines.ts";
import type { CodeBlock } from "./code-block.ts";
import { COMMAND_LINE, dedentLines, getLineHead, INDENTED_CODE, measurePrompt } from "./code-block.ts";

const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/;
/** Columns of an indented block. */
const WIDTH = 4;

/**
 * The indented blocks of a page of Markdown that hold a command of the AWS CLI. In a list, indented lines may be its text, so that none
 * counts there; and commands behind prompts are read by their prompts.
 */
export function findIndentedBlocks(text: string, outside: readonly ScriptLine[]): CodeBlock[] {
  return listIndentedRuns(text, outside)
    .filter((lines) => lines.some((line) => COMMAND_LINE.test(getLineHead(text, line))))
    .filter((lines) => lines.every((line) => measurePrompt(getLineHead(text, line)) === undefined))
    .map((lines) => ({ lines: dedentLines(text, lines, WIDTH), isShell: undefined }));
}

/** Runs of indented lines below an empty line, outside of lists. Empty lines in between belong to them. */
function listIndentedRuns(text: string, outside: readonly ScriptLine[]): ScriptLine[][] {
  const runs: ScriptLine[][] = [];
  let open: ScriptLine[] | undefined;
  let [isBelowBlank, isInList] = [true, false];
  for (const line of outside) {
    const head = getLineHead(text, line);
    const isBlank = head.trim() === "";
    const isIndented = !isBlank && INDENTED_CODE.test(head);
    if (!isBlank && !isIndented) isInList = LIST_ITEM.test(head) || (isInList && /^[ \t]/.test(head));
    if (open && open.at(-1)!.next === line.start && (isIndented || isBlank)) open.push(line);
    else if (isIndented && isBelowBlank && !isInList) {
      open = [line];
      runs.push(open);
    } else open = undefined;
    isBelowBlank = isBlank;
  }
  return runs;
}
