import { toKebabCase } from "../../aws-cli/names.ts";
import { namesService } from "../../mentions/services.ts";
import { isSharedName } from "../../mentions/shared-names.ts";
import { nameOf, serviceNameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";

interface Sight {
  program: SourceProgram;
  /** The program names the SDK. */
  isNamed: boolean;
  /** What the SDK calls a member. */
  nameOf(member: string): string;
}

/**
 * The operation of a call that no client is in sight of, from the members that it is given: one that no other service
 * has, of three words, or of two where the program names the SDK. A wrapper may have members of the same names, but not
 * all that a request needs.
 */
export function likelyOperation(
  named: readonly string[],
  given: readonly string[],
  { program, isNamed, nameOf: sdkName }: Sight,
): string | undefined {
  const fitting = named.filter((operation) => {
    const { members } = program.operations.shapes(operation);
    const known = new Set(Object.keys(members).map(sdkName));
    const { required = [] } = program.operations.shape(operation);
    const isOwn = named.length === 1 && !isSharedName(nameOf(operation));
    if (!isOwn && !namesService(program.text, serviceNameOf(operation))) return false;
    return isNamed
      ? given.some((name) => known.has(name))
      : given.every((name) => known.has(name)) && required.every((name) => given.includes(sdkName(name)));
  });
  return findTelling(fitting, isNamed);
}

/** The only one of the operations, if its name is a client's: of three words, or of two where the program names the SDK. */
export function findTelling(fitting: readonly string[], isNamed: boolean): string | undefined {
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0) return undefined;
  const words = toKebabCase(nameOf(only)).split("-").length;
  return words >= 3 || (words === 2 && isNamed) ? only : undefined;
}
