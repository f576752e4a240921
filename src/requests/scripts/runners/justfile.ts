import { embedDecoded, embedSlice } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";
import { SHEBANG } from "../../../files/file-kinds.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import type { ScriptSite } from "../../shell/site.ts";
import { toSiteDirectory } from "../../shell/site.ts";
import type { Script, ScriptKind } from "../kind.ts";
import type { ScriptLine } from "../lines.ts";
import { splitLines } from "../lines.ts";
import { getLineHead } from "../pages/code-block.ts";

/** Recipes of just: each line is run by a shell of its own, and a recipe with a `#!` line as a whole. */
export const justfileScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)\.?justfile$|\.just$/i.test(path),
  findScripts: (text) => {
    if (OTHER_SHELL.test(text)) return [];
    const site = locateRecipes(text);
    return findRecipes(text).flatMap((lines, index) =>
      readRecipe(text, lines).map((script) => ({ ...script, ...site, session: `${index}` })),
    );
  },
};

/** Recipes run in the file's directory, unless a setting or an attribute says otherwise. */
function locateRecipes(text: string): ScriptSite {
  const set = /^set[ \t]+working-directory[ \t]*:=[ \t]*["']([^"'\n]*)["'][ \t]*$/m.exec(text);
  const isMoved = /^\[[^\]\n]*\b(?:no-cd|working-directory)\b/m.test(text);
  return { directory: isMoved ? "unknown" : toSiteDirectory(set?.[1], "file"), group: "recipes" };
}

/** `set shell := ["powershell.exe", …]` */
const OTHER_SHELL = /^set[ \t]+shell[ \t]*:=[ \t]*\["(?!(?:[^"\n]*\/)?(?:ba|z|da|k)?sh")/m;
const HEADER = /^@?[A-Za-z_][^\n]*?:(?!=)/;
/** A command in an assignment: `` NAME := `command` ``. */
const BACKQUOTED = /^[\w-]+[ \t]*:=[^`\n]*`([^`\n]*)`/;

function findRecipes(text: string): ScriptLine[][] {
  const recipes: ScriptLine[][] = [];
  let recipe: ScriptLine[] | undefined;
  for (const line of splitLines(text)) {
    const head = getLineHead(text, line);
    if (recipe && (/^[ \t]/.test(head) || line.start === line.end)) recipe.push(line);
    else {
      recipe = HEADER.test(head) ? [] : undefined;
      if (recipe) recipes.push(recipe);
      else if (BACKQUOTED.test(head)) recipes.push([cutBackquoted(text, line)]);
    }
  }
  return recipes;
}

function cutBackquoted(text: string, line: ScriptLine): ScriptLine {
  const start = text.indexOf("`", line.start) + 1;
  const end = text.indexOf("`", start);
  return { start, end, next: end, isContinued: false };
}

function readRecipe(text: string, lines: readonly ScriptLine[]): Script[] {
  const first = lines.find(({ start, end }) => end > start);
  if (!first) return [];
  const opening = text.slice(first.start, first.end).trimStart();
  if (opening.startsWith("#!")) {
    if (!SHEBANG.test(opening)) return [];
    const whole = embedSlice(text, { start: first.start, end: lines.at(-1)!.next });
    return [{ shell: toShellText(whole) }];
  }
  return joinContinued(lines).map((some) => ({ shell: readCommand(text, some) }));
}

function joinContinued(lines: readonly ScriptLine[]): ScriptLine[][] {
  const commands: ScriptLine[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (isOpen) commands.at(-1)!.push(line);
    else commands.push([line]);
    isOpen = line.isContinued;
  }
  return commands;
}

/** just removes `@` and `-` before a command. */
const PREFIX = /[ \t]*[@-]*/y;

function readCommand(text: string, lines: readonly ScriptLine[]) {
  const [first] = lines as [ScriptLine, ...ScriptLine[]];
  PREFIX.lastIndex = first.start;
  PREFIX.test(text);
  const pieces = new DecodedTextBuilder(first.start);
  pieces.copy(text, Math.min(PREFIX.lastIndex, first.next), lines.at(-1)!.next);
  return toShellText(embedDecoded(pieces));
}
