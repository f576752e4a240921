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
    if (option.takes === "list" && given.some(({ words }) => words !== "one")) return this.#unknown(span);
    if (!first) return resolved.kind === "list" ? listOf([], span) : this.#unknown(span);
    if (more.length === 0 && namesFile(first.inside.text)) return this.#ofFile(option, resolved, first);
    return option.takes === "list"
      ? this.#list(option, resolved, given, span)
      : this.#single(option.name, resolved, first.inside, first.span);
  }

  /** The members of `--cli-input-json` or `--cli-input-yaml`; undefined if they are not known. */
  input(option: Option, { inside, span }: Argument): Map<string, Placed> | undefined {
    const text = namesFile(inside.text) ? this.#reading.files(inside.text, span) : inside;
    if (!text) return undefined;
    const isYaml = option.name === "cli-input-yaml";
    const read = this.#document(option.name, text, isYaml ? this.#reading.parseYaml : undefined);
    const { value, document } = read;
    if (value instanceof Unknown || !document) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#fault(span, `\`--${option.name}\` holds no object`, "its members are those of the request");
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

  #ofFile(option: Option, resolved: Resolved, { inside, span }: Argument): Placed {
    const text = inside.text.startsWith("fileb://") ? undefined : this.#reading.files(inside.text, span);
    if (!text || isUnknownText(text.text)) return this.#unknown(span);
    // If a list's file is not a JSON list, the AWS CLI parses its text like a value on the command line.
    if (option.takes === "list")
      return this.#list(option, resolved, [{ inside: text, span, words: "one" }], span);
    return this.#single(option.name, resolved, text, span);
  }

  #list(option: Option, resolved: Resolved, given: readonly Argument[], span: Span): Placed {
    const [first, ...more] = given as [Argument, ...Argument[]];
    const start = first.inside.text.trimStart()[0];
    if (more.length === 0 && start === "[") return this.#document(option.name, first.inside);
    const element = this.#reading.shapes.resolve(resolved.element);
    if (!COMPLEX.has(element.kind)) {
      return listOf(
        given.map((item) => this.#scalar(element, item.inside, item.span)),
        span,
      );
    }
    const isJson = start === "[" || start === "{";
    if (option.isBareItems && !isJson)
      return listOf(
        given.map((item) => this.#bareItem(element, item)),
        span,
      );
    return listOf(
      given.map(({ inside, span: place }) =>
        isJson
          ? this.#jsonObject(option.name, inside, place)
          : this.#shorthand(option.name, resolved.element, inside),
      ),
      span,
    );
  }

  #single(name: string, resolved: Resolved, inside: Embedded, span: Span): Placed {
    const { kind, members } = resolved;
    if (kind === "document") return this.#document(name, inside);
    if (kind !== "structure" && kind !== "map") return this.#scalar(resolved, inside, span);
    if (/^\s*[[{]/.test(inside.text)) return this.#jsonObject(name, inside, span);
    const [only, ...others] = Object.keys(members);
    // A structure whose only member is the text `Value` can be given as that text.
    if (only === "Value" && others.length === 0 && !inside.text.includes("=")) {
      const { kind: inner } = this.#reading.shapes.resolve(members.Value);
      if (inner === "text") return structureOf(new Map([["Value", this.#text(inside, span)]]), span);
    }
    return this.#shorthandOf(name, resolved, inside);
  }

  #scalar(resolved: Resolved, inside: Embedded, span: Span): Placed {
    if (resolved.kind === "document") return this.#document("", inside);
    return scalar(this.#text(inside, span), resolved.kind);
  }

  #text(inside: Embedded, span: Span): Placed {
    const { text } = inside;
    // The unknown value is named by its own text, without the quotes around it.
    if (isUnknownText(text)) return { ...this.#unknown(inside.span({ start: 0, end: text.length })), span };
    return { value: text, span };
  }

  #bareItem(element: Resolved, { inside, span }: Argument): Placed {
    const [name = ""] = Object.keys(element.members);
    return structureOf(new Map([[name, this.#text(inside, span)]]), span);
  }

  #shorthand(name: string, shape: Shape | undefined, inside: Embedded): Placed {
    return this.#shorthandOf(name, this.#reading.shapes.resolve(shape), inside);
  }

  #shorthandOf(name: string, resolved: Resolved, inside: Embedded): Placed {
    const { file, files, shapes } = this.#reading;
    const span = inside.span({ start: 0, end: inside.text.length });
    const read = parseShorthand(inside, file, (text, place) => {
      if (!namesFile(text)) return undefined;
      const named = files(text, place);
      return named ? textValue(named.text, place, file) : this.#unknown(place);
    });
    if (isFault(read)) {
      // The value of a variable may make it valid.
      if (!isUnknownText(inside.text)) {
        this.#fault(
          read.span,
          `\`--${name}\`: ${read.message}`,
          read.help ?? "write it as shorthand or as JSON",
        );
      }
      return this.#unknown(span);
    }
    return converted(read, resolved, shapes, (at) =>
      this.#fault(at, "shorthand can't say a value of any form", `give \`--${name}\` as JSON`),
    );
  }

  #jsonObject(name: string, inside: Embedded, span: Span): Placed {
    if (!/^\s*\{/.test(inside.text)) {
      this.#fault(span, `\`--${name}\` takes a JSON object here`, "put its members between `{` and `}`");
      return this.#unknown(span);
    }
    return this.#document(name, inside);
  }

  /** Parses a value given as JSON or YAML. */
  #document(name: string, inside: Embedded, parse?: (text: string) => ParsedText): Placed {
    const span = inside.span({ start: 0, end: inside.text.length });
    const isUnknown = isUnknownText(inside.text);
    const text = isUnknown ? withQuotes(inside.text) : inside.text;
    const { documents, faults } = embeddedDocument(rewritten(inside, text), parse ?? parseJson);
    if (!isUnknown) {
      for (const fault of faults) this.faults.push({ ...fault, message: `\`--${name}\`: ${fault.message}` });
      if (inside.text.trim() === "") this.#fault(span, `\`--${name}\` is given no JSON`);
    }
    const [document] = documents;
    return document ? documentValue(document, inside, this.#reading.file) : this.#unknown(span);
  }

  #unknown(span: Span): Placed {
    return { value: unknownAt(span, this.#reading.file), span };
  }

  #fault(span: Span, message: string, help?: string): void {
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
