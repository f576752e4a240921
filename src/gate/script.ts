/** Quotes a word exactly, whatever it holds: this text is read, not shown. */
export function quoteExactly(word: string): string {
  if (/^[\w@%+:,./-]+$/.test(word)) return word;
  // A carriage return before the end of a line would be read as a part of that.
  return `'${word.replaceAll("'", "'\\''").replaceAll("\r", () => "'$'\\r''")}'`;
}

/** A justification stands in a comment, in double quotes. */
const formatJustification = (text: string): string =>
  `# countersign: justification="${text.replace(/\s+/g, " ").trim().replaceAll('"', "'")}"`;

/** Comments behind a command are read up to a limit. */
const MAX_TRAILING = 800;

/** The command as a script that means exactly these words. The command is its first line, if the justification is short. */
export function formatScript(words: readonly string[], justification: string | undefined): string {
  const command = ["aws", ...words.map(quoteExactly)].join(" ");
  if (justification === undefined) return `${command}\n`;
  const comment = formatJustification(justification);
  return comment.length <= MAX_TRAILING ? `${command} ${comment}\n` : `${comment}\n${command}\n`;
}
