import { quoted } from "../../diagnostics/text.ts";
import { toOperationName } from "../operations.ts";
import type { Unchecked, Unread } from "../request.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText, isUnknownText } from "./argument.ts";
import { isOpenEnded, parseArguments } from "./arguments.ts";
import { toBotoService } from "./names.ts";
import type { CliOperations } from "./operations.ts";
import { GLOBAL_OPTIONS } from "./options.ts";

/** Commands that call no API that could change anything. */
const LOCAL_COMMANDS = new Set(["configure", "help", "history", "login", "logout", "sso"]);

interface UncheckableContext {
  text: string;
  operations: CliOperations;
}

/**
 * What is known of an `aws` command without a checkable operation. It is counted if its operation has no schema,
 * and unread if it may be one that has; undefined if it calls no API.
 */
export function describeUncheckable(
  words: readonly Argument[],
  context: UncheckableContext,
): Unread | Unchecked | undefined {
  const { rest, positionals } = parseArguments(words, GLOBAL_OPTIONS, 1);
  const [service] = positionals;
  if (!service) return rest.some(isOpenEnded) ? { operation: undefined } : undefined;
  const name = getArgumentText(service);
  if (context.operations.isCommand(name)) return describeUnknownService(service);
  if (LOCAL_COMMANDS.has(name) || !/^[a-z]/.test(name)) return undefined;
  const command = findCommandWord(words, service, rest);
  if (!command) return rest.length > 0 ? { operation: undefined } : undefined;
  const action = getArgumentText(command);
  if (action === "help") return undefined;
  if (!isUnknownText(action) && !isOpenEnded(command))
    return { operation: toOperationName(toBotoService(name), action) };
  if (!context.operations.hasService(name)) return { operation: undefined };
  return describeUnknownCommand(service, command, context);
}

/** The word that names the operation: one that may expand to anything counts if it comes first. */
function findCommandWord(
  words: readonly Argument[],
  service: Argument,
  rest: readonly Argument[],
): Argument | undefined {
  const behind = rest.filter((word) => words.indexOf(word) > words.indexOf(service));
  const [first] = behind;
  return first && isOpenEnded(first) ? first : parseArguments(behind, [], 1).positionals[0];
}

function describeUnknownCommand(service: Argument, command: Argument, { text }: UncheckableContext): Unread {
  const name = getArgumentText(service);
  const { start, end } = command.span;
  return {
    span: { start: service.span.start, end: Math.max(end, service.span.end) },
    why: `which operation of ${quoted(name)} this calls is not known: ${quoted(text.slice(start, end))} is not constant`,
    help: "write the name of the operation into the command",
    service: toBotoService(name),
    language: "shell",
  };
}

/** `aws "$SERVICE" create-…`, with the name of an operation that has a schema. */
const describeUnknownService = (operation: Argument): Unread => ({
  span: operation.span,
  why: `which service's ${quoted(getArgumentText(operation))} this calls is not known`,
  help: "write the name of the service into the command",
  language: "shell",
});
