/**
 * Text for the log that can't be taken for a workflow command: the runner reads `::` at a line's start, after white
 * space too, and the older `##[` anywhere in a line.
 */
export const logText = (text: string): string =>
  text.replace(/^(\s*):(?=:)/gm, "$1:\u200b").replaceAll("##[", "##\u200b[");
