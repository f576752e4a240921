import { appendFileSync } from "node:fs";

/**
 * What GitHub's toolkit does for actions, as far as it is needed here: the toolkit brings an HTTP client, which takes longer to
 * load than a check takes.
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns an input of the workflow, without white space around it. Empty if it isn't given. */
export const readInput = (name: string, environment: Environment = process.env): string =>
  (environment[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "").trim();

/** Returns the lines of an input that aren't empty. */
export const readInputLines = (name: string): string[] =>
  readInput(name)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.trim());

/** Sets an output of the action. Outside of a workflow, nobody reads one. */
export function setOutput(name: string, value: string | number): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file) appendFileSync(file, formatOutput(name, String(value)));
}

/** An output in the form for values of several lines. The value can't contain the line that ends it. */
export function formatOutput(name: string, value: string): string {
  let end = "end_of_value";
  while (value.includes(end)) end += "_";
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** Formats an error that the workflow shows as an annotation. */
export const formatErrorCommand = (message: string, title: string): string =>
  `::error title=${escapeProperty(title)}::${escapeData(message)}\n`;

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
