import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { has, newHome, releaseRepository, TAG, UserRepository } from "../release/user-repository.ts";
import { blocksOf, readText } from "./pages.ts";

const PAGE = readText("docs/pre-commit.md");
const configs = blocksOf(PAGE).filter(({ language }) => language === "yaml");

interface Config {
  repos: { repo: string; rev: string; hooks: { id: string; args?: string[] }[] }[];
}

const payload = (paths: string): string =>
  `{"FileSystemId": "fs-0123456789abcdef0", "Type": "EXPORT_TO_REPOSITORY", "Paths": [${paths}], "Report": {"Enabled": false}}\n`;
const request = (paths: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: ${payload(paths)}`;

const filesWith = (path: string): Record<string, string> => ({
  "requests/export.yaml": request(path),
  "payloads/export.json": payload(path),
  "context/mounts.yaml": "mountPoints: { fs-0123456789abcdef0: /mnt/fsx }\n",
  "package.json": "{}\n",
});

describe.skipIf(!has("pre-commit"))("docs/pre-commit.md (skipped where pre-commit isn't installed)", () => {
  let release = "";
  const home = newHome();
  beforeAll(() => {
    release = releaseRepository();
  });

  test.each(configs)(
    "shows a configuration that rejects a bad commit and accepts a good one: $info",
    ({ text }) => {
      const { repos } = parse(text) as Config;
      const config = { repos: repos.map((repo) => ({ ...repo, repo: `file://${release}`, rev: TAG })) };
      const user = new UserRepository(JSON.stringify(config), { home }).install();
      const bad = user.commit(filesWith('"/mnt/fsx/results"'));
      expect(bad.output).toContain("error[fsx/export-paths-relative]");
      expect(bad.status).toBe(1);
      const good = user.commit(filesWith('"results"'));
      expect(good.status, good.output).toBe(0);
    },
  );

  test("shows the message of a rejected commit", () => {
    const shown = blocksOf(PAGE).find(({ language }) => language === "text")!.text;
    const config = { repos: [{ repo: `file://${release}`, rev: TAG, hooks: [{ id: "countersign" }] }] };
    const user = new UserRepository(JSON.stringify(config), { home }).install();
    const export_ =
      "operation: fsx:CreateDataRepositoryTask\nrequest:\n  FileSystemId: fs-0123456789abcdef0\n  Type: EXPORT_TO_REPOSITORY\n  Paths: [/fsx/results]\n  Report: {Enabled: false}\n";
    const { output } = user.commit({ "requests/export.yaml": export_ });
    const withoutTime = (text: string) => text.replace(/^(- duration: )[\d.]+s$/m, "$1");
    expect(withoutTime(output)).toContain(withoutTime(shown.trimEnd()));
  });

  test("says that undecided requests are shown, in at most 20 lines", () => {
    const config = { repos: [{ repo: `file://${release}`, rev: TAG, hooks: [{ id: "countersign" }] }] };
    const user = new UserRepository(JSON.stringify(config), { home }).install();
    const { output, status } = user.commit({ "requests/export.yaml": request('"results"') });
    expect(status, output).toBe(0);
    expect(output).toContain("undecided requests: requests/export.yaml:1\n");
    const lines = output.slice(output.indexOf("undecided requests: ")).split("\n");
    expect(lines.findIndex((line) => line.startsWith("undecided: "))).toBeLessThan(20);
  });

  test("says that `args` are added to the hook's own arguments", () => {
    const hook = { id: "countersign", args: ["--context", "context"] };
    const config = { repos: [{ repo: `file://${release}`, rev: TAG, hooks: [hook] }] };
    const user = new UserRepository(JSON.stringify(config), { home }).install();
    const { output, status } = user.commit(filesWith('"mnt/fsx/a"'));
    expect(output).toContain("error[fsx/export-paths-relative]");
    expect(output).not.toContain("package.json");
    expect(status).toBe(1);
  });
});
