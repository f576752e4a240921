import type { SchemaValidator } from "../schema/store.ts";

/** Compiled schemas of context: by part of a file, and by name of context. Written by `npm run build`. */
export declare const validators: Record<string, SchemaValidator>;

/** Of names whose schema is another one's, that one's name. */
export declare const aliases: Record<string, string>;
