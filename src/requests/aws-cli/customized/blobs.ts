import { type Path, toPointer } from "../../../diagnostics/pointer.ts";
import { quoted } from "../../../diagnostics/text.ts";
import { getKnownMembers, getTextParts } from "../../../documents/parts.ts";
import { isPlaceholder } from "../../placeholders.ts";
import type { RequestFault } from "../../request.ts";
import { getArgumentText } from "../argument.ts";
import type { GivenOption } from "../arguments.ts";
import type { LocatedValue } from "../located-value.ts";
import { findValueSpan } from "../located-value.ts";
import type { CliVersion } from "../options.ts";
import { type RequestShape, ShapeResolver } from "../shape.ts";

/** What says how the AWS CLI takes blobs. */
export interface BlobSettings {
  /** The options of every command that are given. */
  given: readonly GivenOption[];
  version: CliVersion | undefined;
  /** The text of the script, which may set the format for all of its commands. */
  script: string;
}

/** Version 2 takes base64 unless it is told otherwise; version 1 the text itself. */
export function findRefusedBlobs(
  payload: LocatedValue,
  shape: RequestShape,
  { given, version, script }: BlobSettings,
): RequestFault[] {
  const option = given.findLast((one) => one.option.name === "cli-binary-format")?.values[0];
  const format = option && getArgumentText(option);
  if (format === undefined ? version === 1 || script.includes("cli_binary_format") : format !== "base64")
    return [];
  const isVersion2 = format !== undefined || version === 2;
  return [...listBlobs(payload.value, shape, new ShapeResolver(shape))].flatMap(({ value, path }) => {
    const wrong = describeBlob(value);
    if (wrong === undefined) return [];
    const refuses =
      wrong === "refused" ? "it refuses the command" : "it drops what isn't, and sends other bytes";
    return [
      {
        code: "document/syntax",
        severity: wrong === "refused" && isVersion2 ? "error" : "warning",
        span: findValueSpan(payload, path, "value"),
        message: `${quoted(toPointer(path).slice(1))} is no base64, which version 2 of the AWS CLI takes for a blob: ${refuses}`,
        help: "add `--cli-binary-format raw-in-base64-out`, or give a file as `fileb://NAME`",
      } as const,
    ];
  });
}

/** The blobs of a payload. */
function* listBlobs(
  value: unknown,
  shape: RequestShape,
  shapes: ShapeResolver,
  path: Path = [],
): Generator<{ value: unknown; path: Path }> {
  const { kind, members, element } = shapes.resolve(shape);
  if (kind === "blob") yield { value, path };
  if (Array.isArray(value) && element)
    for (const [index, item] of value.entries()) yield* listBlobs(item, element, shapes, [...path, index]);
  else
    for (const [name, member] of Object.entries(getKnownMembers(value) ?? {})) {
      const inner = kind === "map" ? element : Object.hasOwn(members, name) ? members[name] : undefined;
      if (inner) yield* listBlobs(member, inner, shapes, [...path, name]);
    }
}

const FOREIGN = /[^A-Za-z0-9+/=\s]/;

/** What is wrong with a text that is taken for base64. */
function describeBlob(value: unknown): "refused" | "dropped" | undefined {
  if (typeof value === "string") {
    if (isPlaceholder(value)) return undefined;
    if (!isDecodable(value)) return "refused";
    return FOREIGN.test(value) ? "dropped" : undefined;
  }
  const parts = getTextParts(value) ?? [];
  return parts.some((part) => typeof part === "string" && FOREIGN.test(part)) ? "dropped" : undefined;
}

/** As Python's `base64.b64decode` has it, which passes over all other characters. */
function isDecodable(text: string): boolean {
  let inGroup = 0;
  let padding = 0;
  for (const character of text) {
    if (character === "=") {
      padding++;
      if (inGroup >= 2 && inGroup + padding >= 4) return true;
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      padding = 0;
      inGroup = (inGroup + 1) % 4;
    }
  }
  return inGroup === 0;
}
