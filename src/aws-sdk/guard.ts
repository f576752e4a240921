import type { ValidateInput, ValidateResult, Validator } from "../api/validator.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { harmless } from "../diagnostics/text.ts";
import { operationNames } from "../requests/operations.ts";
import { copied } from "./copy.ts";

/** What the payload doesn't say of a call. */
export interface GuardOptions extends Pick<ValidateInput, "justification" | "caller" | "context"> {
  /** Undecided checks stop the request, too. */
  strict?: boolean;
  /** Hears of every request that was checked and let through: to log what was undecided, for example. */
  onChecked?: (operation: string, result: ValidateResult) => void;
}

/** The request was not sent: the check failed. Nothing has left the machine. */
export class GuardError extends Error {
  override readonly name = "GuardError";
  readonly operation: string;
  readonly diagnostics: readonly Diagnostic[];
  /** As the SDK's own errors have it, so that no retry strategy takes this for a passing trouble. */
  readonly $retryable = undefined;
  readonly $fault = "client";

  constructor(operation: string, diagnostics: readonly Diagnostic[]) {
    super(
      `${operation} was not sent, because its check ${verdictOf(diagnostics)}\n${diagnostics.map(line).join("\n")}`,
    );
    this.operation = operation;
    this.diagnostics = diagnostics;
  }
}

const verdictOf = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.some(({ status }) => status === "failed") ? "failed:" : "is undecided:";

/** `  schema/enum at /Type: …` */
const line = ({ code, pointer, message, help }: Diagnostic): string =>
  `  ${code}${pointer ? ` at ${harmless(pointer)}` : ""}: ${harmless(message)}${help === undefined ? "" : `\n    help: ${harmless(help)}`}`;

/** The part of an SDK middleware stack that a plugin needs (AWS SDK for JavaScript v3, `Pluggable`). */
interface Stack {
  add(
    middleware: Middleware,
    options: { step: "initialize"; name: string; priority: "low"; override: true },
  ): void;
}
type Handler = (args: { input: unknown }) => Promise<unknown>;
type Middleware = (next: Handler, about: { clientName?: string; commandName?: string }) => Handler;

/** What `client.middlewareStack.use()` takes. */
export interface Guard {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's stack is generic over each client's own types
  applyToStack: (stack: any) => void;
}

/**
 * A plugin for clients and commands of the AWS SDK for JavaScript v3 that stops a request which fails the check,
 * before it is serialised, signed or sent:
 *
 *     client.middlewareStack.use(guard(createValidator()))
 *
 * Used on a command, it takes the place of the client's for that command, with its own options. Operations without a
 * schema pass. The request's promise rejects with `GuardError`.
 */
export function guard(validator: Validator, options: GuardOptions = {}): Guard {
  if (typeof validator?.validate !== "function" || !Array.isArray(validator.operations))
    throw new TypeError("`guard` takes a validator: hand in `createValidator()`");
  const operations = operationNames(validator.operations);
  const middleware: Middleware =
    (next, { clientName = "", commandName = "" }) =>
    async (args) => {
      const operation = operations.find(clientName.replace(/Client$/, ""), commandName);
      if (operation === undefined) return next(args);
      // What is sent is what was checked, whatever becomes of the original meanwhile.
      const input = copyOf(args.input);
      refuseUnlessFit(operation, input, validator, options);
      return next({ ...args, input });
    };
  return {
    applyToStack: (stack: Stack) =>
      stack.add(middleware, { step: "initialize", name: "countersign", priority: "low", override: true }),
  };
}

/** What can't be copied is checked as something that can't be read, with what reading it threw. */
function copyOf(input: unknown): unknown {
  try {
    return copied(input);
  } catch (error) {
    return Object.defineProperty({}, "request", {
      enumerable: true,
      get: () => {
        throw error;
      },
    });
  }
}

function refuseUnlessFit(
  operation: string,
  request: unknown,
  validator: Validator,
  options: GuardOptions,
): void {
  const { strict = false, onChecked, ...about } = options;
  const result = validator.validate({ operation, request, ...about });
  const isStopped = result.outcome === "fail" || (strict && result.outcome === "undecided");
  if (!isStopped) {
    onChecked?.(operation, result);
    return;
  }
  const failed = result.diagnostics.filter(({ status }) => status === "failed" || strict);
  throw new GuardError(operation, failed.length > 0 ? failed : result.diagnostics);
}
