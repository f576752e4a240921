import type { Finding } from "../../diagnostics/diagnostic.ts";
import { nearest } from "../../diagnostics/nearest.ts";
import { counted, listed, quoted } from "../../diagnostics/text.ts";
import { checkPayload } from "../../schema/check.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import type { ContextFault } from "../context.ts";
import { KINDS } from "../kinds.ts";
import type { Part, Source } from "./entries.ts";
import { faultAt } from "./entries.ts";
import type { Form } from "./formats.ts";
import type { ContextSchemas } from "./schemas.ts";
import { byHand, sourceOf } from "./schemas.ts";

/**
 * AWS output that exceeds its schema comes from a newer API and causes a warning at most. Values missing from
 * prose documentation are ignored, because AWS rarely documents them completely.
 */
const NEWER: Readonly<Record<string, "warn" | "ignore">> = {
  "schema/unknown-field": "warn",
  "schema/enum": "warn",
  "schema/documented-value": "ignore",
};

/** The maximum number of faults for one form in one file; more would add no information. */
const ENOUGH = 50;

/** Checks the records of a form against their built-in schema. */
export class ValueCheck {
  readonly faults: ContextFault[] = [];
  readonly warnings: ContextFault[] = [];
  readonly #warned = new Set<string>();
  readonly #form: Form;
  readonly #source: Source;
  readonly #schemas: ContextSchemas;
  #keyed: JsonSchema | undefined;

  constructor(form: Form, source: Source, schemas: ContextSchemas) {
    this.#form = form;
    this.#source = source;
    this.#schemas = schemas;
  }

  parts(parts: readonly Part[]): void {
    for (const part of parts) {
      if (this.faults.length >= ENOUGH) return;
      if (this.#isNamedRight(part)) this.#value(part);
    }
  }

  /** A key of a hand-written mapping must have the form of its owner's name, or no request would match it. */
  #isNamedRight({ path, name }: Part): boolean {
    if (name === undefined) return true;
    this.#keyed ??= sourceOf(byHand(this.#form.key));
    const { properties, propertyNames } = this.#keyed;
    const at = { source: this.#source, path };
    if (properties && !Object.hasOwn(properties, name)) {
      const names = Object.keys(properties);
      const near = nearest(name, names);
      const help = near ? `did you mean ${quoted(near)}?` : `its members are ${listed(names, "and")}`;
      this.faults.push(
        faultAt(at, `${quoted(name)} is not a member of ${quoted(this.#form.key)}`, help, "key"),
      );
      return false;
    }
    if (!propertyNames?.pattern || new RegExp(propertyNames.pattern).test(name)) return true;
    const message = `${quoted(name)} is not the name of what ${quoted(this.#form.key)} is about`;
    this.faults.push(faultAt(at, message, NAMED_BY[this.#form.key], "key"));
    return false;
  }

  #value(part: Part): void {
    const { schema, kind } = this.#form;
    const own = part.name === undefined ? schema : { ...schema, path: partPath(this.#form, part.name) };
    const whole =
      part.name === undefined ? `the ${KINDS[kind].noun}` : `the ${KINDS[kind].noun} ${quoted(part.name)}`;
    if (isVast(part.value)) {
      const message = `${whole} has more than ${counted(MOST_PARTS, "part")}`;
      this.faults.push(faultAt({ source: this.#source, path: part.path }, message, VAST_HELP));
      return;
    }
    for (const finding of checkPayload(part.value, this.#schemas.part(own), whole)) {
      if (this.faults.length >= ENOUGH) return;
      this.#add(finding, part);
    }
  }

  #add(finding: Finding, part: Part): void {
    const treatment = this.#treatment(finding);
    if (treatment === "ignore") return;
    const { message, help, at } = finding;
    const where = { source: this.#source, path: [...part.path, ...finding.path] };
    const point = at === "key" ? "key" : "value";
    if (treatment === "refuse") this.faults.push(faultAt(where, message, helpOf(finding), point));
    else if (this.#isFirst(finding))
      this.warnings.push(
        faultAt(where, message, help === undefined ? NEWER_HELP : `${help}; ${NEWER_HELP}`, point),
      );
  }

  #treatment({ code, status }: Finding): "warn" | "ignore" | "refuse" {
    const isPrinted = this.#form.command !== undefined && status !== "undecided";
    return (isPrinted && NEWER[code]) || "refuse";
  }

  /** Every record of a newer API has the new member, so it is reported once. */
  #isFirst({ path, code, message }: Finding): boolean {
    const shape = path.map((step) => (typeof step === "number" ? "*" : step)).join("\0");
    const once = `${shape}\0${code === "schema/enum" ? message.replaceAll(/\[\d+\]/g, "") : ""}`;
    if (this.#warned.has(once) || this.#warned.size >= ENOUGH) return false;
    this.#warned.add(once);
    return true;
  }
}

const VAST_HELP = "no AWS API has a record that large; check how the file was made";

const NEWER_HELP = "if AWS printed it, its API is newer than the schemas here, and it is left as it is";

/** A context file can't contain placeholders, so the usual help doesn't apply. */
const helpOf = ({ status, help }: Finding): string | undefined =>
  status === "undecided" ? "a context file holds facts: write the value, or leave the member out" : help;

const partPath = ({ schema }: Form, name: string): string[] =>
  schema.path.at(-1) === "*" ? [...schema.path] : [...schema.path, name];

const NAMED_BY: Readonly<Record<string, string>> = {
  mountPoints:
    "write the file system's ID before the colon, and the path behind it: `fs-0123456789abcdef0: /mnt/fsx`",
  buckets: "write the bucket's name alone, without `arn:aws:s3:::` or `s3://`",
  conditionKeys:
    "write the key as policies do, `aws:SourceIp`, or the ARN of the principal whose calls its keys are of",
  gateways:
    "write the gateway's ARN, for example `arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B`",
};

/**
 * The maximum number of members and items in a record, far above those that AWS prints. Larger records are
 * rejected unchecked: ajv creates an error for each wrong part, so a file of a few megabytes could take
 * minutes.
 */
export const MOST_PARTS = 100_000;

/** Whether a value exceeds `MOST_PARTS`. Stops counting at the limit. */
export function isVast(value: unknown): boolean {
  let parts = 0;
  const left = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const inside: unknown[] = Array.isArray(next) ? next : Object.values(next);
    parts += inside.length;
    if (parts > MOST_PARTS) return true;
    for (const part of inside) if (typeof part === "object" && part !== null) left.push(part);
  }
  return false;
}
