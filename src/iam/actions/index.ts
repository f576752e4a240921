export {
  expandActions,
  findActionFacts,
  isKnownAction,
  suggestActions,
  takesResource,
} from "./facts.ts";
export { findActionFaults, findResourceFault, findUnknownAction } from "./lint.ts";
export type { ActionFacts, ResourceType } from "./table.ts";
export { hasResourceTypes, supportsResourceControl } from "./table.ts";
