import { readFileSync } from "node:fs";
import { homedir } from "node:os";

export type Environment = Readonly<Record<string, string | undefined>>;

export const homeOf = ({ HOME }: Environment): string => HOME ?? homedir();

/** The environment of a command that was checked: the AWS CLI must not ask for other words instead. */
export const withoutPrompt = (environment: Environment): Environment => ({
  ...environment,
  AWS_CLI_AUTO_PROMPT: "off",
});

/** Settings by the name of their section. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads a file of the AWS CLI's configuration: sections, `key = value`, and values that go on in indented lines. Empty if
 * it can't be read.
 */
export function readSettings(file: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key: string | undefined;
  for (const line of readLines(file)) {
    const head = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    const [, name, value] = /^([^\s=#;[][^=]*)=(.*)$/.exec(line) ?? [];
    if (head !== undefined) {
      const title = head.trim().replace(/\s+/g, " ");
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
      key = undefined;
    } else if (name !== undefined) {
      key = name.trim();
      section.set(key, value!.trim());
    } else if (key !== undefined && /^\s+\S/.test(line))
      section.set(key, `${section.get(key)}\n${line.trim()}`.trim());
  }
  return sections;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}
