import type { CounterModules } from "./finding-counter.ts";

/** The code that counts findings, as `npm run build` compiled it, without that of deferred operations. */
export declare const counters: CounterModules;
