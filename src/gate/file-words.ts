import { join } from "node:path";

import { type Environment, homeOf } from "./environment.ts";
import type { PrivateFiles } from "./private-files.ts";
import { readNamed } from "./read-named.ts";

/** `file://NAME` as a word, as the value behind `--option=`, or behind `@=` in shorthand. */
const REFERENCE = /^((?:--[\w-]+=)?)(fileb?:\/\/)([\s\S]+)$|(@=)(fileb?:\/\/)([^,{}[\]]+)/g;

function readReference(match: ArrayLike<string | undefined>): { lead: string; scheme: string; name: string } {
  const [lead, scheme, name] =
    match[3] === undefined ? [match[4], match[5], match[6]] : [match[1], match[2], match[3]];
  return { lead: lead!, scheme: scheme!, name: name! };
}

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
  /** The paths of the copies, by the names that the command gives the files. */
  readonly copies = new Map<string, string>();
  readonly #files: PrivateFiles;
  readonly #environment: Environment;

  constructor(files: PrivateFiles, environment: Environment) {
    this.#files = files;
    this.#environment = environment;
  }

  /** Copies the files that words name. */
  async copy(words: readonly string[]): Promise<void> {
    for (const word of words)
      for (const match of word.matchAll(REFERENCE)) {
        const { name } = readReference(match);
        if (this.copies.has(name) || this.problems.some((problem) => problem.name === name)) continue;
        const copy = await this.#copyFile(name);
        if (copy !== undefined) this.copies.set(name, join(this.#files.directory, copy));
      }
  }

  /** The word with private copies instead of the files that it names. */
  replace(word: string): string {
    return word.replace(REFERENCE, (...match) => {
      const { lead, scheme, name } = readReference(match);
      return lead + scheme + (this.copies.get(name) ?? name);
    });
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
