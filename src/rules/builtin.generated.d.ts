import type { CompiledModules, StoredRules } from "./stored.ts";

/** The rules of rules/, as `npm run build` stored them. */
export declare const stored: () => StoredRules;

/** Their expressions, compiled. */
export declare const modules: CompiledModules;
