import type { Policy, PolicyKind } from "../policy.ts";
import { readPolicy } from "../read/index.ts";
import { PolicySnapshot } from "./policy-snapshot.ts";

interface CacheEntry {
  snapshot: PolicySnapshot;
  policy: Policy;
  /** Whether the snapshot was made of the document itself, so that it holds the very same texts, which are equal at once. */
  isOwn?: true;
}

const MAX_CACHED_TEXTS = 500;
const MAX_CACHED_LENGTH = 100_000;

/** Parsed policies of one kind. */
class PolicyCache {
  readonly #kind: PolicyKind;
  readonly #objects = new WeakMap<object, CacheEntry>();
  readonly #objectTexts = new Map<string, CacheEntry>();
  readonly #texts = new Map<string, Policy>();

  constructor(kind: PolicyKind) {
    this.#kind = kind;
  }

  readText(text: string): Policy {
    return getOrCreate(this.#texts, text, () => this.#read(text));
  }

  /**
   * Looks up an object by identity, and compares its content since the program may have changed it; or else
   * by its JSON text, since a program may create it anew each time.
   */
  readObject(document: object): Policy {
    const known = this.#objects.get(document);
    if (known?.snapshot.isOf(document)) {
      const { policy } = known;
      if (!known.isOwn)
        this.#objects.set(document, { snapshot: new PolicySnapshot(document), policy, isOwn: true });
      return policy;
    }
    const text = JSON.stringify(document);
    const kept = getOrCreate(this.#objectTexts, text, () => {
      const plain: unknown = JSON.parse(text);
      return { snapshot: new PolicySnapshot(plain), policy: this.#read(plain) };
    });
    this.#objects.set(document, kept);
    return kept.policy;
  }

  #read(document: unknown): Policy {
    return readPolicy(document, { kind: this.#kind, name: "" });
  }
}

const caches = new Map<PolicyKind, PolicyCache>();

/** Reads the document, or returns it from the cache. */
export function readCachedPolicy(document: object | string, kind: PolicyKind): Policy {
  let cache = caches.get(kind);
  if (!cache) {
    cache = new PolicyCache(kind);
    caches.set(kind, cache);
  }
  if (typeof document === "string") return cache.readText(document);
  try {
    return cache.readObject(document);
  } catch {
    // Cyclic objects, throwing getters, bigints: values that JSON can't represent.
    return createUnreadablePolicy(kind);
  }
}

function createUnreadablePolicy(kind: PolicyKind): Policy {
  const message = "the policy is no JSON: it contains itself, or something that JSON doesn't have";
  return {
    ...readPolicy(null, { kind, name: "" }),
    faults: [{ severity: "error", message, path: [] }],
  };
}

/** Clears the cache when it is full: a program has either a few policies or new ones all the time. */
function getOrCreate<Value>(known: Map<string, Value>, text: string, make: () => Value): Value {
  const found = known.get(text);
  if (found !== undefined) return found;
  const value = make();
  if (text.length > MAX_CACHED_LENGTH) return value;
  if (known.size >= MAX_CACHED_TEXTS) known.clear();
  known.set(text, value);
  return value;
}
