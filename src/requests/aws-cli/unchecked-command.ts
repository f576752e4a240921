import type { Span } from "../../diagnostics/lines.ts";
import { findNearest } from "../../diagnostics/nearest.ts";
import { quoted } from "../../diagnostics/text.ts";
import { findBoto3Name, isBoto3Service, isSlip } from "../dialects/sdk-operation.ts";
import { SERVICE_OPERATIONS } from "../dialects/service-names.ts";
import type { RequestFault, Unchecked, Unread } from "../request.ts";
import type { Argument } from "./argument.ts";
import { getArgumentText, isUnknownText } from "./argument.ts";
import { findNearestOption, isOpenEnded } from "./arguments.ts";
import { listCommandNames, nameUncheckedOperation, toBotoService } from "./names.ts";
import type { CliOperations } from "./operations.ts";
import { listGlobalOptions } from "./options.ts";

/** A command whose request can't be checked: because it can't be read, or for want of a schema. */
export interface UncheckedCommand {
  unread?: Unread;
  unchecked?: Unchecked;
  /** What is wrong with the name. */
  fault?: RequestFault;
}

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
  { operations, isAboutToRun = false }: { operations: CliOperations; isAboutToRun?: boolean },
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
    return isNamed || (isAboutToRun && !namesAny(words))
      ? { unread }
      : { unchecked: { operation: undefined } };
  }
  if (operation !== undefined && !isUnknownText(operation)) {
    const fault = findMisspeltName({ name, operation, span }, operations);
    return { unchecked: { operation: nameUncheckedOperation(name, operation) }, ...(fault && { fault }) };
  }
  return operations.hasService(name)
    ? { unread: { ...unread, service: toBotoService(name) } }
    : { unchecked: { operation: undefined } };
}

/** Whether a word stands where the name of a service or an operation may stand: `aws $OPTIONS s3 ls`. */
const namesAny = (words: readonly Argument[]): boolean =>
  words.some((word, index) => {
    const before = words[index - 1];
    const isValue = before !== undefined && getArgumentText(before).startsWith("-");
    return !isValue && /^[a-z][a-z0-9-]*$/.test(getArgumentText(word));
  });

/** Commands that every service has. */
const SHARED_COMMANDS = /^(?:help|wait)$/;

/** A service or an operation that the AWS CLI refuses, where it is clear which one is meant. */
function findMisspeltName(
  { name, operation, span }: { name: string; operation: string; span: Span },
  operations: CliOperations,
): RequestFault | undefined {
  const [only, ...others] = operations.findServices(operation);
  const service = only !== undefined && others.length === 0 && isMeant(name, only) ? only : undefined;
  const known = Object.hasOwn(SERVICE_OPERATIONS, name) ? SERVICE_OPERATIONS[name]!.split(" ") : [];
  const commands = known.flatMap((each) => listCommandNames(`${name}:${each}`));
  const isCommand = commands.length === 0 || commands.includes(operation) || SHARED_COMMANDS.test(operation);
  const right = service ?? (isCommand ? undefined : findNearest(operation, commands));
  if (right === undefined || (!service && !isSlip(operation, right))) return undefined;
  const what = service ? `service ${quoted(name)}` : `operation ${quoted(operation)} of this service`;
  return {
    code: "document/unknown-operation",
    span,
    message: `the AWS CLI knows no ${what}`,
    help: `did you mean ${quoted(right)}?`,
  };
}

const isMeant = (written: string, service: string): boolean =>
  !isBoto3Service(toBotoService(written)) &&
  (findNearest(written, [service]) !== undefined || findBoto3Name(written) === service);

/** What is said of a command whose operation only the run knows. */
export const UNREAD_OPERATION = {
  why: "which operation this is, only the run knows",
  help: "write the operation out, or check the request as a document of its own",
  language: "shell",
};

export function createStrayWordFault(stray: Argument): RequestFault {
  const near = findNearestOption(getArgumentText(stray).replace(/^-+|=[\s\S]*/g, ""), listGlobalOptions());
  return {
    code: "document/syntax",
    span: stray.span,
    message: `${quoted(getArgumentText(stray))} stands where the service is expected`,
    help: near ? `did you mean \`--${near.name}\`?` : "the service and the operation come first",
  };
}
