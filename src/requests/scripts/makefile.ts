import type { Span } from "../../diagnostics/lines.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { createArgument, UNKNOWN_TEXT } from "../aws-cli/argument.ts";
import { toShellText } from "../aws-cli/shell-text.ts";
import type { Script, ScriptKind } from "./kind.ts";
import type { ScriptLine } from "./lines.ts";
import { splitLines } from "./lines.ts";

/**
 * Recipes of a makefile. Each logical line after a tab is a script of its own, and so are the lines of a
 * `define`, a command after the `;` of a rule, and the argument of `$(shell …)`.
 */
export const makefileScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/.test(path),
  site: { group: "recipes" },
  findScripts: (text) => {
    const recipes = findRecipes(text);
    const parts = ONE_SHELL.test(text) ? joinRules(recipes) : recipes;
    return [...readTargets(text, recipes), ...parts.map((recipe) => readRecipe(text, recipe))];
  },
};

/** One logical line of a recipe, or a command that stands elsewhere. */
interface Recipe {
  lines: ScriptLine[];
  /** The number of the rule that it belongs to. */
  rule: number;
  /** Where the rule's targets stand. */
  header: Span | undefined;
}

/** With this target, one shell runs all lines of a recipe. */
const ONE_SHELL = /^\.ONESHELL[ \t]*:/m;
const HEADER = /^[^\s#=:][^#=:]*(?=::?(?!=))/;

const DEFINE = /^ *(?:override +)?define\b/;
const RULE = /^[^\t#=;:]+::?(?!=)[^=;#]*;/;
const SHELL = /\$\(shell\s+/;

function findRecipes(text: string): Recipe[] {
  const recipes: Recipe[] = [];
  let recipe: ScriptLine[] | undefined;
  let header: Span | undefined;
  let rule = 0;
  let isDefining = false;
  for (const line of splitLines(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 400));
    if (/^ *endef\b/.test(content)) isDefining = false;
    const targets = recipe ? undefined : HEADER.exec(content)?.[0];
    if (targets !== undefined) {
      rule++;
      header = { start: line.start, end: line.start + targets.length };
    }
    const start = line.start + (isDefining || content.startsWith("\t") ? 0 : findCommandStart(content));
    if (!recipe && start >= line.start) {
      recipe = [];
      recipes.push({ lines: recipe, rule, header });
    }
    recipe?.push({ ...line, start: Math.max(start, line.start) });
    if (!line.isContinued) recipe = undefined;
    isDefining ||= DEFINE.test(content);
  }
  return recipes;
}

/** Where a command begins in a line that is not a recipe; -1 if it contains none. */
function findCommandStart(line: string): number {
  const rule = RULE.exec(line);
  if (rule) return rule[0].length;
  const shell = SHELL.exec(line);
  return shell ? shell.index : -1;
}

/** Make removes `@`, `-` and `+` before a recipe, and a tab before each continuation line. */
const RECIPE_PREFIX = /[ \t]*[@+-]*/y;

/** The lines of each rule as one. */
function joinRules(recipes: readonly Recipe[]): Recipe[] {
  const joined: Recipe[] = [];
  for (const recipe of recipes) {
    const last = joined.at(-1);
    if (last?.rule === recipe.rule) last.lines.push(...recipe.lines);
    else joined.push({ ...recipe, lines: [...recipe.lines] });
  }
  return joined;
}

/** A rule with a recipe writes the files that its targets name. */
function readTargets(text: string, recipes: readonly Recipe[]): Script[] {
  const headers = new Map(recipes.map(({ header }) => [header?.start, header]));
  return [...headers.values()].flatMap((header) => {
    const names = header ? text.slice(header.start, header.end).replaceAll(REFERENCE, UNKNOWN_TEXT) : "";
    const targets = names.split(/\s+/).filter((name) => /[./%]/.test(name) && !name.startsWith(".PHONY"));
    return header && targets.length > 0
      ? [
          {
            words: ["touch", ...targets].map((name) => createArgument(name, { span: header })),
            session: "targets",
          },
        ]
      : [];
  });
}

const REFERENCE = /\$\([^()\s]*\)|\$\{[^{}\s]*\}|%/g;

function readRecipe(text: string, { lines, rule }: Recipe): Script {
  const pieces = new DecodedTextBuilder(lines[0]!.start);
  for (const [index, { start, end, next }] of lines.entries()) {
    RECIPE_PREFIX.lastIndex = start;
    const isFirst = index === 0 || !lines[index - 1]!.isContinued;
    const before = isFirst ? (RECIPE_PREFIX.exec(text)?.[0].length ?? 0) : text[start] === "\t" ? 1 : 0;
    expandReferences(pieces, text, { start: start + before, end: index === lines.length - 1 ? end : next });
  }
  return { shell: toShellText(embedDecoded(pieces)), session: `rule ${rule}` };
}

/** Depth of nested substitutions, which bounds the recursion. */
const MAX_EXPANSION_DEPTH = 10;

const SHELL_START = /^\$\(shell\s/;

/** `$(shell a $(B))` is read as the command substitution `$(a …)`. */
function expandShellCall(
  pieces: DecodedTextBuilder,
  text: string,
  { start, end }: Span,
  depth: number,
): void {
  pieces.copy(text, start, start + 2);
  expandReferences(pieces, text, { start: start + "$(shell".length, end: end - 1 }, depth + 1);
  pieces.copy(text, end - 1, end);
}

/** Expands `$` as make does: `$$` becomes `$`, and the value of `$(NAME)` is not known here. */
function expandReferences(pieces: DecodedTextBuilder, text: string, { start, end }: Span, depth = 0): void {
  let from = start;
  for (let at = text.indexOf("$", from); at >= 0 && at < end - 1; at = text.indexOf("$", from)) {
    pieces.copy(text, from, at);
    const length = text[at + 1] === "$" ? 2 : measureReference(text, at, end);
    if (text[at + 1] === "$") pieces.add("$", at, at + 2);
    else if (depth < MAX_EXPANSION_DEPTH && SHELL_START.test(text.slice(at, at + 8)))
      expandShellCall(pieces, text, { start: at, end: at + length }, depth);
    else pieces.add(UNKNOWN_TEXT, at, at + length);
    from = at + length;
  }
  pieces.copy(text, from, end);
}

/** The length of a reference: `$(a $(b))`, `${a}` or `$a`. */
function measureReference(text: string, at: number, end: number): number {
  const open = text[at + 1];
  const close = open === "(" ? ")" : open === "{" ? "}" : undefined;
  if (close === undefined) return 2;
  let depth = 0;
  for (let next = at + 1; next < end; next++) {
    if (text[next] === open) depth++;
    else if (text[next] === close && --depth === 0) return next + 1 - at;
  }
  return end - at;
}
