import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Ignore } from "ignore";
import ignore from "ignore";

/** The rules of one ignore file, and the path from its directory to the current directory of the walk. */
interface IgnoreRules {
  patterns: Ignore;
  prefix: string;
}

/**
 * What git ignores in one directory of a walk, see gitignore(5). Where several files have a matching rule,
 * the nearest one takes precedence.
 */
export class IgnoreStack {
  readonly #rules: readonly IgnoreRules[];
  /** Shared by all directories of a walk. */
  readonly #walk: { hasLeftOut: boolean };

  private constructor(rules: readonly IgnoreRules[], walk = { hasLeftOut: false }) {
    this.#rules = rules;
    this.#walk = walk;
  }

  /** Whether the walk has skipped anything. */
  get hasSkipped(): boolean {
    return this.#walk.hasLeftOut;
  }

  /**
   * The rules that apply at the start of a walk: those of the directories above, up to the repository's root.
   * There are none if `directory` itself is ignored: naming it explicitly asks for it to be walked.
   */
  static fromParents(directory: string): IgnoreStack {
    const start = resolve(directory);
    const above = listParentDirectories(start);
    const root = above[0];
    if (root === undefined) return new IgnoreStack([]);
    const files = [
      join(root, ".git", "info", "exclude"),
      ...above.map((folder) => join(folder, ".gitignore")),
    ];
    const rules = files.flatMap((file, index): IgnoreRules[] => {
      const folder = above[Math.max(0, index - 1)]!;
      const way = relative(folder, start).split(sep).join("/");
      return readIgnoreFile(file).map((patterns) => ({ patterns, prefix: way === "" ? "" : `${way}/` }));
    });
    const isIgnored = rules.some(({ patterns, prefix }) => prefix !== "" && patterns.ignores(prefix));
    return new IgnoreStack(isIgnored ? [] : rules);
  }

  /** Whether an entry of this directory is ignored. */
  ignores(name: string, kind: "directory" | "file"): boolean {
    for (const { patterns, prefix } of this.#rules.toReversed()) {
      const { ignored, unignored } = patterns.test(`${prefix}${name}${kind === "directory" ? "/" : ""}`);
      if (ignored) this.#walk.hasLeftOut = true;
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  /** The rules that apply in a subdirectory. */
  enterDirectory(name: string): IgnoreStack {
    if (this.#rules.length === 0) return this;
    return new IgnoreStack(
      this.#rules.map(({ patterns, prefix }) => ({ patterns, prefix: `${prefix}${name}/` })),
      this.#walk,
    );
  }

  /** Adds the rules of an ignore file in this directory. */
  addFile(file: string): IgnoreStack {
    const own = readIgnoreFile(file).map((patterns) => ({ patterns, prefix: "" }));
    return own.length === 0 ? this : new IgnoreStack([...this.#rules, ...own], this.#walk);
  }
}

/** The directories from the repository's root down to the parent of `start`; none outside a repository. */
function listParentDirectories(start: string): string[] {
  const above: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    if (folder !== start) above.unshift(folder);
    if (existsSync(join(folder, ".git"))) return folder === start ? [folder] : above;
    if (folder === dirname(folder)) return [];
  }
}

/** Skips patterns that could backtrack for very long; ordinary ignore rules are far simpler. */
const isSafePattern = (line: string): boolean => line.length <= 500 && (line.match(/\*/g)?.length ?? 0) <= 8;

function readIgnoreFile(file: string): Ignore[] {
  try {
    const lines = readFileSync(file, "utf8").split(/\r?\n/).filter(isSafePattern);
    // Git puts a file of nothing but comments into every repository: it ignores nothing.
    if (lines.every((line) => line === "" || line.startsWith("#"))) return [];
    return [ignore({ allowRelativePaths: true }).add(lines)];
  } catch {
    return [];
  }
}
