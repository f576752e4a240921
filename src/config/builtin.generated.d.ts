import type { SchemaValidator } from "../schema/store.ts";

/** Compiled schemas of the configuration and of baselines, by name. Written by `npm run build`. */
export declare const validators: Record<string, SchemaValidator>;
