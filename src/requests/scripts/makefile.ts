import type { Span } from "../../diagnostics/lines.ts";
import { embedDecoded } from "../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../documents/written.ts";
import { STAND_IN } from "../aws-cli/argument.ts";
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
  findScripts: (text) => findRecipes(text).map((lines) => readRecipe(text, lines)),
};

const DEFINE = /^ *(?:override +)?define\b/;
const RULE = /^[^\t#=;:]+::?(?!=)[^=;#]*;/;
const SHELL = /\$\(shell\s+/;

function findRecipes(text: string): ScriptLine[][] {
  const recipes: ScriptLine[][] = [];
  let recipe: ScriptLine[] | undefined;
  let isDefining = false;
  for (const line of splitLines(text)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 400));
    if (/^ *endef\b/.test(content)) isDefining = false;
    const start = line.start + (isDefining || content.startsWith("\t") ? 0 : findCommandStart(content));
    if (!recipe && start >= line.start) {
      recipe = [];
      recipes.push(recipe);
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

function readRecipe(text: string, lines: readonly ScriptLine[]): Script {
  const pieces = new DecodedTextBuilder(lines[0]!.start);
  for (const [index, { start, end, next }] of lines.entries()) {
    RECIPE_PREFIX.lastIndex = start;
    const before = index === 0 ? (RECIPE_PREFIX.exec(text)?.[0].length ?? 0) : text[start] === "\t" ? 1 : 0;
    expandReferences(pieces, text, { start: start + before, end: index === lines.length - 1 ? end : next });
  }
  return { shell: toShellText(embedDecoded(pieces)) };
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
    else pieces.add(STAND_IN.repeat(3), at, at + length);
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
