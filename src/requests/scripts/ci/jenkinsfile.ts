import { embedDecoded } from "../../../documents/embedded.ts";
import { DecodedTextBuilder } from "../../../documents/written.ts";
import { UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import { toSiteDirectory } from "../../shell/site.ts";
import { createCheckout } from "../command-places.ts";
import type { Script, ScriptKind } from "../kind.ts";

/** The `sh` steps of Jenkins pipelines, each one script. */
export const jenkinsfileScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)Jenkinsfile[^/]*$|\.jenkinsfile$|(?:^|\/)vars\/[^/]+\.groovy$/i.test(path),
  findScripts: (text) => new GroovyReader(text).read(),
};

/** Steps that write files, or bring them from elsewhere. */
const FILE_STEP =
  /(?:checkout(?![ \t]*\(?[ \t]*scm\b)|copyArtifacts|dir|git|unarchive|unstash|untar|unzip|writeFile|writeJSON|writeYaml|ws)\b(?=[ \t]*[('"\w])/y;
/** The opening of a block whose steps run in another directory. */
const DIRECTORY_BLOCK = /(?<![\w.$])(?:dir|ws)[ \t]*\([ \t]*([^\n{}]{0,200}?)[ \t]*\)\s*$/;
const PLAIN_STRING = /^(?:path[ \t]*:[ \t]*)?(["'])([\w./ -]*)\1$/;

/** Text before a string that is the argument of `sh`: `sh '…'`, `sh(script: '…')`, `sh returnStdout: true, script: '…'`. */
const SH_CALL = /(?<![\w.$])sh[ \t]*\(?\s*(?:\w+[ \t]*:[ \t]*\w+[ \t]*,\s*){0,4}(?:script[ \t]*:[ \t]*)?$/;

/** All steps are taken to run in one workspace. */
const SESSION = "workspace";

/** How far before a string its call is searched. */
const MAX_CALL = 200;

const QUOTE = /'''|"""|'|"/y;
const SKIPPED = /\/\/[^\n]*|\/\*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "\n": "" };
/** `$name` and `$name.property` are Groovy's own. */
const NAME = /\$[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const PLUS = /\s*\+\s*/y;
/** What may be added to a string; anything else is passed over up to the next operator. */
const OPERAND = /[\w.$]+(?:\([^()\n]{0,200}\))?/y;

class GroovyReader {
  readonly #text: string;
  readonly #scripts: Script[] = [];
  /** Of each block around, the directory in which its steps run. */
  readonly #directories: (string | undefined)[] = ["."];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Script[] {
    while (this.#at < this.#text.length) {
      if (this.#skipComment() || this.#readFileStep()) continue;
      const quote = this.#match(QUOTE);
      if (quote !== undefined) this.#readString(quote);
      else this.#readBrace(this.#text[this.#at++]!);
    }
    return this.#scripts;
  }

  #readBrace(character: string): void {
    if (character === "}" && this.#directories.length > 1) this.#directories.pop();
    if (character !== "{") return;
    const before = this.#text.slice(Math.max(0, this.#at - 1 - MAX_CALL), this.#at - 1);
    const around = this.#directories.at(-1);
    const block = DIRECTORY_BLOCK.exec(before);
    const path = block && PLAIN_STRING.exec(block[1]!)?.[2];
    const inner = path && !path.startsWith("/") && around !== undefined ? `${around}/${path}` : undefined;
    this.#directories.push(block ? inner : around);
  }

  #readFileStep(): boolean {
    if (/[\w.$]/.test(this.#text[this.#at - 1] ?? "")) return false;
    const start = this.#at;
    const step = this.#match(FILE_STEP);
    if (step !== undefined && !/^(?:dir|ws)$/.test(step))
      this.#scripts.push({ ...createCheckout({ start, end: this.#at }), session: SESSION });
    return step !== undefined;
  }

  #skipComment(): boolean {
    const found = this.#match(SKIPPED);
    if (found === undefined) return false;
    if (found === "/*") {
      const end = this.#text.indexOf("*/", this.#at);
      this.#at = end < 0 ? this.#text.length : end + 2;
    }
    return true;
  }

  #readString(quote: string): void {
    const start = this.#at - quote.length;
    const isScript = SH_CALL.test(this.#text.slice(Math.max(0, start - MAX_CALL), start));
    const pieces = new DecodedTextBuilder(this.#at);
    this.#readContent(pieces, quote);
    if (!isScript) return;
    while (this.#match(PLUS) !== undefined) {
      const next = this.#match(QUOTE);
      const start = this.#at;
      if (next !== undefined) this.#readContent(pieces, next);
      else {
        this.#match(OPERAND);
        pieces.add(UNKNOWN_TEXT, start, this.#at);
      }
    }
    const directory = toSiteDirectory(this.#directories.at(-1) ?? null, "root");
    this.#scripts.push({
      shell: toShellText(embedDecoded(pieces)),
      directory: this.#directories.at(-1) === undefined ? "unknown" : directory,
      session: SESSION,
    });
  }

  /** Reads up to the closing quote; a string of one line also ends with the line. */
  #readContent(pieces: DecodedTextBuilder, quote: string): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const at = this.#at;
      if (text.startsWith(quote, at)) {
        this.#at += quote.length;
        return;
      }
      if (text[at] === "\n" && quote.length === 1) return;
      if (text[at] === "\\" && at + 1 < text.length) this.#readEscape(pieces);
      else if (text[at] === "$" && quote[0] === '"') this.#readExpression(pieces);
      else {
        pieces.copy(text, at, at + 1);
        this.#at++;
      }
    }
  }

  #readEscape(pieces: DecodedTextBuilder): void {
    const at = this.#at;
    const code = /^\\u+([\da-fA-F]{4})/.exec(this.#text.slice(at, at + 12));
    const length = code ? code[0].length : 2;
    const letter = this.#text[at + 1]!;
    const known = code ? String.fromCharCode(Number.parseInt(code[1]!, 16)) : (ESCAPES[letter] ?? letter);
    pieces.add(known, at, at + length);
    this.#at += length;
  }

  #readExpression(pieces: DecodedTextBuilder): void {
    const start = this.#at;
    if (this.#text[start + 1] === "{") this.#skipBraces();
    else this.#match(NAME);
    if (this.#at > start) pieces.add(UNKNOWN_TEXT, start, this.#at);
    else {
      pieces.copy(this.#text, start, start + 1);
      this.#at++;
    }
  }

  /** Skips `${…}` with the braces inside of it. */
  #skipBraces(): void {
    let depth = 0;
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === "{") depth++;
      else if (this.#text[this.#at] === "}" && --depth === 0) {
        this.#at++;
        return;
      }
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
