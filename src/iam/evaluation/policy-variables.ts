import { type ArnGlob, arnGlob, FIELDS } from "../match/arn.ts";
import { type Glob, type GlobPart, globOf, literalOf, parseGlob } from "../match/glob.ts";
import type { KeyState, KeyValues } from "./decision.ts";

/** Why variables of a text couldn't be resolved. */
export interface Missing<Pattern = Glob> {
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
export function expand(text: string, keys: KeyValues, kind: TextKind = "pattern"): { glob: Glob } | Missing {
  const read = (piece: string): Glob => (kind === "literal" ? globOf([piece]) : parseGlob(piece));
  if (!text.includes("${")) return { glob: read(text) };
  const parts: GlobPart[] = [];
  const gaps: Missing[] = [];
  let colons = 0;
  for (const piece of piecesOf(text)) {
    if (typeof piece === "string") {
      parts.push(...read(piece));
      colons += piece.split(":").length - 1;
      continue;
    }
    const isGuarded = (kind === "arn" || kind === "resource") && colons < FIELDS - 1;
    const value = isGuarded ? guarded(piece.body, keys, kind) : resolved(piece.body, keys);
    if ("glob" in value) parts.push(...value.glob);
    else {
      gaps.push(value);
      parts.push(...(value.atMost ?? []));
    }
  }
  return gaps.length === 0 ? { glob: globOf(parts) } : missingOf(gaps, parts);
}

/**
 * Resolves a variable in one of the first five fields of an ARN. `Resource` doesn't allow it there (IAM user
 * guide, "Where you can use policy variables"). Elsewhere a value with a colon would shift the fields, and
 * what IAM does then isn't documented.
 */
function guarded(body: string, keys: KeyValues, kind: TextKind): { glob: Glob } | Missing {
  const value = resolved(body, keys);
  if ("glob" in value)
    return kind === "resource" || holdsColon(value.glob) ? { missing: keyOf(body), state: "unknown" } : value;
  return { missing: value.missing, state: value.state };
}

/** Like `expandVariables`, for a value of `Resource`. */
export function expandArn(text: string, keys: KeyValues): { glob: ArnGlob } | Missing<ArnGlob> {
  const expanded = expand(text, keys, "resource");
  if ("glob" in expanded) return { glob: arnGlob(expanded.glob) };
  const { atMost, ...missing } = expanded;
  return atMost === undefined ? missing : { ...missing, atMost: arnGlob(atMost) };
}

/** One absent variable suffices: the text then matches nothing, whatever the others are. */
function missingOf(gaps: readonly Missing[], parts: readonly GlobPart[]): Missing {
  const { missing, state } = gaps.find((gap) => gap.state === "absent") ?? gaps[0]!;
  const isBounded = gaps.every((gap) => gap.atMost !== undefined);
  return isBounded ? { missing, state, atMost: globOf(parts) } : { missing, state };
}

const holdsColon = (glob: Glob): boolean =>
  glob.some((part) => typeof part === "string" && part.includes(":"));

type Piece = string | { body: string };

/** Yields literal pieces and variables in order. An unclosed `${` is literal. */
function* piecesOf(text: string): Generator<Piece> {
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

function resolved(body: string, keys: KeyValues): { glob: Glob } | Missing {
  if (body === "*" || body === "?" || body === "$") return { glob: [body] };
  const match = VARIABLE.exec(body);
  // How IAM treats other spellings isn't documented.
  if (match === null) return { missing: keyOf(body), state: "unknown" };
  const [, key = "", fallback] = match;
  return valueOfKey(key, fallback, keys.get(key));
}

/** The key of a variable as far as it is recognizable, for messages. */
const keyOf = (body: string): string => body.split(",")[0]!.trim() || `\${${body}}`;

function valueOfKey(key: string, fallback: string | undefined, state: KeyState): { glob: Glob } | Missing {
  const unknown: Missing = { missing: key, state: "unknown" };
  if (state === "unknown") return unknown;
  if (state === "absent" || (Array.isArray(state) && state.length === 0))
    return fallback === undefined ? { missing: key, state: "absent" } : { glob: [fallback] };
  if ("like" in state) {
    const like = parseGlob(state.like);
    return literalOf(like) ? { glob: like } : { ...unknown, atMost: like };
  }
  // A multivalued key can't be used as a variable.
  if (state.length !== 1) return unknown;
  // Whether an empty string counts as "no value" isn't documented.
  return state[0] === "" ? { ...unknown, atMost: [] } : { glob: [state[0]!] };
}
