import type { CompiledModules, StoredGroup, StoredRules } from "./stored.ts";

/** The rules of rules/ that are for every operation, as `npm run build` stored them. */
export declare const stored: () => StoredRules;

/** Their expressions, compiled. */
export declare const modules: CompiledModules;

/** The rules of the operations that most runs are about, each in a module of its own. */
export declare const groups: readonly StoredGroup[];
