import { join } from "node:path";

import { type Environment, homeOf } from "./environment.ts";
import type { PrivateFiles } from "./private-files.ts";
import { readNamed } from "./read-named.ts";

/** A word as it runs, and as it is checked: there, files are named relative to the directory of their copies. */
export interface GateWord {
  run: string;
  checked: string;
}

/** `file://NAME` as a word, as the value behind `--option=`, or behind `@=` in shorthand. */
const REFERENCE = /^((?:--[\w-]+=)?)(fileb?:\/\/)([\s\S]+)$|(@=)(fileb?:\/\/)([^,{}[\]]+)/g;

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "ENOENT, there is no file of this name",
  EACCES: "EACCES, it may not be read",
  EISDIR: "EISDIR, it is a directory",
  ELOOP: "ELOOP, it is a link that leads back to itself",
  ENOWRITER: "it is a named pipe, and no program wrote into it",
};

/** A file of more bytes is not copied: no payload is as large. */
const MAX_BYTES = 64 << 20;

/** Copies the files that a command names, each read once, and keeps which could not be copied. */
export class NamedFiles {
  /** Why files could not be read, by the names that the command gives them. */
  readonly problems: { name: string; problem: string }[] = [];
  readonly #files: PrivateFiles;
  readonly #environment: Environment;

  constructor(files: PrivateFiles, environment: Environment) {
    this.#files = files;
    this.#environment = environment;
  }

  /** The word with private copies instead of the files that it names. */
  async copy(word: string): Promise<GateWord> {
    let run = "";
    let checked = "";
    let from = 0;
    for (const match of word.matchAll(REFERENCE)) {
      const [whole, option, scheme, name] = match;
      const reference =
        name === undefined
          ? { lead: match[4]!, scheme: match[5]!, name: match[6]! }
          : { lead: option!, scheme: scheme!, name };
      const copy = await this.#copyFile(reference.name);
      const before = word.slice(from, match.index) + reference.lead + reference.scheme;
      run += before + (copy === undefined ? reference.name : join(this.#files.directory, copy));
      checked += before + (copy ?? reference.name);
      from = match.index + whole.length;
    }
    return { run: run + word.slice(from), checked: checked + word.slice(from) };
  }

  async #copyFile(name: string): Promise<string | undefined> {
    const path = expand(name, this.#environment);
    try {
      const { bytes, over } = await readNamed(path, MAX_BYTES);
      if (over) this.problems.push({ name, problem: "it is larger than 64 MiB" });
      else return this.#files.add(name, bytes);
    } catch (error) {
      const { code = "unknown error" } = error as NodeJS.ErrnoException;
      this.problems.push({ name, problem: PROBLEMS[code] ?? code });
    }
    return undefined;
  }
}

/** As the AWS CLI expands it: the home directory and environment variables. */
function expand(name: string, environment: Environment): string {
  const home = homeOf(environment);
  return name
    .replace(/^~(?=\/|$)/, () => home)
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => environment[braced ?? bare] ?? whole);
}
