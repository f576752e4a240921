/** The public API of `countersign/aws-sdk`. */
export { GuardError } from "./error.ts";
export type { FactQuery, FactStore, FoundFacts } from "./facts.ts";
export type { Guard } from "./guard.ts";
export { guard } from "./guard.ts";
export type { CheckedInfo, ClientGuardOptions, GuardOptions } from "./options.ts";
