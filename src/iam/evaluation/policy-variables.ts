import { ARN_FIELD_COUNT, type ArnGlob, parseArnGlob } from "../match/arn.ts";
import { type Glob, type GlobPart, normalizeGlob, parseGlob, toLiteral } from "../match/glob.ts";
import type { KeyState, KeyValues } from "./decision.ts";

/** Why variables of a text couldn't be resolved. */
export interface UnresolvedText<Pattern = Glob> {
  /** The key, as written in the policy. */
  missing: string;
  /** "absent": the text matches nothing. "unknown": it may match anything. */
  state: "absent" | "unknown";
  /** An upper bound, if known: the text matches nothing that this doesn't match. */
  atMost?: Pattern;
}

/**
 * How the text is interpreted: with the wildcards `*` and `?`; literally (StringEquals); or as an ARN whose
 * colons separate fields, from a condition or from `Resource`.
 */
export type TextKind = "pattern" | "literal" | "arn" | "resource";

/**
 * Converts a text of a 2012-10-17 policy to a glob and substitutes its variables. `*` and `?` in substituted
 * values are literal. IAM user guide, "IAM policy elements: Variables and tags".
 */
export function expandVariables(
  text: string,
  keys: KeyValues,
  kind: TextKind = "pattern",
): { glob: Glob } | UnresolvedText {
  const read = (piece: string): Glob => (kind === "literal" ? normalizeGlob([piece]) : parseGlob(piece));
  if (!text.includes("${")) return { glob: read(text) };
  const parts: GlobPart[] = [];
  const gaps: UnresolvedText[] = [];
  let colons = 0;
  for (const piece of splitVariables(text)) {
    if (typeof piece === "string") {
      parts.push(...read(piece));
      colons += piece.split(":").length - 1;
      continue;
    }
    const isGuarded = (kind === "arn" || kind === "resource") && colons < ARN_FIELD_COUNT - 1;
    const value = isGuarded ? resolveInField(piece.body, keys, kind) : resolveVariable(piece.body, keys);
    if ("glob" in value) parts.push(...value.glob);
    else {
      gaps.push(value);
      parts.push(...(value.atMost ?? []));
    }
  }
  return gaps.length === 0 ? { glob: normalizeGlob(parts) } : combineUnresolved(gaps, parts);
}

/**
 * Resolves a variable in one of the first five fields of an ARN. `Resource` doesn't allow it there (IAM user
 * guide, "Where you can use policy variables"). Elsewhere a value with a colon would shift the fields, and
 * what IAM does then isn't documented.
 */
function resolveInField(body: string, keys: KeyValues, kind: TextKind): { glob: Glob } | UnresolvedText {
  const value = resolveVariable(body, keys);
  if ("glob" in value)
    return kind === "resource" || hasColon(value.glob)
      ? { missing: recognizeKey(body), state: "unknown" }
      : value;
  return { missing: value.missing, state: value.state };
}

/** Like `expandVariables`, for a value of `Resource`. */
export function expandArnVariables(
  text: string,
  keys: KeyValues,
): { glob: ArnGlob } | UnresolvedText<ArnGlob> {
  const expanded = expandVariables(text, keys, "resource");
  if ("glob" in expanded) return { glob: parseArnGlob(expanded.glob) };
  const { atMost, ...missing } = expanded;
  return atMost === undefined ? missing : { ...missing, atMost: parseArnGlob(atMost) };
}

/** One absent variable suffices: the text then matches nothing, whatever the others are. */
function combineUnresolved(gaps: readonly UnresolvedText[], parts: readonly GlobPart[]): UnresolvedText {
  const { missing, state } = gaps.find((gap) => gap.state === "absent") ?? gaps[0]!;
  const isBounded = gaps.every((gap) => gap.atMost !== undefined);
  return isBounded ? { missing, state, atMost: normalizeGlob(parts) } : { missing, state };
}

const hasColon = (glob: Glob): boolean => glob.some((part) => typeof part === "string" && part.includes(":"));

type Piece = string | { body: string };

/** Yields literal pieces and variables in order. An unclosed `${` is literal. */
function* splitVariables(text: string): Generator<Piece> {
  let at = 0;
  for (;;) {
    const start = text.indexOf("${", at);
    const end = start < 0 ? -1 : text.indexOf("}", start);
    if (end < 0) break;
    yield text.slice(at, start);
    yield { body: text.slice(start + 2, end) };
    at = end + 1;
  }
  yield text.slice(at);
}

/** `key` or `key, 'default'`. */
const VARIABLE = /^([^\s,'"{}$*?]+)(?:, '([^'"{}$*?]*)')?$/;

function resolveVariable(body: string, keys: KeyValues): { glob: Glob } | UnresolvedText {
  if (body === "*" || body === "?" || body === "$") return { glob: [body] };
  const match = VARIABLE.exec(body);
  // How IAM treats other spellings isn't documented.
  if (match === null) return { missing: recognizeKey(body), state: "unknown" };
  const [, key = "", fallback] = match;
  return globFromKeyState(key, fallback, keys.get(key));
}

/** The key of a variable as far as it is recognizable, for messages. */
const recognizeKey = (body: string): string => body.split(",")[0]!.trim() || `\${${body}}`;

function globFromKeyState(
  key: string,
  fallback: string | undefined,
  state: KeyState,
): { glob: Glob } | UnresolvedText {
  const unknown: UnresolvedText = { missing: key, state: "unknown" };
  if (state === "unknown") return unknown;
  if (state === "absent" || (Array.isArray(state) && state.length === 0))
    return fallback === undefined ? { missing: key, state: "absent" } : { glob: [fallback] };
  if ("like" in state) {
    const like = parseGlob(state.like);
    return toLiteral(like) ? { glob: like } : { ...unknown, atMost: like };
  }
  // A multivalued key can't be used as a variable.
  if (state.length !== 1) return unknown;
  // Whether an empty string counts as "no value" isn't documented.
  return state[0] === "" ? { ...unknown, atMost: [] } : { glob: [state[0]!] };
}
