/** What a cell of a notebook is written in, where it isn't in the language of all cells. */
export interface CellKind {
  /** A language by one of its names, `shell`, `html`, or the name of a file that the cell is written to. */
  language: string;
  isFile?: true;
  /** Where the code begins. */
  from: number;
}

/** The first line of a cell that isn't a comment, where it says what runs the cell. */
const MAGIC =
  /^\s*(?:#(?!!)[^\n]*\n\s*)*(?:%%(!|\w+)|(%)(?=(?:sh|bash|scala|r|sql|md|js|javascript)[ \t]*\r?\n)(\w+)|#!(\w+))([^\n]*)/;

/** Magics that give the code to somebody else than the kernel. */
const RUN_BY: Readonly<Record<string, string>> = {
  javascript: "javascript",
  js: "javascript",
  node: "javascript",
  typescript: "typescript",
  html: "html",
  HTML: "html",
  svg: "html",
  bash: "shell",
  sh: "shell",
  zsh: "shell",
  shell: "shell",
  ruby: "ruby",
  perl: "perl",
  python: "python",
  python2: "python",
  python3: "python",
  pypy: "python",
  powershell: "powershell",
  pwsh: "powershell",
  cmd: "batch",
  csharp: "csharp",
  fsharp: "f#",
  scala: "scala",
  R: "r",
  r: "r",
};

/** Undefined for a cell of the notebook's own language. */
export function kindOfCell(text: string): CellKind | undefined {
  const [whole, magic, , line, polyglot, rest = ""] = MAGIC.exec(text) ?? [];
  const name = magic ?? line ?? polyglot;
  if (whole === undefined || name === undefined) return undefined;
  const from = whole.length;
  if (magic === "writefile" || magic === "file") {
    const file = /^[ \t]+(?:-a[ \t]+)?["']?([^\s"']+)/.exec(rest)?.[1];
    return file === undefined ? undefined : { language: file, isFile: true, from };
  }
  const program = /^[ \t]+(?:--\S+[ \t]+)*(?:\/(?:usr\/)?bin\/)?(?:env[ \t]+)?(\w+)/.exec(rest)?.[1];
  const runner = magic === "script" && program !== undefined ? program : name;
  const language = Object.hasOwn(RUN_BY, runner) ? RUN_BY[runner] : undefined;
  return language === undefined ? undefined : { language, from };
}
