import type { FactStore } from "./facts.ts";

/** The part of a middleware stack that a plugin needs (AWS SDK for JavaScript v3, `Pluggable`). */
export interface MiddlewareStack {
  add(
    middleware: Middleware,
    options: { step: "initialize"; name: string; priority: "low"; override: true },
  ): void;
}
export type Handler = (args: { input: unknown }) => Promise<unknown>;
export type Middleware = (next: Handler, about: { clientName?: string; commandName?: string }) => Handler;

/** The part of a client of the AWS SDK for JavaScript v3 that the guard needs. */
export interface GuardedClient {
  // biome-ignore lint/suspicious/noExplicitAny: each client takes its own commands
  send(command: any, options?: any): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's stack is generic over each client's own types
  middlewareStack: { use(plugin: any): void };
  config: object;
}

/** The exports of a client's package, among them the classes of its commands. */
export type CommandModule = Readonly<Record<string, unknown>>;

/** Places a middleware where a client has one guard, before anything is serialized. */
export const addGuardMiddleware = (stack: MiddlewareStack, middleware: Middleware): void =>
  stack.add(middleware, { step: "initialize", name: "countersign", priority: "low", override: true });

export const isGuardedClient = (value: object): value is GuardedClient =>
  typeof (value as Partial<GuardedClient>).send === "function" &&
  "middlewareStack" in value &&
  "config" in value;

/** The facts of a client's option `context`, which is a store, or the records themselves. */
export const isFactStore = (value: object): value is FactStore =>
  typeof (value as Partial<FactStore>).findRecords === "function";
