/** A word that stands for a value that is not known, such as `FILE_SYSTEM_ID`. */
const STAND_IN = /^[A-Z]+(?:_[A-Z]+)+$/;

/** A word that is one, or ends in one behind `=`. */
const STAND_IN_INSIDE = /(?:^|[ =])[A-Z]+(?:_[A-Z]+)+(?: |$)/;

/** The words of commands that stand for values that are not known: `Values=FILE_SYSTEM_ID` has one, too. */
export const listStandIns = (commands: readonly string[]): string[] => [
  ...new Set(commands.flatMap((command) => command.split(/[ =,]/)).filter((word) => STAND_IN.test(word))),
];

/** As many values each of these options takes (the API pages; Storage Gateway takes ten shares, FSx twenty values of a filter). */
const MAX_VALUES = 10;

/**
 * Commands that differ in the value of one list option become one command, or several with as many values as the option
 * takes, each with a file of its own; those for values that are not known give way to those that can be run as they stand.
 */
export function mergeCommands(commands: readonly string[]): string[] {
  const runnable = commands.filter((command) => !STAND_IN_INSIDE.test(command));
  const merged = new Map<string, MergedCommand>();
  let last: MergedCommand | undefined;
  for (const command of runnable.length > 0 ? runnable : commands) {
    const value = last && findOtherValue(command, last);
    if (value === undefined) last = mergeInto(merged, command);
    else last!.values.add(value);
  }
  return [...merged.values()].flatMap(writeCommands);
}

function mergeInto(merged: Map<string, MergedCommand>, command: string): MergedCommand {
  const words = command.split(" ");
  const at = words.findIndex((_, index) => isListValue(words, index));
  const [prefix, value] = at < 0 ? ["", ""] : splitValue(words[at]!);
  const [before, after] =
    at < 0
      ? [command, ""]
      : [[...words.slice(0, at), prefix].join(" "), ["", ...words.slice(at + 1)].join(" ")];
  const key = before + after;
  const into = merged.get(key) ?? { words, at, prefix, before, after, values: new Set() };
  merged.set(key, into);
  into.values.add(value);
  return into;
}

/** The value of a command that differs from others only there. Most commands of a run do from the one before. */
function findOtherValue(command: string, { at, before, after }: MergedCommand): string | undefined {
  if (at < 0 || !command.startsWith(before) || !command.endsWith(after)) return undefined;
  const end = command.length - after.length;
  const value = end < before.length ? "" : command.slice(before.length, end);
  return value === "" || /[ ,]/.test(value) ? undefined : value;
}

/** A command, and the values that others have, too, in place of one of its words: there can be thousands. */
interface MergedCommand {
  words: readonly string[];
  at: number;
  prefix: string;
  /** The command before and after the value. */
  before: string;
  after: string;
  values: Set<string>;
}

/** The value of an option that takes a list, or those of a filter. */
const isListValue = (words: readonly string[], at: number): boolean =>
  words[at]!.includes(FILTER_VALUES) || (at < words.length - 1 && /-(?:ids|list)$/.test(words[at - 1] ?? ""));

const FILTER_VALUES = ",Values=";

function splitValue(word: string): [prefix: string, value: string] {
  const at = word.indexOf(FILTER_VALUES);
  const start = at < 0 ? 0 : at + FILTER_VALUES.length;
  return [word.slice(0, start), word.slice(start)];
}

function writeCommands({ words, at, prefix, values }: MergedCommand): string[] {
  if (at < 0) return [words.join(" ")];
  const all = [...values];
  const chunks = Array.from({ length: Math.ceil(all.length / MAX_VALUES) }, (_, chunk) =>
    all.slice(chunk * MAX_VALUES, (chunk + 1) * MAX_VALUES),
  );
  return chunks.map((chunk, index) => {
    const list = prefix + chunk.join(prefix === "" ? " " : ",");
    const command = words.with(at, list).join(" ");
    return index === 0 ? command : command.replace(/(?=\.json$)/, `-${index + 1}`);
  });
}
