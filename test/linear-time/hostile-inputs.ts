import type { ParsedRegExp, RegExpNode } from "./regexp-syntax.ts";

/** A text that grows by repeating one of its parts. */
export interface HostileInput {
  prefix: string;
  pump: string;
  suffix: string;
}

export const growInput = ({ prefix, pump, suffix }: HostileInput, length: number): string =>
  prefix + pump.repeat(Math.ceil(length / pump.length)) + suffix;

/**
 * Texts that make an expression backtrack: what leads to one of its repetitions, what the repetition takes, over and
 * over, and an end at which no match is possible.
 */
export function createHostileInputs({ root, alphabet }: ParsedRegExp): HostileInput[] {
  const pumps = new Map<string, Set<string>>();
  const add = (prefix: string, pump: string): void => {
    if (pump !== "") pumps.set(prefix, (pumps.get(prefix) ?? new Set()).add(pump));
  };
  for (const character of alphabet) add("", character);
  visitRepeats(root, "", (of, prefix) => {
    for (const preferred of alphabet) {
      const sample = sampleText(of, preferred);
      add(prefix, sample);
      // Two rounds of the repetition that differ.
      if (sample.length === 1) continue;
      add(prefix, sample + sampleText(of, "a"));
    }
  });
  const suffixes = ["", "\0", "\n\0"];
  return [...pumps].flatMap(([prefix, some]) =>
    [...some].flatMap((pump) => suffixes.map((suffix) => ({ prefix, pump, suffix }))),
  );
}

/** Visits what is repeated without a limit, with a text that leads there. */
function visitRepeats(
  node: RegExpNode,
  prefix: string,
  visit: (of: RegExpNode, prefix: string) => void,
): void {
  if (node.kind === "repeat") {
    if (node.max > 20) visit(node.of, prefix);
    visitRepeats(node.of, prefix, visit);
  } else if (node.kind === "group" || node.kind === "look") visitRepeats(node.of, prefix, visit);
  else if (node.kind === "either") for (const option of node.options) visitRepeats(option, prefix, visit);
  else if (node.kind === "sequence") {
    let before = prefix;
    for (const part of node.parts) {
      visitRepeats(part, before, visit);
      before += sampleText(part, "a");
    }
  }
}

const FALLBACKS = [..."a0A \n\t-_.:/=\"'$#<>[](){}!@%&*+,;?\\^`|~\0\uE000é"];

/** A text that a part matches, of the preferred character where that is possible. */
export function sampleText(node: RegExpNode, preferred: string): string {
  switch (node.kind) {
    case "char":
      return [preferred, ...FALLBACKS].find((character) => node.test(character)) ?? "";
    case "sequence":
      return node.parts.map((part) => sampleText(part, preferred)).join("");
    case "either": {
      const samples = node.options.map((option) => sampleText(option, preferred));
      return samples.find((sample) => sample.includes(preferred)) ?? samples[0]!;
    }
    case "repeat":
      return sampleText(node.of, preferred).repeat(Math.max(node.min, node.max > 0 ? 1 : 0));
    case "group":
      return sampleText(node.of, preferred);
    default:
      return "";
  }
}
