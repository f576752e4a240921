import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directory, ROOT, runCli } from "../cli/run.ts";

const PAGE = readFileSync(join(ROOT, "docs/adopting.md"), "utf8");
const STEPS = [...PAGE.matchAll(/^```sh step\ncountersign (.*)\n```$/gm)].map(([, words]) => words!);

/** A repository in which nobody has used Countersign: scripts that are right, wrong, and open. */
const scripts = (): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => {
      const system = index % 3 === 0 ? "$FS" : "fs-0123456789abcdef0";
      const type = index % 5 === 0 ? "EXPORT" : "EXPORT_TO_REPOSITORY";
      return [
        `scripts/export-${index}.sh`,
        `#!/bin/sh\naws fsx create-data-repository-task --type ${type} --file-system-id ${system} --paths run-${index} --report Enabled=false\n`,
      ];
    }),
  );

describe("docs/adopting.md", () => {
  it("has ten steps, whose commands end as the page says", async () => {
    expect(PAGE.match(/^## \d+\./gm)).toHaveLength(10);
    const cwd = directory(scripts());
    const statuses: string[] = [];
    for (const step of STEPS) {
      const [words] = step.split(" > ");
      const { status } = await runCli(words!.split(" "), { cwd });
      statuses.push(`${step}: ${status}`);
    }
    expect(statuses).toEqual([
      "find: 0",
      "check: 1",
      "init: 0",
      "baseline: 0",
      "check --baseline countersign-baseline.json: 0",
      "context plan > gather.sh: 0",
      "baseline --undecided: 0",
      "check --baseline countersign-baseline.json --strict: 0",
    ]);
  });
});
