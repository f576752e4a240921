import type { Span } from "../../diagnostics/lines.ts";
import type { ParsedText } from "../../documents/document.ts";
import { Unknown } from "../../documents/document.ts";
import type { Embedded } from "../../documents/embedded.ts";
import { embeddedDocument } from "../../documents/embedded.ts";
import { parseJson } from "../../documents/json/json.ts";
import type { RequestFault } from "../request.ts";
import type { Argument } from "./argument.ts";
import { isUnknownText, STAND_IN } from "./argument.ts";
import { converted, scalar } from "./convert.ts";
import type { NamedFiles } from "./files.ts";
import { namesFile } from "./files.ts";
import type { Option } from "./options.ts";
import type { Placed } from "./placed.ts";
import { documentValue, listOf, structureOf, textValue, unknownAt } from "./placed.ts";
import type { Resolved, Shape, Shapes } from "./shape.ts";
import { isFault, parseShorthand } from "./shorthand.ts";

/** What is needed to read the values of options. */
export interface Reading {
  /** The text of the file that contains the command. */
  file: string;
  shapes: Shapes;
  files: NamedFiles;
  /** Loaded only if a command takes YAML. */
  parseYaml: ((text: string) => ParsedText) | undefined;
}

const COMPLEX = new Set(["structure", "map", "list"]);

/** Reads the values of options as the AWS CLI does, by the type of the member. */
export class ValueReader {
  readonly faults: RequestFault[] = [];
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** The member's value, as given by an option. */
  read(option: Option, given: readonly Argument[], place: Span): Placed {
    const [first, ...more] = given;
    const span = first ? { start: first.span.start, end: given.at(-1)!.span.end } : place;
    const resolved = this.#reading.shapes.resolve(option.shape);
    if (option.takes === "list" && given.some(({ words }) => words !== "one"))
      return this.#createUnknown(span);
    if (!first) return resolved.kind === "list" ? listOf([], span) : this.#createUnknown(span);
    if (more.length === 0 && namesFile(first.inside.text)) return this.#readFile(option, resolved, first);
    return option.takes === "list"
      ? this.#readList(option, resolved, given, span)
      : this.#readSingle(option.name, resolved, first.inside, first.span);
  }

  /** The members of `--cli-input-json` or `--cli-input-yaml`; undefined if they are not known. */
  input(option: Option, { inside, span }: Argument): Map<string, Placed> | undefined {
    const text = namesFile(inside.text) ? this.#reading.files(inside.text, span) : inside;
    if (!text) return undefined;
    const isYaml = option.name === "cli-input-yaml";
    const read = this.#readDocument(option.name, text, isYaml ? this.#reading.parseYaml : undefined);
    const { value, document } = read;
    if (value instanceof Unknown || !document) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#addFault(span, `\`--${option.name}\` holds no object`, "its members are those of the request");
      return undefined;
    }
    const members = Object.entries(value).map(([name, member]): [string, Placed] => [
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

  #readFile(option: Option, resolved: Resolved, { inside, span }: Argument): Placed {
    const text = inside.text.startsWith("fileb://") ? undefined : this.#reading.files(inside.text, span);
    if (!text || isUnknownText(text.text)) return this.#createUnknown(span);
    // If a list's file is not a JSON list, the AWS CLI parses its text like a value on the command line.
    if (option.takes === "list")
      return this.#readList(option, resolved, [{ inside: text, span, words: "one" }], span);
    return this.#readSingle(option.name, resolved, text, span);
  }

  #readList(option: Option, resolved: Resolved, given: readonly Argument[], span: Span): Placed {
    const [first, ...more] = given as [Argument, ...Argument[]];
    const start = first.inside.text.trimStart()[0];
    if (more.length === 0 && start === "[") return this.#readDocument(option.name, first.inside);
    const element = this.#reading.shapes.resolve(resolved.element);
    if (!COMPLEX.has(element.kind)) {
      return listOf(
        given.map((item) => this.#readScalar(element, item.inside, item.span)),
        span,
      );
    }
    const isJson = start === "[" || start === "{";
    if (option.isBareItems && !isJson)
      return listOf(
        given.map((item) => this.#readBareItem(element, item)),
        span,
      );
    return listOf(
      given.map(({ inside, span: place }) =>
        isJson
          ? this.#readJsonObject(option.name, inside, place)
          : this.#readShorthand(option.name, resolved.element, inside),
      ),
      span,
    );
  }

  #readSingle(name: string, resolved: Resolved, inside: Embedded, span: Span): Placed {
    const { kind, members } = resolved;
    if (kind === "document") return this.#readDocument(name, inside);
    if (kind !== "structure" && kind !== "map") return this.#readScalar(resolved, inside, span);
    if (/^\s*[[{]/.test(inside.text)) return this.#readJsonObject(name, inside, span);
    const [only, ...others] = Object.keys(members);
    // A structure whose only member is the text `Value` can be given as that text.
    if (only === "Value" && others.length === 0 && !inside.text.includes("=")) {
      const { kind: inner } = this.#reading.shapes.resolve(members.Value);
      if (inner === "text") return structureOf(new Map([["Value", this.#readText(inside, span)]]), span);
    }
    return this.#readShorthandAs(name, resolved, inside);
  }

  #readScalar(resolved: Resolved, inside: Embedded, span: Span): Placed {
    if (resolved.kind === "document") return this.#readDocument("", inside);
    return scalar(this.#readText(inside, span), resolved.kind);
  }

  #readText(inside: Embedded, span: Span): Placed {
    const { text } = inside;
    // The unknown value is named by its own text, without the quotes around it.
    if (isUnknownText(text))
      return { ...this.#createUnknown(inside.span({ start: 0, end: text.length })), span };
    return { value: text, span };
  }

  #readBareItem(element: Resolved, { inside, span }: Argument): Placed {
    const [name = ""] = Object.keys(element.members);
    return structureOf(new Map([[name, this.#readText(inside, span)]]), span);
  }

  #readShorthand(name: string, shape: Shape | undefined, inside: Embedded): Placed {
    return this.#readShorthandAs(name, this.#reading.shapes.resolve(shape), inside);
  }

  #readShorthandAs(name: string, resolved: Resolved, inside: Embedded): Placed {
    const { file, files, shapes } = this.#reading;
    const span = inside.span({ start: 0, end: inside.text.length });
    const read = parseShorthand(inside, file, (text, place) => {
      if (!namesFile(text)) return undefined;
      const named = files(text, place);
      return named ? textValue(named.text, place, file) : this.#createUnknown(place);
    });
    if (isFault(read)) {
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
    return converted(read, resolved, shapes, (at) =>
      this.#addFault(at, "shorthand can't say a value of any form", `give \`--${name}\` as JSON`),
    );
  }

  #readJsonObject(name: string, inside: Embedded, span: Span): Placed {
    if (!/^\s*\{/.test(inside.text)) {
      this.#addFault(span, `\`--${name}\` takes a JSON object here`, "put its members between `{` and `}`");
      return this.#createUnknown(span);
    }
    return this.#readDocument(name, inside);
  }

  /** Parses a value given as JSON or YAML. */
  #readDocument(name: string, inside: Embedded, parse?: (text: string) => ParsedText): Placed {
    const span = inside.span({ start: 0, end: inside.text.length });
    const isUnknown = isUnknownText(inside.text);
    const text = isUnknown ? withQuotes(inside.text) : inside.text;
    const { documents, faults } = embeddedDocument(rewritten(inside, text), parse ?? parseJson);
    if (!isUnknown) {
      for (const fault of faults) this.faults.push({ ...fault, message: `\`--${name}\`: ${fault.message}` });
      if (inside.text.trim() === "") this.#addFault(span, `\`--${name}\` is given no JSON`);
    }
    const [document] = documents;
    return document ? documentValue(document, inside, this.#reading.file) : this.#createUnknown(span);
  }

  #createUnknown(span: Span): Placed {
    return { value: unknownAt(span, this.#reading.file), span };
  }

  #addFault(span: Span, message: string, help?: string): void {
    this.faults.push({ code: "document/syntax", span, message, ...(help !== undefined && { help }) });
  }
}

/** A different text of the same length at the same positions. */
const rewritten = (inside: Embedded, text: string): Embedded => ({
  text,
  at: (offset) => inside.at(offset),
  span: (span) => inside.span(span),
});

/** `{"Count": $COUNT}`: an unknown value outside of strings becomes a string of the same length. */
function withQuotes(json: string): string {
  return json.replaceAll(/"(?:\\.|[^"\\])*"|\uE000+/gs, (found) =>
    found.startsWith(STAND_IN) ? `"${STAND_IN.repeat(Math.max(1, found.length - 2))}"` : found,
  );
}
