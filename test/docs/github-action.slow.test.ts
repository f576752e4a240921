import { beforeAll, describe, expect, test } from "vitest";
import type { Acted } from "../action/run.ts";
import { act } from "../action/run.ts";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import type { Workflow } from "./workflows.ts";
import { named, oursIn, workflows } from "./workflows.ts";

const request = (path: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [${path}]\n  Report: {Enabled: false}\n`;

/** The files that the page's workflows refer to. */
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

/** Runs the workflow's Countersign step on a pull request that exports this path. */
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

describe.each(workflows)("$name", ({ workflow }) => {
  test("fails a bad request and passes a good one", () => {
    const bad = actOn(workflow, "/mnt/fsx/results");
    expect(bad.log).toMatch(/^::error file=requests\/new\.yaml,line=5,.*title=fsx\/export-paths-relative/m);
    expect([bad.status, bad.outputs.outcome]).toEqual([1, "fail"]);
    const good = actOn(workflow, "results");
    expect([good.status, good.outputs.outcome]).toEqual([0, "undecided"]);
  });
});

test("the workflow for forks ignores the configuration of the pull request", () => {
  const off = { "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n" };
  expect(actOn(named("forks"), "/mnt/fsx/results", off).status).toBe(1);
  expect(actOn(named("countersign.yml"), "/mnt/fsx/results", off).status).toBe(0);
});

test("the workflow for code scanning uploads the file that the action wrote", () => {
  expect(actOn(named("sarif"), "/mnt/fsx/results").outputs.sarif).toBe("countersign.sarif");
});
