import { deferred } from "../../schema/builtin.generated.js";
import { loadDeferred } from "../../schema/package-root.ts";
import { ANY_OPERATION } from "../rule.ts";
import { counters } from "./counters.generated.js";
import type { CounterModule, CounterModules } from "./finding-counter.ts";

const DEFERRED: ReadonlySet<string> = new Set(deferred);
let late: CounterModules | undefined;

/** The compiled code that counts what the built-in rules find for requests of an operation. */
export function findBuiltinCounter(operation: string): CounterModule | undefined {
  if (Object.hasOwn(counters, operation)) return counters[operation];
  if (!DEFERRED.has(operation)) return counters[ANY_OPERATION];
  late ??= (loadDeferred("counters.cjs") as { counters: CounterModules }).counters;
  return Object.hasOwn(late, operation) ? late[operation] : counters[ANY_OPERATION];
}
