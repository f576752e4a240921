import { type CelEnv, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";

/** Applies a function to values that are all known. Undefined if it doesn't take values of these types. */
export type Callee = (target: unknown, args: unknown[]) => unknown;

/** `format` needs a locale and a formatter, and message templates cover its uses. */
const OMITTED_FUNCTIONS = new Set(["format"]);

export const environment: CelEnv = celEnv({
  funcs: strings.filter(({ name }) => !OMITTED_FUNCTIONS.has(name)),
});

export function findLibraryFunction(name: string): Callee | undefined {
  const found = environment.funcs.find(name);
  return found && ((target, args) => found.call(0, target as never, args as never));
}
