import { beforeAll, describe, expect, it } from "vitest";
import { has, releaseRepository, TAG, UserRepository } from "./user-repository.ts";

/** npm versions that the machine has beside its own: a colon-separated list of directories to put before the path. */
const NPMS = ["", ...(process.env.COUNTERSIGN_NPM_PATHS ?? "").split(":").filter((path) => path !== "")];

const GOOD =
  "operation: fsx:CreateDataRepositoryTask\nrequest: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Paths: [a], Report: {Enabled: false}}\n";
const BAD = GOOD.replace("EXPORT_TO_REPOSITORY", "EXPORT");

describe.skipIf(!has("pre-commit"))("pre-commit (skipped where it isn't installed)", () => {
  let release = "";
  beforeAll(() => {
    release = releaseRepository();
  });

  describe.each(NPMS)("with npm of the path %j", (npm) => {
    const withHook = (hook: string): UserRepository =>
      new UserRepository(
        `repos:\n  - repo: file://${release}\n    rev: ${TAG}\n    hooks:\n      - id: ${hook}\n`,
        { npm },
      ).install();

    it("a bad file blocks the commit with a readable message, and a good one passes", () => {
      const user = withHook("countersign");
      const refused = user.commit({ "requests/bad.yaml": BAD, "other.yaml": "just: data\n" });
      expect(refused.output).toContain("--> requests/bad.yaml:2:");
      expect(refused.output).toContain("error[schema/enum]");
      expect(refused.output).not.toContain("other.yaml");
      expect(refused.status).toBe(1);
      expect(user.repository.git("log", "--oneline").split("\n")).toHaveLength(1);
      const accepted = user.commit({ "requests/bad.yaml": GOOD });
      expect(accepted.status, accepted.output).toBe(0);
      expect(user.repository.git("log", "--oneline").split("\n")).toHaveLength(2);
    });

    it("files without requests pass", () => {
      const user = withHook("countersign");
      const { status, output } = user.commit({ "a.yaml": "just: data\n", "package.json": "{}\n" });
      expect(status, output).toBe(0);
    });

    it("a name that looks like an option is a file's", () => {
      const user = withHook("countersign");
      const { status, output } = user.commit({
        "--no-config.yaml": BAD,
        "--rules=x.json": "{}\n",
        "-x.yaml": BAD,
      });
      expect(output).toContain("--> --no-config.yaml:2:");
      expect(output).toContain("--> -x.yaml:2:");
      expect(status).toBe(1);
    });

    it("a configuration is no request", () => {
      const user = withHook("countersign");
      const config = "requests:\n  - {files: 'payloads/*.json', operation: fsx:CreateDataRepositoryTask}\n";
      const { status, output } = user.commit({ "countersign.yaml": config, "sub/countersign.yml": config });
      expect(status, output).toBe(0);
    });

    it("by config: everything that it names is checked, whatever the commit changes", () => {
      const user = withHook("countersign-config");
      const config = "requests:\n  - {files: 'payloads/*.json', operation: fsx:CreateDataRepositoryTask}\n";
      const { status, output } = user.commit({
        "countersign.yaml": config,
        "payloads/export.json":
          '{"FileSystemId": "fs-0123456789abcdef0", "Type": "EXPORT", "Report": {"Enabled": false}}\n',
      });
      expect(output).toContain("--> payloads/export.json:1:");
      expect(status).toBe(1);
    });
  });
});
