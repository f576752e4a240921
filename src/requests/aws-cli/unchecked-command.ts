import type { Unchecked, Unread } from "../request.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText, isUnknownText } from "./argument.ts";
import { isOpenEnded } from "./arguments.ts";
import { nameUncheckedOperation, toBotoService } from "./names.ts";
import type { CliOperations } from "./operations.ts";

/** A command whose request can't be checked: because it can't be read, or for want of a schema. */
export type UncheckedCommand = { unread: Unread } | { unchecked: Unchecked };

/** The word where a name stands: the one that was taken for it, or one before that only the run knows. */
export function findNameWord(
  words: readonly Argument[],
  taken: Argument | undefined,
  rest: readonly Argument[],
): Argument | undefined {
  const open = rest.find(isOpenEnded);
  return open && (!taken || words.indexOf(open) < words.indexOf(taken)) ? open : taken;
}

interface NamedWords {
  service: Argument | undefined;
  command: Argument | undefined;
  words: readonly Argument[];
}

/** Commands of the CLI that call no service, or only to sign in. */
const LOCAL_COMMANDS = /^(?:configure|help|history|login|logout|sso)$/;

/** A command of a service with schemas that only the run knows is unread; others are only counted. */
export function describeUnknownOperation(
  { service, command, words }: NamedWords,
  operations: CliOperations,
): UncheckedCommand | undefined {
  if (!service) return undefined;
  const name = isOpenEnded(service) ? undefined : getArgumentText(service);
  const operation = command && !isOpenEnded(command) ? getArgumentText(command) : undefined;
  const isKnown = name !== undefined && !isUnknownText(name);
  if (isKnown && (LOCAL_COMMANDS.test(name) || !command || operation === "help")) return undefined;
  const span = { start: service.span.start, end: Math.max(service.span.end, (command ?? service).span.end) };
  const unread = { span, ...UNREAD_OPERATION };
  if (!isKnown) {
    const isNamed = words.some((word) => operations.isCommand(getArgumentText(word)));
    return isNamed ? { unread } : { unchecked: { operation: undefined } };
  }
  if (operation !== undefined && !isUnknownText(operation))
    return { unchecked: { operation: nameUncheckedOperation(name, operation) } };
  return operations.hasService(name)
    ? { unread: { ...unread, service: toBotoService(name) } }
    : { unchecked: { operation: undefined } };
}

const UNREAD_OPERATION = {
  why: "which operation this is, only the run knows",
  help: "write the operation out, or check the request as a document of its own",
  language: "shell",
};
