import type { RuleInput, RuleOptions } from "./input.ts";
import type { RuleSubject } from "./planned-rule.ts";
import { toFaultyPaths } from "./references.ts";
import type { CelVariables } from "./runtime/index.ts";
import { createTimestamp, createUnknownFailure, DataMap, OpenDataList, toCelValue } from "./runtime/index.ts";

const keepText = (text: string): string => text;

/** What a rule is evaluated on: the variables of its expressions. */
export function createSubject(input: RuleInput, { now }: RuleOptions = {}): RuleSubject {
  const {
    operation,
    request,
    justification = "",
    caller,
    container = "",
    repeats = false,
    context = {},
    partialLists = {},
  } = input;
  const listsInPart = Object.fromEntries(
    Object.entries(partialLists).map(([name, items]) => {
      const rest = createUnknownFailure({ kind: "context", name });
      return [name, new OpenDataList(items, rest, name)];
    }),
  );
  const variables: CelVariables = {
    request: toCelValue(request) ?? null,
    context: new DataMap({ ...context, ...listsInPart }, ""),
    operation,
    justification: toCelValue(justification),
    caller: caller === undefined ? createUnknownFailure({ kind: "caller" }) : toCelValue(caller),
    container,
    repeats,
    shared: [],
    // Few rules ask for the time.
    get now() {
      return createTimestamp(now ?? new Date());
    },
  };
  const { faulty, wellTyped, renameInText = keepText } = input;
  return { request, context, variables, faulty: toFaultyPaths(faulty, wellTyped), renameInText };
}
