export {
  expandActions,
  findActionFacts,
  isKnownAction,
  suggestActions,
  takesResource,
} from "./facts.ts";
export { findActionFaults, findResourceFault } from "./lint.ts";
export type { ActionFacts, ResourceType } from "./table.ts";
export { supportsResourceControl } from "./table.ts";
