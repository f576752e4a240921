import type { ValidateResult } from "../api/result.ts";
import type { ValidateInput, Validator } from "../api/validator.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { escapeHarmful } from "../diagnostics/text.ts";
import { createOperationNames } from "../requests/operations.ts";
import { copyInput } from "./copy.ts";

/** Information about calls that their payloads lack. */
export interface GuardOptions extends Pick<ValidateInput, "justification" | "caller" | "context"> {
  /** Block requests whose check is undecided, too. */
  strict?: boolean;
  /** Called for every request that was checked and let through, for example to log what was undecided. */
  onChecked?: (operation: string, result: ValidateResult) => void;
}

/** The check failed, and the request was not sent. */
export class GuardError extends Error {
  override readonly name = "GuardError";
  readonly operation: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Mirrors the SDK's own errors, so that no retry strategy treats this as a transient error. */
  readonly $retryable = undefined;
  readonly $fault = "client";

  constructor(operation: string, diagnostics: readonly Diagnostic[]) {
    super(
      `${operation} was not sent, because its check ${describeOutcome(diagnostics)}\n${diagnostics.map(formatLine).join("\n")}`,
    );
    this.operation = operation;
    this.diagnostics = diagnostics;
  }
}

const describeOutcome = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.some(({ status }) => status === "failed") ? "failed:" : "is undecided:";

/** Formats a diagnostic, such as `  schema/enum at /Type: …`. */
const formatLine = ({ code, pointer, message, help }: Diagnostic): string =>
  `  ${code}${pointer ? ` at ${escapeHarmful(pointer)}` : ""}: ${escapeHarmful(message)}${help === undefined ? "" : `\n    help: ${escapeHarmful(help)}`}`;

/** The part of a middleware stack that a plugin needs (AWS SDK for JavaScript v3, `Pluggable`). */
interface MiddlewareStack {
  add(
    middleware: Middleware,
    options: { step: "initialize"; name: string; priority: "low"; override: true },
  ): void;
}
type Handler = (args: { input: unknown }) => Promise<unknown>;
type Middleware = (next: Handler, about: { clientName?: string; commandName?: string }) => Handler;

/** A plugin, as `client.middlewareStack.use()` takes it. */
export interface Guard {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's stack is generic over each client's own types
  applyToStack: (stack: any) => void;
}

/**
 * Creates a plugin for clients and commands of the AWS SDK for JavaScript v3 that blocks each request which
 * fails its check, before it is serialized, signed or sent:
 *
 *     client.middlewareStack.use(guard(createValidator()))
 *
 * On a command, it replaces the client's guard for that command, with its own options. Operations without a
 * schema pass. The promise of a blocked request rejects with a `GuardError`.
 */
export function guard(validator: Validator, options: GuardOptions = {}): Guard {
  if (typeof validator?.validate !== "function" || !Array.isArray(validator.operations))
    throw new TypeError("`guard` takes a validator: hand in `createValidator()`");
  const operations = createOperationNames(validator.operations);
  const middleware: Middleware =
    (next, { clientName = "", commandName = "" }) =>
    async (args) => {
      const operation = operations.find(clientName.replace(/Client$/, ""), commandName);
      if (operation === undefined) return next(args);
      // Send exactly what was checked, whatever happens to the original in the meantime.
      const input = copyOrDeferError(args.input);
      rejectUnlessValid(operation, input, validator, options);
      return next({ ...args, input });
    };
  return {
    applyToStack: (stack: MiddlewareStack) =>
      stack.add(middleware, { step: "initialize", name: "countersign", priority: "low", override: true }),
  };
}

/**
 * If copying fails, returns an object that throws the same error when read, so that the validator reports it.
 */
function copyOrDeferError(input: unknown): unknown {
  try {
    return copyInput(input);
  } catch (error) {
    return Object.defineProperty({}, "request", {
      enumerable: true,
      get: () => {
        throw error;
      },
    });
  }
}

function rejectUnlessValid(
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
