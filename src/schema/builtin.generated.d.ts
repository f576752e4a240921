import type { SchemaValidator } from "./store.ts";

/** Compiled request schemas by operation, in order of name. Written by `npm run build`. */
export declare const validators: Record<string, SchemaValidator>;

/** The other operations, whose compiled schemas are in dist/deferred/. */
export declare const deferred: readonly string[];
