import type { Validator } from "../api/validator.ts";
import { createValidator } from "../api/validator.ts";
import { createOperationNames, type OperationNames } from "../requests/operations.ts";
import { auditRequest } from "./audit.ts";
import { type GuardVerdict, RequestChecker } from "./checker.ts";
import type { GuardedClient, Middleware, MiddlewareStack } from "./client.ts";
import { addGuardMiddleware, isFactStore, isGuardedClient } from "./client.ts";
import { copyInput } from "./copy.ts";
import type { FactStore } from "./facts.ts";
import type { ClientGuardOptions, GuardOptions } from "./options.ts";

/** A plugin, as `client.middlewareStack.use()` takes it. */
export interface Guard {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's stack is generic over each client's own types
  applyToStack: (stack: any) => void;
}

/**
 * Puts a guard in front of a client of the AWS SDK for JavaScript v3, and returns the client. Each request that fails its
 * check is blocked before it is serialized, signed or sent; so is an undecided one that can lose data. Operations without
 * a schema pass. The promise of a blocked request rejects with a `GuardError`.
 *
 *     guard(client, { context: "pull", audit: "audit.jsonl" })
 */
export function guard<Client extends GuardedClient>(client: Client, options?: ClientGuardOptions): Client;
/**
 * Creates a plugin for clients and commands, which blocks each request that fails its check:
 *
 *     client.middlewareStack.use(guard(createValidator()))
 *
 * On a command, it replaces the client's guard for that command, with its own options.
 */
export function guard(validator: Validator, options?: GuardOptions): Guard;
export function guard(
  guarded: GuardedClient | Validator,
  options: GuardOptions | ClientGuardOptions = {},
): GuardedClient | Guard {
  if (typeof guarded === "object" && guarded !== null && isGuardedClient(guarded))
    return guardClient(guarded, options);
  if (!isValidator(guarded))
    throw new TypeError("`guard` takes a client of the AWS SDK, or a validator: hand in `createValidator()`");
  const checker = new RequestChecker(guarded, options as GuardOptions);
  return createPlugin(createOperationNames(guarded.operations), {
    check: (operation, request) => checker.check(operation, request),
    onSend: (operation, { result, problems }) => options.onChecked?.(operation, result, { problems }),
  });
}

const isValidator = (value: unknown): value is Validator =>
  typeof (value as Validator | undefined)?.validate === "function" &&
  Array.isArray((value as Validator).operations);

function guardClient<Client extends GuardedClient>(client: Client, options: ClientGuardOptions): Client {
  const {
    validator = createValidator(),
    context,
    commands,
    allowUndecided = false,
    audit,
    ...about
  } = options;
  if (!isValidator(validator))
    throw new TypeError("`validator` of `guard` is not one: hand in `createValidator()`");
  if (context !== undefined && context !== "pull" && (typeof context !== "object" || context === null))
    throw new TypeError('`context` of `guard` is `"pull"`, a store of facts, or the records themselves');
  const store =
    context === "pull"
      ? createPullStore(client, commands)
      : context && isFactStore(context)
        ? context
        : undefined;
  const records =
    context !== "pull" && store === undefined ? (context as Record<string, unknown>) : undefined;
  const checker = new RequestChecker(validator, {
    ...about,
    context: records,
    store,
    isCareful: !allowUndecided,
  });
  const plugin = createPlugin(createOperationNames(validator.operations), {
    async check(operation, request) {
      const verdict = await checker.check(operation, request);
      if (audit !== undefined) {
        const region = await readRegion(client);
        auditRequest(audit, { operation, request, region, justification: about.justification }, verdict);
      }
      return verdict;
    },
    onSend: (operation, { result, problems }) => about.onChecked?.(operation, result, { problems }),
    forget: () => store?.forget?.(),
  });
  client.middlewareStack.use(plugin);
  return client;
}

/** Loaded when the first check waits for a fact. */
function createPullStore(client: GuardedClient, commands: ClientGuardOptions["commands"]): FactStore {
  let loading: Promise<FactStore> | undefined;
  let loaded: FactStore | undefined;
  const load = async (): Promise<FactStore> => {
    const [{ PullStore }, { ClientReader }] = await Promise.all([
      import("./pull-store.ts"),
      import("./client-reader.ts"),
    ]);
    loaded = new PullStore(new ClientReader(client, readService(client), commands));
    return loaded;
  };
  return {
    async findRecords(query) {
      loading ??= load();
      return (await loading).findRecords(query);
    },
    forget: () => loaded?.forget?.(),
  };
}

/** As the AWS CLI names it: `Storage Gateway` is `storagegateway`. */
const readService = ({ config }: GuardedClient): string =>
  String((config as { serviceId?: unknown }).serviceId ?? "")
    .toLowerCase()
    .replaceAll(" ", "");

async function readRegion({ config }: GuardedClient): Promise<unknown> {
  const { region } = config as { region?: unknown };
  try {
    return typeof region === "function" ? await region() : region;
  } catch {
    return undefined;
  }
}

interface GuardWork {
  check(operation: string, request: unknown): GuardVerdict | Promise<GuardVerdict>;
  /** Called for each checked request that is sent. */
  onSend(operation: string, verdict: GuardVerdict): void;
  /** Called before and after a checked request is sent: it changes facts. */
  forget?(): void;
}

function createPlugin(operations: OperationNames, { check, onSend, forget }: GuardWork): Guard {
  const middleware: Middleware =
    (next, { clientName = "", commandName = "" }) =>
    async (args) => {
      const operation = operations.find(clientName.replace(/Client$/, ""), commandName);
      if (operation === undefined) return next(args);
      // Send exactly what was checked, whatever happens to the original in the meantime.
      const input = copyOrDeferError(args.input);
      const checked = check(operation, input);
      const verdict = checked instanceof Promise ? await checked : checked;
      if (verdict.error) throw verdict.error;
      onSend(operation, verdict);
      if (!forget) return next({ ...args, input });
      forget();
      try {
        return await next({ ...args, input });
      } finally {
        forget();
      }
    };
  return { applyToStack: (stack: MiddlewareStack) => addGuardMiddleware(stack, middleware) };
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
