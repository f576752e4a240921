import type { SchemaValidator } from "./store.ts";

/** What loads the compiled request schema of an operation, in order of name. Written by `npm run build`. */
export declare const loaders: Record<string, () => SchemaValidator>;

/** The other operations, whose compiled schemas are in dist/deferred/. */
export declare const deferred: readonly string[];
