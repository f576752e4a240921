import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Repository } from "../git/repository.ts";
import { releaseTree } from "../release/tree.ts";
import type { Acted } from "./run.ts";
import { act } from "./run.ts";

let tree = "";
beforeAll(() => {
  tree = releaseTree();
});

const payload = (path: string): string =>
  `{"FileSystemId": "fs-0123456789abcdef0", "Type": "EXPORT_TO_REPOSITORY", "Paths": ["${path}"], "Report": {"Enabled": false}}`;
const request = (path: string): string =>
  `operation: fsx:CreateDataRepositoryTask\nrequest: ${payload(path)}\n`;
const [GOOD, BAD] = [request("a"), request("/mnt/a")];
const COMMAND = "aws fsx create-data-repository-task --cli-input-json";
const mounted = (path: string): string => `mountPoints: { fs-0123456789abcdef0: ${path} }\n`;

const WITH_POLICY = { "policy-from": "HEAD^1", "changed-only": "true" };

/** Checks a pull request by the policy of its base. */
function attempt(
  change: (topic: Repository) => void,
  {
    base = {},
    inputs = WITH_POLICY,
  }: { base?: Record<string, string>; inputs?: Record<string, string> } = {},
): Acted {
  const repository = new Repository();
  repository.commit({ "README.txt": "text\n", ...base });
  repository.pullRequest(change);
  return actOn(repository, inputs);
}

function actOn(repository: Repository, inputs: Record<string, string>, environment = {}): Acted {
  const sha = repository.git("rev-parse", "HEAD");
  return act(tree, repository.directory, inputs, {
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_BASE_REF: "main",
    GITHUB_SHA: sha,
    ...environment,
  });
}

const written = (name: string, text: string) => (topic: Repository) => void topic.write({ [name]: text });

describe("policy-from finds a bad request even if the pull request", () => {
  it.each<[string, string, (topic: Repository) => void]>([
    [
      "ignores its directory, in other letters than git ignores",
      "fsx/export-paths-relative",
      (topic) => {
        topic.write({ "requests/new.yaml": BAD, ".gitignore": "REQUESTS/\n" });
      },
    ],
    [
      "ignores its directory, and adds it nevertheless",
      "fsx/export-paths-relative",
      (topic) => {
        topic.write({ "requests/new.yaml": BAD }).git("add", "--all");
        topic.write({ ".gitignore": "requests/\n" });
      },
    ],
    [
      "writes its keys with JSON's escapes",
      "fsx/export-paths-relative",
      written(
        "new.json",
        `{"\\u006fperation": "fsx:CreateDataRepositoryTask", "requ\\u0065st": ${payload("/mnt/a")}}`,
      ),
    ],
    [
      "writes its keys with YAML's escapes",
      "fsx/export-paths-relative",
      written(
        "new.yaml",
        `"\\x6fperation": fsx:CreateDataRepositoryTask\n"\\U00000072equest": ${payload("/mnt/a")}\n`,
      ),
    ],
    [
      "breaks its keys over lines",
      "fsx/export-paths-relative",
      written(
        "new.yaml",
        `{"oper\\\n  ation": fsx:CreateDataRepositoryTask, "requ\\\n  est": ${payload("/mnt/a")}}`,
      ),
    ],
    [
      "writes its keys behind question marks",
      "fsx/export-paths-relative",
      written(
        "new.yaml",
        `? operation # of ours\n: fsx:CreateDataRepositoryTask\n? request # of ours\n: ${payload("/mnt/a")}\n`,
      ),
    ],
    [
      "has comments between its keys and their colons",
      "fsx/export-paths-relative",
      written(
        "new.yaml",
        `{operation # of ours\n : fsx:CreateDataRepositoryTask, request # of ours\n : ${payload("/mnt/a")}}`,
      ),
    ],
    ["calls it a configuration", "fsx/export-paths-relative", written("requests/countersign.yml", BAD)],
    ["calls it a file of limits", "fsx/export-paths-relative", written("requests/new.limits.yaml", BAD)],
    [
      "hides it in a list in a configuration",
      "fsx/export-paths-relative",
      written(
        "requests/countersign.yaml",
        `requests: [{operation: "fsx:CreateDataRepositoryTask", request: ${payload("/mnt/a")}}]`,
      ),
    ],
    [
      "gives a configuration the comment of a payload",
      "fsx/export-paths-relative",
      written(
        "requests/countersign.yaml",
        `# countersign: operation=fsx:CreateDataRepositoryTask\n${payload("/mnt/a")}\n`,
      ),
    ],
    [
      "puts it behind a long comment into a file that isn't UTF-8",
      "document/encoding",
      (topic) => {
        const long = "# a comment\n".repeat(1000);
        topic.writeBytes("new.yaml", Buffer.from(`${long}${BAD}# caf\u00e9\n`, "latin1"));
      },
    ],
    [
      "puts it behind a long comment into a file of UTF-16",
      "document/encoding",
      (topic) =>
        topic.writeBytes("new.yaml", Buffer.from(`\ufeff${"# a comment\n".repeat(1000)}${BAD}`, "utf16le")),
    ],
    [
      "puts it behind more white space than is read",
      "document/too-large",
      written("new.yaml", `${"\n".repeat(9 << 20)}${BAD}`),
    ],
    [
      "puts it behind more white space than is read, with escapes",
      "document/too-large",
      written(
        "new.json",
        `${"\n".repeat(9 << 20)}{"\\u006fperation": "fsx:CreateDataRepositoryTask", "request": ${payload("/mnt/a")}}`,
      ),
    ],
    [
      "calls the AWS CLI in a script that isn't UTF-8",
      "document/encoding",
      (topic) =>
        topic.writeBytes(
          "new.sh",
          Buffer.from(`#!/bin/sh\n# caf\u00e9\n${COMMAND} '${payload("/mnt/a")}'\n`, "latin1"),
        ),
    ],
    [
      "makes it of a container that isn't UTF-8",
      "document/encoding",
      (topic) =>
        topic.writeBytes(
          "new.json",
          Buffer.from(
            `{"Comment": "caf\u00e9", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask"}}}`,
            "latin1",
          ),
        ),
    ],
  ])("%s", (_, code, change) => {
    const { log, status } = attempt(change);
    expect(log).toMatch(new RegExp(`^::error .*title=${code}::`, "m"));
    expect(status).toBe(1);
  });

  it("changes only a configuration and files beside it, without a false finding", () => {
    const { log, status } = attempt(
      written(
        "requests/countersign.yaml",
        "requests:\n  - {files: a, operation: fsx:CreateDataRepositoryTask}\n",
      ),
    );
    expect(log).toBe("pass: 0 requests, nothing found\n");
    expect(status).toBe(0);
  });
});

describe("policy-from", () => {
  it("doesn't read the checkout through a link in the commit", () => {
    const outside = mkdtempSync(join(tmpdir(), "countersign-outside-"));
    const repository = new Repository();
    repository.commit({ "context/mounts.yaml": mounted("/mnt/fsx") });
    repository.pullRequest((topic) =>
      topic.write({ "context/mounts.yaml": mounted("/elsewhere"), "new.yaml": request("mnt/fsx/a") }),
    );
    symlinkSync(repository.directory, join(outside, "link"));
    for (const inputs of [
      { context: join(outside, "link/context") },
      { config: join(outside, "link/context/mounts.yaml") },
    ]) {
      const { log, status } = actOn(repository, { "policy-from": "HEAD^1", ...inputs } as Record<
        string,
        string
      >);
      expect(log).toContain("leads into the repository by a link, past `HEAD^1`");
      expect(status).toBe(2);
    }
  });

  it.each(["HEAD^1", "HEAD~1", "@^", "HEAD"])(
    "refuses a commit of the pull request's author: %s",
    (policy) => {
      const repository = new Repository();
      const main = repository.commit({ "README.txt": "text\n" });
      repository.git("checkout", "--quiet", "-b", "topic");
      repository.commit({ "countersign.yaml": "rules: {fsx/export-paths-relative: off}\n" });
      repository.commit({ "new.yaml": BAD });
      const merge = { GITHUB_SHA: "0123456789012345678901234567890123456789" };
      const { log, status } = actOn(repository, { "policy-from": policy }, merge);
      expect(log).toContain("is a commit of the pull request itself here");
      expect(status).toBe(2);
      const named = actOn(repository, { "policy-from": main }, merge);
      expect(named.log).toContain("title=fsx/export-paths-relative");
      expect(named.status).toBe(1);
    },
  );
});

describe("changed-only reports", () => {
  const CHANGED = { "changed-only": "true" };
  const SCRIPT = {
    "deploy/run.sh": `#!/bin/sh\n${COMMAND} file://export.json\n`,
    "deploy/export.json": payload("a"),
  };

  it("an unchanged script that refers to a changed file", () => {
    const { log, status } = attempt(written("deploy/export.json", payload("/mnt/a")), {
      base: SCRIPT,
      inputs: CHANGED,
    });
    // The finding stands in the file that the command sends.
    expect(log).toMatch(/^::error file=deploy\/export\.json,.*title=fsx\/export-paths-relative/m);
    expect(status).toBe(1);
  });

  it("an unchanged script whose file was replaced by another", () => {
    const { log, status } = attempt((topic) => topic.remove("deploy/export.json"), {
      base: { ...SCRIPT, "export.json": payload("/mnt/a") },
      inputs: CHANGED,
    });
    expect(log).toMatch(/^::error file=export\.json,.*title=fsx\/export-paths-relative/m);
    expect(status).toBe(1);
  });

  it("no unchanged script whose files didn't change", () => {
    const base = { ...SCRIPT, "deploy/export.json": payload("/mnt/a") };
    const { log, status } = attempt(written("other.txt", "text\n"), { base, inputs: CHANGED });
    expect(log).toBe("pass: 0 requests, nothing found\n");
    expect(status).toBe(0);
  });

  const linked = (link: string, target: string) => {
    const repository = new Repository();
    repository.write({ "bad.txt": BAD, "good.txt": GOOD });
    symlinkSync("good.txt", join(repository.directory, "current"));
    symlinkSync("current", join(repository.directory, "a.yaml"));
    repository.commit();
    repository.pullRequest((topic) => {
      rmSync(join(topic.directory, link));
      symlinkSync(target, join(topic.directory, link));
    });
    return actOn(repository, CHANGED);
  };

  it("a link to a link whose target changed", () => {
    const { log, status } = linked("current", "bad.txt");
    expect(log).toMatch(/^::error file=a\.yaml,.*title=fsx\/export-paths-relative/m);
    expect(status).toBe(1);
  });

  it.each([
    ["a directory", "ctx", "[ctx]"],
    ["a file in a directory", "facts/m.yaml", "[facts]"],
  ])("everything when context changed behind a link to %s", (_, link, context) => {
    const repository = new Repository();
    repository.write({
      "real/m.yaml": mounted("/x"),
      "facts/other.yaml": "mountPoints: {}\n",
      "countersign.yaml": `context: ${context}\n`,
      "a.yaml": request("mnt/fsx/a"),
    });
    symlinkSync(link === "ctx" ? "real" : "../real/m.yaml", join(repository.directory, link));
    repository.commit();
    repository.pullRequest(written("real/m.yaml", mounted("/mnt/fsx")));
    const { log, status } = actOn(repository, CHANGED);
    expect(log).toMatch(/^::error file=a\.yaml,.*title=fsx\/export-paths-relative/m);
    expect(status).toBe(1);
  });

  it("a new conflict with a request that was already in conflict with another", () => {
    const works = (paths: string): string => GOOD.replace('["a"]', paths);
    const { log, status } = attempt(written("a.yaml", works('["q"]')), {
      base: {
        "b.yaml": works('["p"]'),
        "c.yaml": works('["p", "q"]'),
        "d.yaml": works('["p"]'),
        "countersign.yaml": "failOn: warning\n",
      },
      inputs: CHANGED,
    });
    expect(log.match(/^::warning file=\w+\.yaml.*title=fsx\/no-overlapping-tasks/gm)).toEqual([
      expect.stringMatching(/^::warning file=c\.yaml/),
    ]);
    expect(status).toBe(1);
  });
});
