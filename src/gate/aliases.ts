import { join } from "node:path";
import { quoted } from "../diagnostics/text.ts";
import { UsageError } from "../run/io.ts";
import { type Environment, homeOf, readSettings } from "./environment.ts";

/** Global options that take a value; the others take none. Source: the AWS CLI's page of global options. */
const WITH_VALUE = [
  "--endpoint-url",
  "--output",
  "--query",
  "--profile",
  "--region",
  "--color",
  "--ca-bundle",
  "--cli-read-timeout",
  "--cli-connect-timeout",
  "--cli-binary-format",
  "--cli-error-format",
];

/** The index of the first word that is neither a global option nor its value; the number of words if none is. */
export function findCommandWord(words: readonly string[], from = 0): number {
  let at = from;
  while (at < words.length && words[at]!.startsWith("-")) at += takesValue(words[at]!) ? 2 : 1;
  return Math.min(at, words.length);
}

/** The AWS CLI knows an option by its beginning, too. */
const takesValue = (word: string): boolean =>
  /^--./.test(word) && WITH_VALUE.some((option) => option.startsWith(word));

/** Commands of the AWS CLI that are whole without an operation. */
const WHOLE = new Set(["configure", "help", "login", "logout"]);

/** Throws a `UsageError` for words that name a service at most. */
export function refuseWithoutOperation(words: readonly string[]): void {
  const service = findCommandWord(words);
  if (findCommandWord(words, service + 1) < words.length || WHOLE.has(words[service] ?? "")) return;
  throw new UsageError(
    "no operation is given",
    "write the service and the operation behind `aws`, such as `-- aws fsx create-data-repository-task …`",
  );
}

/**
 * Replaces an alias of the AWS CLI (`~/.aws/cli/alias`) by what it stands for. Throws a `UsageError` for one that runs a
 * shell: what that does can't be told from the words.
 */
export function resolveAliases(words: readonly string[], environment: Environment): readonly string[] {
  const sections = readSettings(join(homeOf(environment), ".aws", "cli", "alias"));
  if (sections.size === 0) return words;
  const at = findCommandWord(words);
  const expanded = expandAt(words, at, sections.get("toplevel"));
  const service = findCommandWord(expanded);
  const operation = findCommandWord(expanded, service + 1);
  return expandAt(expanded, operation, sections.get(`command ${expanded[service] ?? ""}`));
}

function expandAt(
  words: readonly string[],
  at: number,
  aliases: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  const name = words[at];
  const value = name === undefined ? undefined : aliases?.get(name);
  if (value === undefined) return words;
  const alias = `${quoted(name!)} is an alias of the AWS CLI that`;
  if (value.startsWith("!"))
    throw new UsageError(
      `${alias} runs a shell, so what it calls can't be told`,
      "write the command that it runs in full",
    );
  const meant = splitWords(value);
  if (!meant)
    throw new UsageError(
      `${alias} has words that can't be told apart`,
      "close its quotes in ~/.aws/cli/alias",
    );
  const inner = meant[findCommandWord(meant)];
  // Behind its own name, an alias means the command that it hides.
  if (inner !== undefined && inner !== name && aliases!.has(inner))
    throw new UsageError(`${alias} stands for another alias`, "write the command that it stands for in full");
  return [...words.slice(0, at), ...meant, ...words.slice(at + 1)];
}

/** Splits words as a POSIX shell does, without expansions; undefined for a quote that nothing closes. */
function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const here = text[at]!;
    if (here === "'" || here === '"') {
      const quotedPart = readQuoted(text, at);
      if (!quotedPart) return undefined;
      word = (word ?? "") + quotedPart.text;
      at = quotedPart.end;
    } else if (here === "\\") word = (word ?? "") + (text[++at] ?? "");
    else if (!/\s/.test(here)) word = (word ?? "") + here;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

function readQuoted(text: string, start: number): { text: string; end: number } | undefined {
  const quote = text[start];
  let inner = "";
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return { text: inner, end: at };
    if (quote === '"' && text[at] === "\\" && /["\\]/.test(text[at + 1] ?? "")) at++;
    inner += text[at];
  }
  return undefined;
}
