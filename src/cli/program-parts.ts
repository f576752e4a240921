/** A command's work lives in a file of its own, loaded when the command runs. */
export type Run = () => Promise<number>;

/** Commands to try, as help ends with them. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n`;

/** An option that may be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value];
