import { beforeAll, describe, expect, it } from "vitest";
import { has, releaseRepository, TAG, UserRepository } from "./user-repository.ts";

/** Directories of further npm versions, each to be put before PATH; the empty one stands for the default npm. */
const NPMS = ["", ...(process.env.COUNTERSIGN_NPM_PATHS ?? "").split(":").filter((path) => path !== "")];

const GOOD =
  "operation: fsx:CreateDataRepositoryTask\nrequest: {FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Paths: [a], Report: {Enabled: false}}\n";
const BAD = GOOD.replace("EXPORT_TO_REPOSITORY", "EXPORT");

describe.skipIf(!has("pre-commit"))("the pre-commit hooks (skipped where pre-commit isn't installed)", () => {
  let release = "";
  beforeAll(() => {
    release = releaseRepository();
  });

  describe.each(NPMS)("installed with npm from %j", (npm) => {
    const withHook = (hook: string): UserRepository =>
      new UserRepository(
        `repos:\n  - repo: file://${release}\n    rev: ${TAG}\n    hooks:\n      - id: ${hook}\n`,
        { npm },
      ).install();

    it("reject a commit of a bad request with a readable message and accept a good one", () => {
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

    it("accept files without requests", () => {
      const user = withHook("countersign");
      const { status, output } = user.commit({ "a.yaml": "just: data\n", "package.json": "{}\n" });
      expect(status, output).toBe(0);
    });

    it("check files whose names look like options", () => {
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

    it("don't take a configuration for a request", () => {
      const user = withHook("countersign");
      const config = "requests:\n  - {files: 'payloads/*.json', operation: fsx:CreateDataRepositoryTask}\n";
      const { status, output } = user.commit({ "countersign.yaml": config, "sub/countersign.yml": config });
      expect(status, output).toBe(0);
    });

    it("check every file that the configuration names with countersign-config", () => {
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
