import type { Span } from "../../diagnostics/lines.ts";
import { quoted } from "../../diagnostics/text.ts";
import type { ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import { parseEmbedded, replaceText, sliceText } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import { OpenList } from "../../documents/partial.ts";
import type { RequestFault } from "../request.ts";
import type { Argument } from "./argument.ts";
import { isUnknownText } from "./argument.ts";
import { convertScalar, convertShorthand } from "./convert.ts";
import type { FileResolver } from "./file-references.ts";
import { isFileReference } from "./file-references.ts";
import type { LocatedValue } from "./located-value.ts";
import {
  BARE_STAND_IN,
  createList,
  createStructure,
  createTextValue,
  createUnknown,
  valueFromDocument,
} from "./located-value.ts";
import type { CliOption } from "./options.ts";
import type { RequestShape, ResolvedShape, ShapeResolver } from "./shape.ts";
import type { ReadReferencedFile } from "./shorthand.ts";
import { isShorthandFault, parseShorthand } from "./shorthand.ts";

/** What is needed to read the values of options. */
export interface ValueContext {
  /** The text of the file that contains the command. */
  file: string;
  shapes: ShapeResolver;
  files: FileResolver;
  /** Loaded only if a command takes YAML. */
  parseYaml: ((text: string) => ParsedText) | undefined;
}

const COMPLEX_KINDS = new Set(["structure", "map", "list"]);

/** `"$(cat NAME)"` and `"$(< NAME)"`, which a shell replaces by the text without its last line breaks. */
const PRINTED_FILE = /^"\$\((?:cat[ \t]+|<[ \t]*)(["']?)(?!-)([\w./@+-]+)\1[ \t]*\)"$/;
const LAST_BREAKS = /(?<!\n)\n+$/;

/** Reads the values of options as the AWS CLI does, by the type of the member. */
export class ValueReader {
  readonly faults: RequestFault[] = [];
  readonly #reading: ValueContext;

  constructor(reading: ValueContext) {
    this.#reading = reading;
  }

  /** The member's value, as given by an option. */
  read(option: CliOption, words: readonly Argument[], place: Span): LocatedValue {
    const given = words.map((word) => this.#replacePrintedFile(word));
    const [first, ...more] = given;
    const span = first ? { start: first.span.start, end: given.at(-1)!.span.end } : place;
    const resolved = this.#reading.shapes.resolve(option.shape);
    if (option.arity === "list" && given.some(({ words }) => words !== "one"))
      return this.#readOpenList(resolved, given, span);
    if (!first) return resolved.kind === "list" ? createList([], span) : this.#createUnknown(span);
    if (option.isStream) return this.#createUnknown(span);
    if (more.length === 0 && isFileReference(first.inside.text))
      return this.#readFile(option, resolved, first);
    return option.arity === "list"
      ? this.#readList(option, resolved, given, span)
      : this.#readSingle(option.name, resolved, first.inside, first.span);
  }

  /** The members of `--cli-input-json` or `--cli-input-yaml`; undefined if they are not known. */
  readInput(option: CliOption, word: Argument): Map<string, LocatedValue> | undefined {
    const { inside, span } = this.#replacePrintedFile(word);
    const text = isFileReference(inside.text) ? this.#reading.files(inside.text, span) : inside;
    if (!text) return undefined;
    const isYaml = option.name === "cli-input-yaml";
    const read = this.#readDocument(option.name, text, isYaml ? this.#reading.parseYaml : undefined);
    const { value, document } = read;
    if (value instanceof Unknown || !document) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#addFault(span, `\`--${option.name}\` holds no object`, "its members are those of the request");
      return undefined;
    }
    const members = Object.entries(value).map(([name, member]): [string, LocatedValue] => [
      name,
      {
        value: member,
        span: document.span([name], "value"),
        key: document.span([name], "key"),
        document: { value: member, span: (path, at) => document.span([name, ...path], at) },
      },
    ]);
    return new Map(members);
  }

  /** A word that a command prints, with the text of the file where it is known. */
  #replacePrintedFile(word: Argument): Argument {
    const name = PRINTED_FILE.exec(word.written ?? "")?.[2];
    const text = name === undefined ? undefined : this.#reading.files(name, word.span);
    if (!text) return word;
    return { ...word, inside: sliceText(text, 0, text.text.replace(LAST_BREAKS, "").length) };
  }

  #readFile(option: CliOption, resolved: ResolvedShape, { inside, span }: Argument): LocatedValue {
    const text = inside.text.startsWith("fileb://") ? undefined : this.#reading.files(inside.text, span);
    if (!text || isUnknownText(text.text)) return this.#createUnknown(span);
    // If a list's file is not a JSON list, the AWS CLI parses its text like a value on the command line.
    if (option.arity === "list" && this.#isTakenApart(resolved, text.text)) {
      const message = `\`--${option.name}\`: the AWS CLI takes each character of this file for a value of its own`;
      this.#addFault(span, message, 'write the values into it as a JSON list: `["…"]`');
      return this.#createUnknown(span);
    }
    if (option.arity === "list")
      return this.#readList(option, resolved, [{ inside: text, span, words: "one" }], span);
    return this.#readSingle(option.name, resolved, text, span);
  }

  /** A text that is no JSON list, where a list of plain values is expected: it is gone through as if it were one. */
  #isTakenApart(resolved: ResolvedShape, text: string): boolean {
    const { kind } = this.#reading.shapes.resolve(resolved.element);
    return !COMPLEX_KINDS.has(kind) && text.length > 1 && text.trimStart()[0] !== "[";
  }

  #readList(
    option: CliOption,
    resolved: ResolvedShape,
    given: readonly Argument[],
    span: Span,
  ): LocatedValue {
    const [first, ...more] = given as [Argument, ...Argument[]];
    const start = first.inside.text.trimStart()[0];
    if (more.length === 0 && start === "[") return this.#readDocument(option.name, first.inside);
    const element = this.#reading.shapes.resolve(resolved.element);
    if (!COMPLEX_KINDS.has(element.kind)) {
      return createList(
        given.map((item) => this.#readScalar(element, item.inside, item.span)),
        span,
      );
    }
    const isJson = start === "[" || start === "{";
    if (option.isBareItems && !isJson)
      return createList(
        given.map((item) => this.#readBareItem(element, item)),
        span,
      );
    return createList(
      given.map(({ inside, span: place }) =>
        isJson
          ? this.#readJsonObject(option.name, inside, place)
          : this.#readShorthand(option.name, resolved.element, inside),
      ),
      span,
    );
  }

  /** Words that may be none or several: of each, only how the first of them begins is known. */
  #readOpenList(resolved: ResolvedShape, given: readonly Argument[], span: Span): LocatedValue {
    const element = this.#reading.shapes.resolve(resolved.element);
    const mayBeWhole = given.some(({ inside: { text } }) => /^\s*[[{]/.test(text) || isFileReference(text));
    if (COMPLEX_KINDS.has(element.kind) || mayBeWhole) return this.#createUnknown(span);
    const items = given
      .map((word) => (word.words === "one" ? word.inside : sliceToHole(word.inside)))
      .flatMap((inside, index) => (inside ? [this.#readScalar(element, inside, given[index]!.span)] : []));
    const { source } = createUnknown(span, this.#reading.file);
    return {
      value: new OpenList(
        source,
        items.map(({ value }) => value),
      ),
      span,
      items,
    };
  }

  #readSingle(name: string, resolved: ResolvedShape, inside: EmbeddedText, span: Span): LocatedValue {
    const { kind, members } = resolved;
    if (kind === "document") return this.#readDocument(name, inside);
    if (kind !== "structure" && kind !== "map") return this.#readScalar(resolved, inside, span);
    if (/^\s*[[{]/.test(inside.text)) return this.#readJsonObject(name, inside, span);
    const [only, ...others] = Object.keys(members);
    // A structure whose only member is the text `Value` can be given as that text.
    if (only === "Value" && others.length === 0 && !inside.text.includes("=")) {
      const { kind: inner } = this.#reading.shapes.resolve(members.Value);
      if (inner === "text") return createStructure(new Map([["Value", this.#readText(inside, span)]]), span);
    }
    return this.#readShorthandAs(name, resolved, inside);
  }

  #readScalar(resolved: ResolvedShape, inside: EmbeddedText, span: Span): LocatedValue {
    if (resolved.kind === "document") return this.#readDocument("", inside);
    return convertScalar(this.#readText(inside, span), resolved.kind);
  }

  #readText(inside: EmbeddedText, span: Span): LocatedValue {
    return createTextValue(inside.text, inside, span, this.#reading.file);
  }

  #readBareItem(element: ResolvedShape, { inside, span }: Argument): LocatedValue {
    const [name = ""] = Object.keys(element.members);
    return createStructure(new Map([[name, this.#readText(inside, span)]]), span);
  }

  #readShorthand(name: string, shape: RequestShape | undefined, inside: EmbeddedText): LocatedValue {
    return this.#readShorthandAs(name, this.#reading.shapes.resolve(shape), inside);
  }

  #warnOfDropped(name: string, dropped: string, span: Span): void {
    const what = dropped.trim() === "" ? "a comma too many" : `${quoted(dropped)} behind a comma`;
    const message = `\`--${name}\`: the AWS CLI silently drops ${what}`;
    const help = "remove it, or quote a value that holds commas";
    this.faults.push({ code: "document/syntax", severity: "warning", span, message, help });
  }

  #readShorthandAs(name: string, resolved: ResolvedShape, inside: EmbeddedText): LocatedValue {
    const { file, files, shapes } = this.#reading;
    const span = inside.span({ start: 0, end: inside.text.length });
    const readFile: ReadReferencedFile = (text, place) => {
      if (!isFileReference(text)) return undefined;
      const named = files(text, place);
      return named ? createTextValue(named.text, named, place, file) : this.#createUnknown(place);
    };
    const dropped: (() => void)[] = [];
    const read = parseShorthand(inside, file, readFile, (text, place) =>
      dropped.push(() => this.#warnOfDropped(name, text, place)),
    );
    if (isShorthandFault(read)) {
      // The value of a variable may make it valid.
      if (!isUnknownText(inside.text)) {
        this.#addFault(
          read.span,
          `\`--${name}\`: ${read.message}`,
          read.help ?? "write it as shorthand or as JSON",
        );
      }
      return this.#createUnknown(span);
    }
    for (const warn of dropped) warn();
    return convertShorthand(read, resolved, shapes, (at) =>
      this.#addFault(at, "shorthand can't say a value of any form", `give \`--${name}\` as JSON`),
    );
  }

  #readJsonObject(name: string, inside: EmbeddedText, span: Span): LocatedValue {
    if (!/^\s*\{/.test(inside.text)) {
      this.#addFault(span, `\`--${name}\` takes a JSON object here`, "put its members between `{` and `}`");
      return this.#createUnknown(span);
    }
    return this.#readDocument(name, inside);
  }

  /** Parses a value given as JSON or YAML. */
  #readDocument(name: string, inside: EmbeddedText, parse?: (text: string) => ParsedText): LocatedValue {
    const span = inside.span({ start: 0, end: inside.text.length });
    const isUnknown = isUnknownText(inside.text);
    const text = isUnknown ? quoteUnknowns(inside.text) : inside.text;
    const { documents, faults } = parseEmbedded(replaceText(inside, text), parse ?? parseJson);
    if (!isUnknown) {
      for (const fault of faults) this.faults.push({ ...fault, message: `\`--${name}\`: ${fault.message}` });
      if (inside.text.trim() === "") this.#addFault(span, `\`--${name}\` is given no JSON`);
    }
    const [document] = documents;
    return document ? valueFromDocument(document, inside, this.#reading.file) : this.#createUnknown(span);
  }

  #createUnknown(span: Span): LocatedValue {
    return { value: createUnknown(span, this.#reading.file), span };
  }

  #addFault(span: Span, message: string, help?: string): void {
    this.faults.push({ code: "document/syntax", span, message, ...(help !== undefined && { help }) });
  }
}

/** The text up to its first hole; undefined if it begins with that. */
function sliceToHole(inside: EmbeddedText): EmbeddedText | undefined {
  const { 0: known = "", length } = /^[^\uE000\uE001]+[\uE000\uE001]*/.exec(inside.text) ?? {};
  return length === undefined ? undefined : sliceText(inside, 0, known.length);
}

/** `{"Count": $COUNT}`: an unknown value outside of strings becomes a string of the same length. */
function quoteUnknowns(json: string): string {
  return json.replaceAll(/"(?:\\.|[^"\\])*(?:"|$)|[\uE000\uE001]+/gs, (found) =>
    isUnknownText(found.charAt(0)) ? `"${BARE_STAND_IN.repeat(Math.max(1, found.length - 2))}"` : found,
  );
}
