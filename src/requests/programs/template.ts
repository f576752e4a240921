import type { Span } from "../../diagnostics/lines.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { opaqueText } from "../../documents/embedded.ts";
import { findValueSpan } from "../aws-cli/located-value.ts";
import type { PiecedDocument } from "../templates/part.ts";
import type { TextSegment } from "../templates/segments.ts";
import type { ProgramValue } from "./model/value.ts";
import { objectValue, withItems } from "./model/value.ts";

/**
 * What a program describes, as the document that the readers of templates know: a state machine, or a plan of
 * Terraform with a resource in it.
 */
export class ProgramTemplate implements PiecedDocument {
  readonly value: unknown;
  readonly #root: ProgramValue;

  constructor(root: ProgramValue) {
    this.#root = withJson(root);
    this.value = this.#root.value;
  }

  span(path: Path, at: "key" | "value"): Span {
    return findValueSpan(this.#root, path, at);
  }

  piecesAt(path: Path): readonly TextSegment[] | undefined {
    let placed: ProgramValue | undefined = this.#root;
    for (const part of path)
      placed = typeof part === "number" ? placed?.items?.[part] : placed?.members?.get(part);
    return placed?.pieces;
  }
}

/** A resource that a program describes beside another one. */
export interface OtherResource {
  type: string;
  address: string;
  properties: ProgramValue;
}

/** A plan with one resource, of a type of Terraform or CloudFormation, and others that it may refer to. */
export function resourceTemplate(
  type: string,
  properties: ProgramValue,
  others: readonly OtherResource[] = [],
): ProgramTemplate {
  const { span } = properties;
  const resource = objectValue({ type: madeText(type, span), values: properties }, span);
  const items = [resource, ...others.map(toPlannedResource)];
  const resources: ProgramValue = { value: items.map(({ value }) => value), span, items };
  const module = objectValue({ resources }, span);
  return new ProgramTemplate(objectValue({ values: objectValue({ root_module: module }, span) }, span));
}

function toPlannedResource({ type, address, properties }: OtherResource): ProgramValue {
  const { span } = properties;
  const named = { type: madeText(type, span), address: madeText(address, span), values: properties };
  return objectValue(named, span);
}

/** A state machine of one state. */
export function stateTemplate(state: ProgramValue): ProgramTemplate {
  const { span } = state;
  const states = objectValue({ State: state }, span);
  return new ProgramTemplate(objectValue({ StartAt: madeText("State", span), States: states }, span));
}

/** A text that no program writes as such. */
export const madeText = (text: string, span: Span): ProgramValue => ({
  value: text,
  span,
  pieces: [{ embedded: opaqueText(text, span) }],
});

/** Where a text is made of a value as JSON, the readers of templates are to see the value. */
function withJson(placed: ProgramValue): ProgramValue {
  const { json, items, members, span } = placed;
  if (json) return objectValue({ "Fn::ToJsonString": withJson(json) }, span);
  if (items) return withItems(placed, items.map(withJson));
  if (!members || ![...members.values()].some(holdsJson)) return placed;
  const all = Object.fromEntries(
    [...members].map(([name, member]) => [name, withKeyOf(withJson(member), member)]),
  );
  return objectValue(all, span);
}

const withKeyOf = (placed: ProgramValue, { key }: ProgramValue): ProgramValue =>
  key ? { ...placed, key } : placed;

const holdsJson = ({ json, items, members }: ProgramValue): boolean =>
  json !== undefined || (items ?? []).some(holdsJson) || [...(members?.values() ?? [])].some(holdsJson);
