import { describe, expect, it } from "vitest";
import { inPageTerms } from "../../src/playground/page/page-terms.ts";
import { NO_FILES, toCheckJob } from "../../src/playground/page/state.ts";
import { directory, runCli } from "../cli/run.ts";

describe("a message in terms of the page", () => {
  it.each([
    [
      "give it with `--caller ARN`, or write it under `caller` in the request document",
      "write it under `caller` in the tab Config, or write it under `caller` in the request document",
    ],
    [
      "a request has `operation:` and `request:`; for a bare payload, name its operation with `--operation`",
      "a request has `operation:` and `request:`; a bare payload needs `operation:` and `request:` around it",
    ],
    ["give it with `--context FILE`: `aws fsx …`", "give it with a file of the tab Context: `aws fsx …`"],
    ["say the name that the AWS CLI has for it: `--service fsx`", "fill in its service, such as `fsx`"],
  ])("names tabs and fields in place of options: %s", (said, expected) => {
    expect(inPageTerms(said)).toBe(expected);
  });

  it("names no option of a permission question", async () => {
    const question = ["--principal", "arn:aws:iam::123456789012:role/R", "--action", "s3:PutObject"];
    const { stdout } = await runCli(["iam", "explain", ...question, "--resource", "arn:aws:s3:::b/*"], {
      cwd: directory({}),
    });
    expect(stdout).toContain("`--policy resource=FILE`");
    expect(inPageTerms(stdout)).not.toMatch(/`--|--context/);
  });
});

describe("what the page asks to check", () => {
  const facts = { path: "countersign.yaml", text: "{}" };

  it("goes by the configuration of its tab, whatever the name", () => {
    const config = [{ path: "team.yaml", text: "strict: true" }];
    expect(toCheckJob({ ...NO_FILES, config }).config).toBe("team.yaml");
  });

  it("goes by no configuration that is in another tab or empty", () => {
    const config = [{ path: "countersign.yaml", text: " " }];
    expect(toCheckJob({ ...NO_FILES, config, context: [facts] }).config).toBe(false);
  });
});
