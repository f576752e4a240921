import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Acted } from "../action/run.ts";
import { act } from "../action/run.ts";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import { blocksOf, readText } from "./pages.ts";

const PAGE = readText("docs/github-action.md");

interface Step {
  uses?: string;
  id?: string;
  if?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: unknown;
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[] }>;
}

const workflows = blocksOf(PAGE)
  .filter(({ info }) => info.startsWith(".github/workflows/"))
  .map(({ info, text }) => ({ name: info, text, workflow: parse(text) as Workflow }));
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
const OURS = "OWNER/countersign@v1";
const oursIn = (workflow: Workflow): Step => stepsOf(workflow).find(({ uses }) => uses === OURS)!;
const named = (part: string): Workflow => workflows.find(({ name }) => name.includes(part))!.workflow;

const action = parse(readText("action.yml")) as {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, unknown>;
};

/** The names in the first column of the table below a heading. */
function rowsBelow(heading: string): string[] {
  const [, section = ""] = PAGE.split(`\n## ${heading}\n`);
  return [...section.split("\n## ")[0]!.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name!);
}

describe("the tables of docs/github-action.md", () => {
  test("have every input and output, and no other", () => {
    expect(rowsBelow("Inputs")).toEqual(Object.keys(action.inputs));
    expect(rowsBelow("Outputs")).toEqual(Object.keys(action.outputs));
  });

  test("say the defaults that action.yml says", () => {
    for (const [name, { default: value = "" }] of Object.entries(action.inputs))
      if (value !== "") expect(PAGE).toContain(`| \`${name}\` | \`${value}\` |`);
  });
});

const request = (path: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [${path}]\n  Report: {Enabled: false}\n`;

/** What the workflows of the page name. */
const BASE = {
  "countersign.yaml": "strict: false\n",
  "context/mounts.yaml": "mountPoints: { fs-0123456789abcdef0: /mnt/fsx }\n",
  "payloads/none.json": "{}\n",
  "requests/old.yaml": request("kept"),
};

let tree = "";
beforeAll(() => {
  tree = releaseTree();
});

/** Runs the workflow's step on a pull request that exports this path. */
function actOn(workflow: Workflow, path: string, more: Record<string, string> = {}): Acted {
  const repository = new Repository();
  repository.commit(BASE);
  repository.pullRequest((topic) => topic.write({ "requests/new.yaml": request(path), ...more }));
  const inputs = Object.entries(oursIn(workflow).with ?? {}).map(([name, value]) => [name, String(value)]);
  return act(tree, repository.directory, Object.fromEntries(inputs), {
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_BASE_REF: "main",
    GITHUB_SHA: repository.git("rev-parse", "HEAD"),
  });
}

describe.each(workflows)("$name", ({ workflow, text }) => {
  test("names only inputs and outputs that there are", () => {
    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(oursIn(workflow).with ?? {})),
    );
    const used = [...text.matchAll(/steps\.(\w+)\.outputs\.([\w-]+)/g)];
    for (const [, id, output] of used) {
      expect(stepsOf(workflow).find((step) => step.id === id)?.uses).toBe(OURS);
      expect(Object.keys(action.outputs)).toContain(output);
    }
  });

  test("lets a token do no more than it must, and pins every action", () => {
    const wanted = text.includes("upload-sarif")
      ? { contents: "read", "security-events": "write" }
      : { contents: "read" };
    expect(workflow.permissions).toEqual(wanted);
    expect(JSON.stringify(workflow.on)).not.toContain("pull_request_target");
    for (const { uses } of stepsOf(workflow)) if (uses) expect(uses).toMatch(/^[\w./-]+@v\d+$/);
  });

  test("stops a bad request, and lets a good one pass", () => {
    const bad = actOn(workflow, "/results");
    expect(bad.log).toMatch(/^::error file=requests\/new\.yaml,line=5,.*title=fsx\/export-paths-relative/m);
    expect([bad.status, bad.outputs.outcome]).toEqual([1, "fail"]);
    const good = actOn(workflow, "results");
    expect([good.status, good.outputs.outcome]).toEqual([0, "undecided"]);
  });
});

test("the set-up for forks fetches what it takes the policy from, and keeps no token", () => {
  const [checkout] = stepsOf(named("forks"));
  expect(checkout).toMatchObject({
    uses: expect.stringMatching(/^actions\/checkout@/),
    with: { "fetch-depth": 2, "persist-credentials": false },
  });
  expect(oursIn(named("forks")).with).toEqual({ "policy-from": "HEAD^1", "changed-only": true });
});

test("the set-up for forks does not ask the pull request what is right", () => {
  const off = { "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n" };
  expect(actOn(named("forks"), "/results", off).status).toBe(1);
  expect(actOn(named("countersign.yml"), "/results", off).status).toBe(0);
});

test("code scanning gets what was written, also after a failure", () => {
  const workflow = named("sarif");
  const upload = stepsOf(workflow).find(({ uses }) => uses?.includes("upload-sarif"))!;
  expect(upload.if).toMatch(/^always\(\) && /);
  expect(upload.with?.sarif_file).toBe("${{ steps.countersign.outputs.sarif }}");
  expect(actOn(workflow, "/results").outputs.sarif).toBe("countersign.sarif");
});
