export {
  expandActions,
  findActionFacts as actionFacts,
  isKnownAction,
  suggestActions as nearestActions,
  takesResource,
} from "./facts.ts";
export { findActionFaults as actionFaults, findResourceFault as resourceFault } from "./lint.ts";
export type { ActionFacts, ResourceType } from "./table.ts";
export { supportsResourceControl } from "./table.ts";
