import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readText } from "./pages.ts";
import { named, OURS, oursIn, PAGE, stepsOf, workflows } from "./workflows.ts";

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
  test("have a row for every input and output and no other", () => {
    expect(rowsBelow("Inputs")).toEqual(Object.keys(action.inputs));
    expect(rowsBelow("Outputs")).toEqual(Object.keys(action.outputs));
  });

  test("show the defaults of action.yml", () => {
    for (const [name, { default: value = "" }] of Object.entries(action.inputs))
      if (value !== "") expect(PAGE).toContain(`| \`${name}\` | \`${value}\` |`);
  });
});

describe.each(workflows)("$name", ({ workflow, text }) => {
  test("names only inputs and outputs that exist", () => {
    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(oursIn(workflow).with ?? {})),
    );
    const used = [...text.matchAll(/steps\.(\w+)\.outputs\.([\w-]+)/g)];
    for (const [, id, output] of used) {
      expect(stepsOf(workflow).find((step) => step.id === id)?.uses).toBe(OURS);
      expect(Object.keys(action.outputs)).toContain(output);
    }
  });

  test("gives the token the least permissions and pins every action", () => {
    const wanted = text.includes("upload-sarif")
      ? { contents: "read", "security-events": "write" }
      : { contents: "read" };
    expect(workflow.permissions).toEqual(wanted);
    expect(JSON.stringify(workflow.on)).not.toContain("pull_request_target");
    for (const { uses } of stepsOf(workflow)) if (uses) expect(uses).toMatch(/^[\w./-]+@v\d+$/);
  });
});

test("the workflow for forks fetches the commit of its policy and keeps no credentials", () => {
  const [checkout] = stepsOf(named("forks"));
  expect(checkout).toMatchObject({
    uses: expect.stringMatching(/^actions\/checkout@/),
    with: { "fetch-depth": 2, "persist-credentials": false },
  });
  expect(oursIn(named("forks")).with).toEqual({ "policy-from": "HEAD^1", "changed-only": true });
});

test("the workflow for code scanning uploads the report after a failure, too", () => {
  const workflow = named("sarif");
  const upload = stepsOf(workflow).find(({ uses }) => uses?.includes("upload-sarif"))!;
  expect(upload.if).toMatch(/^always\(\) && /);
  expect(upload.with?.sarif_file).toBe("${{ steps.countersign.outputs.sarif }}");
});
