/** The public API of `countersign/aws-sdk`. */
export type { Guard, GuardOptions } from "./guard.ts";
export { GuardError, guard } from "./guard.ts";
