/** Quotes a word exactly, whatever it holds: this text is read, not shown. */
const quoteExactly = (word: string): string =>
  /^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A justification stands in a comment, in double quotes. */
const formatJustification = (text: string): string =>
  `# countersign: justification="${text.replace(/\s+/g, " ").trim().replaceAll('"', "'")}"\n`;

/** The command as a script that means exactly these words. */
export const formatScript = (words: readonly string[], justification: string | undefined): string =>
  `${justification === undefined ? "" : formatJustification(justification)}${["aws", ...words.map(quoteExactly)].join(" ")}\n`;
