import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Ignore } from "ignore";
import ignore from "ignore";

/** The rules of a `.gitignore`, and the way from its directory to the one that the walk is in. */
interface Rules {
  patterns: Ignore;
  prefix: string;
}

/** What git ignores in one directory of a walk (gitignore(5)): of several files of rules, the nearest decides. */
export class Ignored {
  readonly #rules: readonly Rules[];
  /** Shared by all directories of a walk. */
  readonly #walk: { hasLeftOut: boolean };

  private constructor(rules: readonly Rules[], walk = { hasLeftOut: false }) {
    this.#rules = rules;
    this.#walk = walk;
  }

  /** Was anything of the walk ignored? */
  get hasLeftOut(): boolean {
    return this.#walk.hasLeftOut;
  }

  /**
   * The rules that hold where a walk begins: of the directories above, up to the root of the repository. Whoever names
   * a directory that is ignored itself wants it to be walked.
   */
  static above(directory: string): Ignored {
    const start = resolve(directory);
    const above = directoriesAbove(start);
    const root = above[0];
    if (root === undefined) return new Ignored([]);
    const files = [
      join(root, ".git", "info", "exclude"),
      ...above.map((folder) => join(folder, ".gitignore")),
    ];
    const rules = files.flatMap((file, index): Rules[] => {
      const folder = above[Math.max(0, index - 1)]!;
      const way = relative(folder, start).split(sep).join("/");
      return rulesOf(file).map((patterns) => ({ patterns, prefix: way === "" ? "" : `${way}/` }));
    });
    const isIgnored = rules.some(({ patterns, prefix }) => prefix !== "" && patterns.ignores(prefix));
    return new Ignored(isIgnored ? [] : rules);
  }

  /** Is an entry of this directory ignored? */
  has(name: string, kind: "directory" | "file"): boolean {
    for (const { patterns, prefix } of this.#rules.toReversed()) {
      const { ignored, unignored } = patterns.test(`${prefix}${name}${kind === "directory" ? "/" : ""}`);
      if (ignored) this.#walk.hasLeftOut = true;
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** The rules that hold in a directory inside this one. */
  inside(name: string): Ignored {
    if (this.#rules.length === 0) return this;
    return new Ignored(
      this.#rules.map(({ patterns, prefix }) => ({ patterns, prefix: `${prefix}${name}/` })),
      this.#walk,
    );
  }

  /** With the rules of a file in this directory. */
  with(file: string): Ignored {
    const own = rulesOf(file).map((patterns) => ({ patterns, prefix: "" }));
    return own.length === 0 ? this : new Ignored([...this.#rules, ...own], this.#walk);
  }
}

/** From the root of the repository down to the directory that holds this one; none outside of a repository. */
function directoriesAbove(start: string): string[] {
  const above: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    if (folder !== start) above.unshift(folder);
    if (existsSync(join(folder, ".git"))) return folder === start ? [folder] : above;
    if (folder === dirname(folder)) return [];
  }
}

/** Patterns that could take for ever on a long name are not git's usual ones: they are left out. */
const isQuick = (line: string): boolean => line.length <= 500 && (line.match(/\*/g)?.length ?? 0) <= 8;

function rulesOf(file: string): Ignore[] {
  try {
    const lines = readFileSync(file, "utf8").split(/\r?\n/).filter(isQuick);
    // Git puts such a file of comments into every repository: then nothing needs to be asked of it.
    if (lines.every((line) => line === "" || line.startsWith("#"))) return [];
    return [ignore({ allowRelativePaths: true }).add(lines)];
  } catch {
    return [];
  }
}
