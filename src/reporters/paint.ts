import type { FindingLabel } from "./labels.ts";

export type Style = "red" | "yellow" | "blue" | "green" | "bold" | "dim";

/** Paints text in a style, or keeps it where the output has no colours. */
export type Paint = (style: Style, text: string) => string;

const STYLES: Record<Style, string> = {
  red: "31",
  yellow: "33",
  blue: "34",
  green: "32",
  bold: "1",
  dim: "2",
};

export const choosePaint = (color: boolean): Paint =>
  color ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m` : (_style, text) => text;

export const LABEL_STYLES: Record<FindingLabel, Style> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  undecided: "blue",
  waived: "dim",
  known: "dim",
};

export const OUTCOME_STYLES = { pass: "green", fail: "red", undecided: "blue" } as const;
