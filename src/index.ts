/** The public API of `countersign`. */
export type { ValidateResult } from "./api/result.ts";
export type { ValidateInput, Validator, ValidatorOptions } from "./api/validator.ts";
export { createValidator, validate } from "./api/validator.ts";
export type { Code, Severity } from "./diagnostics/codes.ts";
export type { Diagnostic, Outcome, Related, Status } from "./diagnostics/diagnostic.ts";
export type * from "./schema/requests.generated.ts";
