import { collectNeeds, hasNeeds } from "../gather/needs.ts";
import { planReadings } from "../gather/readings.ts";
import { formatPlan } from "../gather/script.ts";
import { checkTarget, TARGET_ARGUMENTS } from "./target.ts";
import { BOOLEAN, COUNT, TEXT, TEXTS, type Tool } from "./tool.ts";

export const contextPlanTool: Tool = {
  name: "context_plan",
  title: "Plan how to gather missing facts",
  description:
    "For requests whose check is undecided: a shell script of read-only AWS CLI commands that print the missing facts into files of context. Nothing is run here.",
  inputSchema: { type: "object", properties: TARGET_ARGUMENTS, additionalProperties: false },
  outputSchema: {
    type: "object",
    properties: {
      needed: { ...BOOLEAN, description: "whether AWS can be asked for anything that is missing" },
      undecided: { ...COUNT, description: "how many checks are undecided" },
      script: { ...TEXT, description: "empty if nothing is needed" },
      byHand: { ...TEXTS, description: "records that no command prints" },
      warnings: TEXTS,
    },
    required: ["needed", "undecided", "script", "byHand", "warnings"],
  },
  async call(given, setting) {
    const { checked, warnings } = await checkTarget(given, setting, { allowEmpty: true });
    const needs = collectNeeds(checked);
    const needed = hasNeeds(needs);
    return {
      needed,
      undecided: checked.report.summary.undecided,
      script: needed ? formatPlan(planReadings(needs), needs) : "",
      byHand: [...needs.byHand.keys()],
      warnings,
    };
  },
};
