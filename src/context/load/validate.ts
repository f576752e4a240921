import type { Finding } from "../../diagnostics/diagnostic.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import { formatCount, formatList, quoted } from "../../diagnostics/text.ts";
import { checkPayload } from "../../schema/check.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import type { ContextFault } from "../context.ts";
import { RECORD_KINDS } from "../kinds.ts";
import type { ContextDocument, UnassignedRecord } from "./entries.ts";
import { createContextFault } from "./entries.ts";
import type { ContextForm } from "./forms.ts";
import { recordPart } from "./forms.ts";
import { handWrittenPart, resolveSchemaPart } from "./parts.ts";
import type { ContextSchemas } from "./schemas.ts";

/**
 * AWS output that exceeds its schema comes from a newer API and causes a warning at most. Values missing from
 * prose documentation are ignored, because AWS rarely documents them completely.
 */
const NEWER_API_TREATMENT: Readonly<Record<string, "warn" | "ignore">> = {
  "schema/unknown-field": "warn",
  "schema/enum": "warn",
  "schema/documented-value": "ignore",
};

/** The maximum number of faults for one form in one file; more would add no information. */
const MAX_FAULTS_OF_FORM = 50;

/** Checks the records of a form against their built-in schema. */
export class RecordCheck {
  readonly faults: ContextFault[] = [];
  readonly warnings: ContextFault[] = [];
  readonly #warned = new Set<string>();
  readonly #form: ContextForm;
  readonly #source: ContextDocument;
  readonly #schemas: ContextSchemas;
  #keyed: JsonSchema | undefined;

  constructor(form: ContextForm, source: ContextDocument, schemas: ContextSchemas) {
    this.#form = form;
    this.#source = source;
    this.#schemas = schemas;
  }

  checkRecords(parts: readonly UnassignedRecord[]): void {
    for (const part of parts) {
      if (this.faults.length >= MAX_FAULTS_OF_FORM) return;
      if (this.#isNamedRight(part)) this.#value(part);
    }
  }

  /** A key of a hand-written mapping must have the form of its owner's name, or no request would match it. */
  #isNamedRight({ path, name }: UnassignedRecord): boolean {
    if (name === undefined) return true;
    this.#keyed ??= resolveSchemaPart(handWrittenPart(this.#form.key));
    const { properties, propertyNames } = this.#keyed;
    const at = { source: this.#source, path };
    if (properties && !Object.hasOwn(properties, name)) {
      const names = Object.keys(properties);
      const near = findNearest(name, names);
      const help = near ? `did you mean ${quoted(near)}?` : `its members are ${formatList(names, "and")}`;
      this.faults.push(
        createContextFault(at, `${quoted(name)} is not a member of ${quoted(this.#form.key)}`, help, "key"),
      );
      return false;
    }
    if (!propertyNames?.pattern || new RegExp(propertyNames.pattern).test(name)) return true;
    const message = `${quoted(name)} is not the name of what ${quoted(this.#form.key)} is about`;
    this.faults.push(createContextFault(at, message, NAMED_BY[this.#form.key], "key"));
    return false;
  }

  #value(part: UnassignedRecord): void {
    const { kind } = this.#form;
    const whole =
      part.name === undefined
        ? `the ${RECORD_KINDS[kind].noun}`
        : `the ${RECORD_KINDS[kind].noun} ${quoted(part.name)}`;
    if (exceedsRecordLimit(part.value)) {
      const message = `${whole} has more than ${formatCount(MAX_RECORD_PARTS, "part")}`;
      this.faults.push(
        createContextFault({ source: this.#source, path: part.path }, message, TOO_LARGE_RECORD_HELP),
      );
      return;
    }
    for (const finding of checkPayload(
      part.value,
      this.#schemas.forPart(recordPart(this.#form, part.name)),
      whole,
    )) {
      if (this.faults.length >= MAX_FAULTS_OF_FORM) return;
      this.#add(finding, part);
    }
  }

  #add(finding: Finding, part: UnassignedRecord): void {
    const treatment = this.#treatment(finding);
    if (treatment === "ignore") return;
    const { message, help, at } = finding;
    const where = { source: this.#source, path: [...part.path, ...finding.path] };
    const point = at === "key" ? "key" : "value";
    if (treatment === "refuse")
      this.faults.push(createContextFault(where, message, selectHelp(finding), point));
    else if (this.#isFirst(finding))
      this.warnings.push(
        createContextFault(
          where,
          message,
          help === undefined ? NEWER_API_HELP : `${help}; ${NEWER_API_HELP}`,
          point,
        ),
      );
  }

  #treatment({ code, status }: Finding): "warn" | "ignore" | "refuse" {
    const isPrinted = this.#form.command !== undefined && status !== "undecided";
    return (isPrinted && NEWER_API_TREATMENT[code]) || "refuse";
  }

  /** Every record of a newer API has the new member, so it is reported once. */
  #isFirst({ path, code, message }: Finding): boolean {
    const shape = path.map((step) => (typeof step === "number" ? "*" : step)).join("\0");
    const once = `${shape}\0${code === "schema/enum" ? message.replaceAll(/\[\d+\]/g, "") : ""}`;
    if (this.#warned.has(once) || this.#warned.size >= MAX_FAULTS_OF_FORM) return false;
    this.#warned.add(once);
    return true;
  }
}

const TOO_LARGE_RECORD_HELP = "no AWS API has a record that large; check how the file was made";

const NEWER_API_HELP = "if AWS printed it, its API is newer than the schemas here, and it is left as it is";

/** A context file can't contain placeholders, so the usual help doesn't apply. */
const selectHelp = ({ status, help }: Finding): string | undefined =>
  status === "undecided" ? "a context file holds facts: write the value, or leave the member out" : help;

const NAMED_BY: Readonly<Record<string, string>> = {
  mountPoints:
    "write the file system's ID before the colon, and the path behind it: `fs-0123456789abcdef0: /mnt/fsx`",
  buckets: "write the bucket's name alone, without `arn:aws:s3:::` or `s3://`",
  conditionKeys:
    "write the key as policies do, `aws:SourceIp`, or the ARN of the principal whose calls its keys are of",
  metrics:
    "write the ARN of the gateway or share, for example `arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B`",
  gateways:
    "write the gateway's ARN, for example `arn:aws:storagegateway:eu-west-1:123456789012:gateway/sgw-12A3456B`",
};

/**
 * The maximum number of members and items in a record, far above those that AWS prints. Larger records are
 * rejected unchecked: ajv creates an error for each wrong part, so a file of a few megabytes could take
 * minutes.
 */
export const MAX_RECORD_PARTS = 100_000;

/** Whether a value exceeds `MOST_PARTS`. Stops counting at the limit. */
export function exceedsRecordLimit(value: unknown): boolean {
  let parts = 0;
  const left = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const inside: unknown[] = Array.isArray(next) ? next : Object.values(next);
    parts += inside.length;
    if (parts > MAX_RECORD_PARTS) return true;
    for (const part of inside) if (typeof part === "object" && part !== null) left.push(part);
  }
  return false;
}
