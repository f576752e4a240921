import type { Policy, PolicyKind } from "../policy.ts";
import { readPolicy } from "../read/index.ts";

/** A snapshot of a value, to detect changes. Members are in the order of `Object.keys`. */
type Shape = string | number | boolean | null | Shape[] | Members;

interface Members {
  keys: readonly string[];
  values: readonly Shape[];
}

interface Kept {
  shape: Shape;
  policy: Policy;
}

const MOST_TEXTS = 500;
const LONGEST_TEXT = 100_000;

/** Parsed policies of one kind. */
class Cache {
  readonly #kind: PolicyKind;
  readonly #objects = new WeakMap<object, Kept>();
  readonly #objectTexts = new Map<string, Kept>();
  readonly #texts = new Map<string, Policy>();

  constructor(kind: PolicyKind) {
    this.#kind = kind;
  }

  ofText(text: string): Policy {
    return remembered(this.#texts, text, () => this.#read(text));
  }

  /**
   * Looks up an object by identity, and compares its content since the program may have changed it; or else
   * by its JSON text, since a program may create it anew each time.
   */
  ofObject(document: object): Policy {
    const known = this.#objects.get(document);
    if (known && isSame(document, known.shape)) return known.policy;
    const text = JSON.stringify(document);
    const kept = remembered(this.#objectTexts, text, () => {
      const plain: unknown = JSON.parse(text);
      return { shape: shapeOf(plain), policy: this.#read(plain) };
    });
    this.#objects.set(document, kept);
    return kept.policy;
  }

  #read(document: unknown): Policy {
    return readPolicy(document, { kind: this.#kind, name: "" });
  }
}

const caches = new Map<PolicyKind, Cache>();

/** Reads the document, or returns it from the cache. */
export function policyFrom(document: object | string, kind: PolicyKind): Policy {
  let cache = caches.get(kind);
  if (!cache) {
    cache = new Cache(kind);
    caches.set(kind, cache);
  }
  if (typeof document === "string") return cache.ofText(document);
  try {
    return cache.ofObject(document);
  } catch {
    // Cyclic objects, throwing getters, bigints: values that JSON can't represent.
    return unreadable(kind);
  }
}

function unreadable(kind: PolicyKind): Policy {
  const message = "the policy is no JSON: it contains itself, or something that JSON doesn't have";
  return {
    ...readPolicy(null, { kind, name: "" }),
    faults: [{ severity: "error", message, path: [] }],
  };
}

/** Clears the cache when it is full: a program has either a few policies or new ones all the time. */
function remembered<Value>(known: Map<string, Value>, text: string, make: () => Value): Value {
  const found = known.get(text);
  if (found !== undefined) return found;
  const value = make();
  if (text.length > LONGEST_TEXT) return value;
  if (known.size >= MOST_TEXTS) known.clear();
  known.set(text, value);
  return value;
}

function shapeOf(value: unknown): Shape {
  if (typeof value !== "object" || value === null) return value as Shape;
  if (Array.isArray(value)) return value.map(shapeOf);
  return { keys: Object.keys(value), values: Object.values(value).map(shapeOf) };
}

function isSame(value: unknown, shape: Shape): boolean {
  if (typeof shape !== "object" || shape === null) return value === shape;
  if (typeof value !== "object" || value === null) return false;
  if (!Array.isArray(shape)) return isSameObject(value as Record<string, unknown>, shape);
  if (!Array.isArray(value) || value.length !== shape.length) return false;
  for (let index = 0; index < shape.length; index += 1)
    if (!isSame(value[index], shape[index]!)) return false;
  return true;
}

function isSameObject(value: Readonly<Record<string, unknown>>, { keys, values }: Members): boolean {
  if (Array.isArray(value)) return false;
  const own = Object.keys(value);
  if (own.length !== keys.length) return false;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    if (own[index] !== key || !isSame(value[key], values[index]!)) return false;
  }
  return true;
}
