// Locates values and syntax errors in JSON text. JSON.parse is fast but reports no positions, so this runs
// only when there is an error to report.

import type { Position } from "../page/lines.ts";

export type JsonPath = readonly string[];

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|([^\s{}[\],:"]+))/y;
const WORD = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * The position of the value at `path`, or of its innermost existing ancestor; without a path, of the syntax
 * error.
 */
export function locateInJson(text: string, path: JsonPath | undefined): Position {
  const scan = new JsonScanner(text, path);
  return positionAt(text, scan.run());
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

type Level = { close: "}" | "]"; key: string; index: number };

/** Walks the tokens. `expect` says which tokens may come next. */
class JsonScanner {
  readonly text: string;
  readonly path: JsonPath | undefined;
  readonly levels: Level[] = [];
  /** How many of the outermost levels match the path. */
  matched = 0;
  found = 0;
  expect: "value" | "key" | "key or end" | "value or end" | "colon" | "next" | "end" = "value";

  constructor(text: string, path: JsonPath | undefined) {
    this.text = text;
    this.path = path;
  }

  /** The offset of the value or of the syntax error. */
  run(): number {
    TOKEN.lastIndex = 0;
    for (;;) {
      const start = TOKEN.lastIndex;
      const match = TOKEN.exec(this.text);
      if (!match) return this.path ? this.found : start + countSpace(this.text, start);
      const at = TOKEN.lastIndex - (match[1] ?? match[2] ?? match[3] ?? "").length;
      const done = this.takeToken(match[1], match[2], match[3], at);
      if (done === "damaged") return this.path ? this.found : at;
      if (done === "found") return this.found;
    }
  }

  takeToken(mark: string | undefined, string: string | undefined, word: string | undefined, at: number) {
    const level = this.levels.at(-1);
    if (this.expect.startsWith("key") && string !== undefined) {
      level!.key = unquote(string);
      this.expect = "colon";
    } else if (this.expect === "colon" && mark === ":") this.expect = "value";
    else if (this.expect === "next" && mark === ",") {
      level!.index++;
      this.expect = level!.close === "}" ? "key" : "value";
    } else if (level && mark === level.close && /end|next/.test(this.expect)) return this.closeLevel();
    else if (this.expect.startsWith("value")) return this.takeValue(mark, string ?? word, at);
    else return "damaged";
    return undefined;
  }

  takeValue(mark: string | undefined, scalar: string | undefined, at: number) {
    if (scalar !== undefined && !scalar.startsWith('"') && !WORD.test(scalar)) return "damaged";
    if (scalar === undefined && mark !== "{" && mark !== "[") return "damaged";
    if (this.path && this.reaches(at)) return "found";
    if (mark === "{" || mark === "[") {
      this.levels.push({ close: mark === "{" ? "}" : "]", key: "", index: 0 });
      this.expect = mark === "{" ? "key or end" : "value or end";
    } else this.endValue();
    return undefined;
  }

  /** Whether the value that begins here is the one at the path. */
  reaches(at: number): boolean {
    const depth = this.levels.length;
    if (depth > this.path!.length || this.matched < depth - 1) return false;
    const level = this.levels.at(-1);
    const part = level && (level.close === "}" ? level.key : String(level.index));
    if (depth > 0 && part !== this.path![depth - 1]) return false;
    this.matched = depth;
    this.found = at;
    return depth === this.path!.length;
  }

  closeLevel() {
    this.levels.pop();
    // The container on the path ends here without the path's next part, so the rest of the path doesn't
    // exist.
    if (this.path && this.matched > this.levels.length) return "found";
    this.endValue();
    return undefined;
  }

  endValue(): void {
    this.expect = this.levels.length > 0 ? "next" : "end";
  }
}

const countSpace = (text: string, start: number) => /^\s*/.exec(text.slice(start, start + 1000))![0].length;

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}
