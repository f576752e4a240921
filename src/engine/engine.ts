import type { ContextSchemas } from "../context/load/schemas.ts";
import type { ContextStore } from "../context/store.ts";
import type { Judge } from "../permissions/evaluator.ts";
import type { OperationNames } from "../requests/operations.ts";
import type { RuleOptions, RuleSet } from "../rules/rule-set.ts";
import type { SchemaStore } from "../schema/store.ts";

/** What requests are checked with: loaded once, used for every request. */
export interface Engine {
  schemas: SchemaStore;
  /** The operations of the schemas, by the names that tools give them; made when first needed. */
  operationNames?: OperationNames;
  rules?: RuleSet;
  /** Loads the rules when the first request is found: a run that finds none need not pay for them. */
  loadRules?: () => Promise<RuleSet>;
  ruleOptions?: RuleOptions;
  /** Facts from context files. */
  context: ContextStore;
  /** Decides permissions by the policies of the context; absent where there are none, or until it is needed. */
  judge?: Judge;
  /** Who makes the calls of requests that don't say it. */
  caller?: string;
  /** By which a request's own context is checked. */
  contextSchemas?: ContextSchemas;
}
