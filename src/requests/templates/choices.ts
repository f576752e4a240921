import { parseIntrinsicCall } from "./intrinsic-call.ts";
import { listAlternatives } from "./intrinsics.ts";
import type { DocumentPart } from "./part.ts";

/** One of the values that a part may have, and the branches of `Fn::If` that give it. */
export interface Choice {
  /** Undefined for `AWS::NoValue`, and for a part that isn't there. */
  part: DocumentPart | undefined;
  /** By the name of a condition, which branch is taken. */
  taken: ReadonlyMap<string, number>;
}

/** The values that a part may have, given the branches that are taken already: conditions hold for a whole template. */
export function listChoices(
  part: DocumentPart | undefined,
  taken: ReadonlyMap<string, number> = new Map(),
): Choice[] {
  if (!part || listAlternatives(part)[0] === part) return [{ part, taken }];
  const call = parseIntrinsicCall(part);
  if (call?.name !== "Fn::If") return [{ part: undefined, taken }];
  const [condition, ...branches] = call.argument.items().slice(0, 3);
  if (branches.length < 2) return [{ part, taken }];
  const name = String(condition?.value);
  return branches.flatMap((branch, index) => {
    const known = taken.get(name);
    return known === undefined || known === index ? listChoices(branch, new Map(taken).set(name, index)) : [];
  });
}
