import { describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { runCli } from "./run.ts";

const BAD =
  "operation: fsx:CreateDataRepositoryTask\nrequest: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT, Report: {Enabled: false}}\n";

const filesIn = async (cwd: string, ...args: string[]): Promise<string[]> => {
  const { stdout } = await runCli(["check", "--format", "json", ...args], { cwd });
  return (JSON.parse(stdout) as { requests: { file: string }[] }).requests.map(({ file }) => file);
};

describe("a file that git ignores", () => {
  it("is left out of a walk unless git tracks it, so that .gitignore can't switch a check off", async () => {
    const repository = new Repository();
    repository.commit({ "requests/a.yaml": BAD, "requests/deep/b.yaml": BAD, "gone.yaml": BAD });
    repository
      .write({ ".gitignore": "requests/\ngone.yaml\nbuilt/\n", "built/c.yaml": BAD })
      .remove("gone.yaml");
    expect(await filesIn(repository.directory)).toEqual(["requests/a.yaml", "requests/deep/b.yaml"]);
    expect(await filesIn(repository.directory, ".")).toEqual(["requests/a.yaml", "requests/deep/b.yaml"]);
  });
});

describe("Countersign's own files", () => {
  it("hold no request, but a request among them is checked", async () => {
    const repository = new Repository();
    repository.commit({
      "countersign.yaml": "requests:\n  - {files: 'x/*.json', operation: fsx:CreateDataRepositoryTask}\n",
      "sub/countersign.yaml": BAD,
      "schemas/x.limits.yaml": BAD,
      "schemas/y.limits.yaml": "operation: fsx:CreateDataRepositoryTask\n/Paths: {maxItems: 100}\n",
    });
    expect(await filesIn(repository.directory)).toEqual(["schemas/x.limits.yaml", "sub/countersign.yaml"]);
  });
});
