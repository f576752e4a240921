import type { Path } from "../../diagnostics/pointer.ts";
import { Unknown } from "../../documents/document.ts";
import type { Filling, GivenValue } from "../../documents/given-values.ts";
import { OpenList, OpenObject, PartialText } from "../../documents/partial.ts";
import { mapChildren, type TextPart, textFromParts } from "../../documents/parts.ts";
import { isObject } from "../request.ts";
import { readPlaceholder } from "./names.ts";

/** Turns a given value into what the request holds at a path; undefined if it can't be placed there. */
export type ConvertGiven = (given: GivenValue, path: Path) => unknown;

/** Replaces the placeholders of a value that have a value; copies only what changes. */
export class PlaceholderFiller {
  readonly #filling: Filling;
  readonly #template: unknown;
  readonly #convert: ConvertGiven;

  /** `template` is the document around the value, whose parameters may have defaults. */
  constructor(filling: Filling, template: unknown, convert: ConvertGiven) {
    this.#filling = filling;
    this.#template = template;
    this.#convert = convert;
  }

  fill(value: unknown, path: Path = []): unknown {
    if (value instanceof PartialText) return this.#fillText(value);
    const isOpen = value instanceof OpenObject || value instanceof OpenList;
    if (value instanceof Unknown && !isOpen) return this.#fillWhole(value, path);
    return mapChildren(value, (child, key) => this.fill(child, [...path, key]));
  }

  #fillWhole(unknown: Unknown, path: Path): unknown {
    const given = this.#find(unknown.source);
    return (given && this.#convert(given, path)) ?? unknown;
  }

  #fillText(text: PartialText): unknown {
    const parts = text.parts.map((part): TextPart => {
      if (typeof part === "string") return part;
      return this.#find(part.source)?.text ?? part;
    });
    return parts.every((part, index) => part === text.parts[index])
      ? text
      : textFromParts(parts, text.source);
  }

  #find(source: string): GivenValue | undefined {
    const { values, assumesDefaults, met, used } = this.#filling;
    const placeholder = readPlaceholder(source);
    met.add(placeholder.name);
    const exact = values.get(source);
    if (exact) used.add(source);
    if (exact) return exact;
    const given = values.get(placeholder.name);
    if (given) used.add(placeholder.name);
    if (given && !(given.text === "" && placeholder.replacesEmpty)) return given;
    if (!given && !assumesDefaults) return undefined;
    const text = placeholder.default ?? this.#findParameterDefault(placeholder.name);
    return text === undefined ? undefined : { value: text, text };
  }

  #findParameterDefault(name: string): string | undefined {
    const { Parameters: parameters } = isObject(this.#template) ? this.#template : {};
    const parameter = isObject(parameters) && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!isObject(parameter)) return undefined;
    // The default of such a parameter is a name under which the value is stored elsewhere.
    if (/^AWS::SSM::Parameter::Value/.test(String(parameter.Type))) return undefined;
    const { Default: value } = parameter;
    return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
  }
}
