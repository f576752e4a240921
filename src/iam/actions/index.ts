export { actionFacts, expandActions, isKnownAction, nearestActions, takesResource } from "./facts.ts";
export { actionFaults, resourceFault } from "./lint.ts";
export type { ActionFacts, ResourceType } from "./table.ts";
export { supportsResourceControl } from "./table.ts";
