import type { Span } from "../../../diagnostics/lines.ts";
import type { ScriptLine } from "../../scripts/lines.ts";
import { splitLines } from "../../scripts/lines.ts";
import { languageCalled } from "../detect-language.ts";
import type { ProgramLanguage } from "../program-language.ts";

/** A block of code in a page. */
export interface Fence extends Span {
  /** None where the block says that it is in none that is known; `untold` where it says nothing. */
  language: ProgramLanguage | "untold" | "patch" | undefined;
}

/** A block that is open. */
interface Open extends Pick<Fence, "language" | "start"> {
  isEnd(line: string): boolean;
  /** The last line is part of what comes next. */
  isIndented?: true;
}

/** In AsciiDoc, a line of hyphens is no rule but the beginning of a block, whether or not a line before says so. */
const isAsciiDoc = (path: string): boolean => /\.(?:adoc|asciidoc|asc)$/i.test(path);

/** The blocks of code of a page of Markdown, AsciiDoc, reStructuredText and others, and the lines outside of them. */
export function fencesIn(path: string, text: string): { fences: Fence[]; outside: ScriptLine[] } {
  const fences: Fence[] = [];
  const outside: ScriptLine[] = [];
  let open: Open | undefined;
  /** The language that AsciiDoc's `[source,python]` names for the block in the next line. */
  const untold = isAsciiDoc(path) ? "" : undefined;
  let source = untold;
  for (const line of splitLines(text)) {
    const head = text.slice(line.start, Math.min(line.end, line.start + 300));
    if (open) {
      if (!open.isEnd(head)) continue;
      const { start, language, isIndented } = open;
      fences.push({ start, end: line.start, language });
      open = undefined;
      if (!isIndented) continue;
    }
    open = openedBy(head, line.next, source);
    source = /^\[(?:source)?(?:%\w+)*, *([\w#+-]+)/.exec(head)?.[1] ?? untold;
    if (!open) outside.push(line);
  }
  if (open) fences.push({ start: open.start, end: text.length, language: open.language });
  return { fences, outside };
}

/** Names of languages that say nothing of what a block holds. */
const UNTOLD = /^(?:|text|txt|plain|plaintext|none|code)$/i;

const PATCH = /^(?:u?diff|patch)(?:-\w+)?$/i;

const languageTold = (name: string): Fence["language"] =>
  UNTOLD.test(name) ? "untold" : PATCH.test(name) ? "patch" : languageCalled(name);

const MARKDOWN = /^[ \t>*+\d.-]{0,40}?(`{3,60}|~{3,60})[ \t]*\{?\.?([\w#+-]*)/;
/** MyST names a directive, and then the language. */
const DIRECTIVE_FENCE = /\{(?:code-cell|code-block|code|sourcecode)\}[ \t]*([\w#+-]*)/;
const RST = /^([ \t]*)\.\. +(code-block|code|sourcecode|ipython|doctest|testcode)::[ \t]*([\w#+-]*)/;
const ADOC = /^-{4,}\s*$/;

/** Blocks between two lines of their own: of Jekyll, Org and LaTeX. */
const ENVIRONMENTS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^[ \t]*\{%-? *highlight +([\w#+-]+)/, /\{%-? *endhighlight\b/],
  [/^[ \t]*#\+begin_(?:src|example)(?: +([\w#+-]+))?/i, /^[ \t]*#\+end_(?:src|example)/i],
  [
    /^[ \t]*\\begin\{(?:minted|lstlisting|verbatim)\}(?:\[[^\]]{0,200}?language=)?[[{]?([\w#+-]+)?/,
    /\\end\{(?:minted|lstlisting|verbatim)\}/,
  ],
];

function openedBy(line: string, start: number, source: string | undefined): Open | undefined {
  const [, mark, name = ""] = MARKDOWN.exec(line) ?? [];
  if (mark !== undefined) {
    const end = new RegExp(`^[ \\t>]*${mark}${mark[0]}*\\s*$`);
    const told = DIRECTIVE_FENCE.exec(line)?.[1] ?? name;
    return { language: languageTold(told), start, isEnd: (each) => end.test(each) };
  }
  if (source !== undefined && ADOC.test(line))
    return { language: languageTold(source), start, isEnd: (each) => ADOC.test(each) };
  for (const [begin, end] of ENVIRONMENTS) {
    const found = begin.exec(line);
    if (found) return { language: languageTold(found[1] ?? ""), start, isEnd: (each) => end.test(each) };
  }
  const [, indent, directive = "", code = ""] = RST.exec(line) ?? [];
  if (indent === undefined) return undefined;
  const isEnd = (each: string): boolean =>
    /\S/.test(each) && !(each.startsWith(indent) && /^\s/.test(each.slice(indent.length)));
  const language = /^(?:ipython|doctest|testcode)$/.test(directive) ? "python" : code;
  return { language: languageTold(language), start, isEnd, isIndented: true };
}
