/**
 * Neutralizes workflow commands in text for the log. The runner interprets `::` at the start of a line, also
 * after white space, and the older `##[` anywhere in a line.
 */
export const escapeForLog = (text: string): string =>
  text.replace(/^([^\S\n\r\u2028\u2029]*):(?=:)/gm, "$1:\u200b").replaceAll("##[", "##\u200b[");
