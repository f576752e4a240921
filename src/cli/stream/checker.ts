import type { LineChecker } from "../../api/stream/answer-line.ts";
import { createWaiverLookup } from "../../config/waivers.ts";
import { loadContextSchemas } from "../../context/load/schemas.ts";
import { PermissionEvaluator } from "../../permissions/evaluator.ts";
import { loadRunConfig, resolveFailurePolicy } from "../../run/config.ts";
import { createRunEngine, type EngineFlags } from "../../run/engine-options.ts";
import { formatWarning } from "../../run/errors.ts";
import type { Io } from "../../run/io.ts";

/** The options that decide about the answers. */
export interface CheckerFlags extends EngineFlags {
  config?: string | false;
  failOn?: "error" | "warning";
  strict?: boolean;
  brief?: boolean;
}

/** Loads everything that lines are checked with, so that each of them is checked at once. */
export async function createLineChecker(flags: CheckerFlags, io: Pick<Io, "stderr">): Promise<LineChecker> {
  const config = await loadRunConfig(flags.config, flags.now);
  const { engine, warnings } = await createRunEngine(flags, config);
  for (const warning of warnings) io.stderr(formatWarning(warning));
  const rules = engine.rules ?? (await engine.loadRules?.());
  if (rules) engine.rules = rules;
  engine.contextSchemas = loadContextSchemas;
  if (engine.context.iam.length > 0) engine.permissionEvaluator = new PermissionEvaluator(engine.context);
  const { now: _start, ...ruleOptions } = engine.ruleOptions ?? {};
  engine.ruleOptions = flags.now ? { ...ruleOptions, now: flags.now } : ruleOptions;
  // A line is in no file: waivers of a file's findings are not for it.
  const waivers = (config?.waivers ?? []).filter(({ file }) => file === undefined);
  const lookup = config && waivers.length > 0 ? await createWaiverLookup({ ...config, waivers }) : undefined;
  return {
    engine,
    policy: resolveFailurePolicy(flags, config),
    isBrief: flags.brief === true,
    ...(lookup && { waiverOf: lookup.findFor }),
  };
}
