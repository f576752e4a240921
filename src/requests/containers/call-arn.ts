import { Unknown } from "../../documents/document.ts";
import type { Hole } from "../../documents/partial.ts";
import { PartialText } from "../../documents/partial.ts";
import { decidePattern } from "../../texts/decide.ts";
import type { OperationNames } from "../operations.ts";
import { isObject } from "../request.ts";
import type { KnownReference } from "../templates/known-references.ts";
import type { SdkCall } from "./sdk-arns.ts";
import { parseSdkCall } from "./sdk-arns.ts";

/** A call whose operation is not known. */
export interface OpenCall {
  isOpen: true;
  /** The service, if the text around the placeholders names it. */
  service: string | undefined;
}

export const isOpenCall = (call: SdkCall | OpenCall): call is OpenCall => "isOpen" in call;

/** Beyond this length a text is no ARN. */
const MAX_ARN_LENGTH = 4096;

/** `${Name}`, the placeholder of a function, or the value of a secret that CloudFormation looks up. */
const HOLE = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[A-Z][A-Z0-9_-]+>/g;

/**
 * The SDK call that the text of an ARN makes, which may hold placeholders: undefined if it makes none whatever they
 * stand for. `describe` says what is known of a placeholder.
 */
export function readCallArn(
  pieces: readonly (string | { source: string })[],
  by: "scheduler" | "states",
  describe: (source: string) => KnownReference,
): SdkCall | OpenCall | undefined {
  const text = pieces.map((piece) => (typeof piece === "string" ? piece : piece.source)).join("");
  const known = parseSdkCall(text, by);
  if (known && known !== "open") return known;
  if (text.length > MAX_ARN_LENGTH) return undefined;
  const parts = pieces.flatMap((piece) => (typeof piece === "string" ? splitHoles(piece) : [piece]));
  if (parts.every((part) => typeof part === "string")) return undefined;
  const form = `^\\s*arn:[^:]*:${by}:::aws-sdk:[\\w-]+:\\w+(?:[.][\\w:.]+)?\\s*$`;
  const isCall = (fill: (source: string) => string | Hole): boolean =>
    decidePattern(
      new PartialText(
        text,
        parts.map((part) => (typeof part === "string" ? part : fill(part.source))),
      ),
      form,
    ) !== "never";
  if (!isCall((source) => createHole(source, describe(source)))) return undefined;
  // A default that makes no call is taken for what the parameter is meant for.
  if (!isCall((source) => describe(source).default ?? createHole(source, describe(source)))) return undefined;
  return { isOpen: true, service: /:aws-sdk:([\w-]+):/.exec(text)?.[1] };
}

const createHole = (source: string, { domain }: KnownReference): Hole => ({
  source,
  ...(domain && { domain }),
});

function splitHoles(text: string): (string | { source: string })[] {
  const parts: (string | { source: string })[] = [];
  let from = 0;
  for (const { 0: source, index } of text.matchAll(HOLE)) {
    parts.push(text.slice(from, index), { source });
    from = index + source.length;
  }
  return [...parts, text.slice(from)];
}

/** Where a template fixes neither the operation nor that there is none, the payload may: it has no member of any. */
export function mayBePayload(payload: unknown, operations: Pick<OperationNames, "isMember">): boolean {
  if (payload instanceof Unknown || payload === undefined) return true;
  if (!isObject(payload)) return false;
  const names = Object.keys(payload);
  return names.length === 0 || names.some((name) => operations.isMember(name.replace(/\.\$$/, "")));
}
