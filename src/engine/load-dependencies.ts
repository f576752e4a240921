import type { LocatedRequest } from "../requests/find.ts";
import type { Engine } from "./engine.ts";

/**
 * Loads what only some runs need: rules for requests, policies where the context has any, schemas of context for requests
 * that bring their own.
 */
export async function loadDependencies(engine: Engine, requests: readonly LocatedRequest[]): Promise<void> {
  if (requests.length > 0) await loadRulesAndPolicies(engine);
  if (engine.contextSchemas || !requests.some(({ context }) => context)) return;
  const { loadContextSchemas } = await import("../context/load/schemas.ts");
  engine.contextSchemas = loadContextSchemas;
}

/** Loads what every request is checked with. */
export async function loadRulesAndPolicies(engine: Engine): Promise<void> {
  if (!engine.rules && engine.loadRules) engine.rules = await engine.loadRules();
  if (engine.permissionEvaluator || engine.context.iam.length === 0) return;
  const { PermissionEvaluator } = await import("../permissions/evaluator.ts");
  engine.permissionEvaluator = new PermissionEvaluator(engine.context);
}
