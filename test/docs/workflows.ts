import { parse } from "yaml";
import { blocksOf, readText } from "./pages.ts";

export const PAGE = readText("docs/github-action.md");

export interface Step {
  uses?: string;
  id?: string;
  if?: string;
  with?: Record<string, unknown>;
}
export interface Workflow {
  on: unknown;
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[] }>;
}

export const workflows = blocksOf(PAGE)
  .filter(({ info }) => info.startsWith(".github/workflows/"))
  .map(({ info, text }) => ({ name: info, text, workflow: parse(text) as Workflow }));
export const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
export const OURS = "OWNER/countersign@v1";
export const oursIn = (workflow: Workflow): Step => stepsOf(workflow).find(({ uses }) => uses === OURS)!;
export const named = (part: string): Workflow => workflows.find(({ name }) => name.includes(part))!.workflow;
