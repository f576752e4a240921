import { callWith, createCallees } from "../runtime/calls.ts";
import { Failure } from "../runtime/failure.ts";
import { FAST_PATHS } from "./fast-paths.ts";
import { findLibraryFunction } from "./library.ts";
import type { Evaluate } from "./scope.ts";

const findCallee = createCallees(findLibraryFunction);

/** Plans a call of a function, a method or an operator; all of its operands are evaluated. */
export function planCall(name: string, target: Evaluate | undefined, args: readonly Evaluate[]): Evaluate {
  const callee = findCallee(name);
  if (!callee) return () => new Failure(`unbound function: ${name}`);
  const fastPath = Object.hasOwn(FAST_PATHS, name) ? FAST_PATHS[name] : undefined;
  const [first, second, third] = target ? [target, ...args] : args;
  const call = (receiver: unknown, values: unknown[]) => callWith(name, callee, receiver, values);
  if (!fastPath || !first || third)
    return () =>
      call(
        target?.(),
        args.map((arg) => arg()),
      );
  return () => {
    const [left, right] = [first(), second?.()];
    return (
      fastPath(left, right) ??
      (target ? call(left, second ? [right] : []) : call(undefined, second ? [left, right] : [left]))
    );
  };
}
