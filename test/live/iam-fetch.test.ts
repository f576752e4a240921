import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { directory, runCli } from "../cli/run.ts";
import { ACCOUNT, account, allow, encoded, environment, ROLE } from "./account.ts";
import type { Handler, Server } from "./server.ts";
import { fault, serve } from "./server.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function started(handlers: Record<string, Handler>): Promise<Server> {
  const server = await serve(handlers);
  closing.push(server.close);
  return server;
}

const INLINE = { Write: encoded(allow("s3:PutObject", "arn:aws:s3:::reports/*")) };

describe("countersign iam fetch", () => {
  it("prints a context file, the same each time", async () => {
    const { url } = await started(account({ inline: INLINE }));
    const cwd = directory();
    const first = await runCli(["iam", "fetch", ROLE], { cwd, env: environment(url) });
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(/^\{\n {2}"UserDetailList": \[\],[\s\S]*\}\n$/);
    const again = await runCli(["iam", "fetch", ROLE, "--out", "iam.json"], {
      cwd,
      env: environment(url),
    });
    expect(again).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(cwd, "iam.json"), "utf8")).toBe(first.stdout);
  });

  it("writes a file that `check --context` accepts without a warning", async () => {
    const { url } = await started(
      account({ inline: INLINE, attached: [`arn:aws:iam::${ACCOUNT}:policy/P`] }),
    );
    const cwd = directory({
      "request.yaml":
        "operation: fsx:CreateDataRepositoryTask\nrequest: { FileSystemId: fs-0123456789abcdef0, Type: EXPORT_TO_REPOSITORY, Report: { Enabled: false } }\n",
    });
    await runCli(["iam", "fetch", ROLE, "--out", "iam.json"], { cwd, env: environment(url) });
    const { status, stderr } = await runCli(["check", "--context", "iam.json", "request.yaml"], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("writes nothing when a principal can't be fetched, and says which", async () => {
    const { url } = await started({
      ...account({ inline: INLINE }),
      GetRolePolicy: () =>
        fault(403, "AccessDenied", "User: x is not authorized to perform: iam:GetRolePolicy"),
    });
    const cwd = directory();
    const user = `arn:aws:iam::${ACCOUNT}:root`;
    const ran = await runCli(["iam", "fetch", ROLE, user, "--out", "iam.json"], {
      cwd,
      env: environment(url),
    });
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr).toBe(
      [
        `error: \`${ROLE}\`: the credentials may not call iam:GetRolePolicy for the role \`Reports\`: AWS says \`User: x is not authorized to perform: iam:GetRolePolicy\``,
        "  help: allow `iam:GetRolePolicy`, or all of the policy in docs/live.md; `aws sts get-caller-identity` says whose credentials these are",
        `error: \`${user}\` is not the ARN of a role or a user`,
        "  help: an account's root user has no policies to read",
        "nothing was written: 2 of 2 principals could not be read",
        "",
      ].join("\n"),
    );
    expect(existsSync(join(cwd, "iam.json"))).toBe(false);
  });

  it("exits 2 when the file can't be written", async () => {
    const { url } = await started(account());
    const ran = await runCli(["iam", "fetch", ROLE, "--out", "nowhere/iam.json"], {
      cwd: directory(),
      env: environment(url),
    });
    expect(ran).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("`nowhere/iam.json` can't be written: ENOENT"),
    });
  });

  it("gives up without credentials when the metadata service doesn't answer", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    closing.push(async () => {
      silent.closeAllConnections();
      silent.close();
    });
    const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment("");
    const { port } = silent.address() as AddressInfo;
    const env = {
      AWS_CONFIG_FILE: AWS_CONFIG_FILE!,
      AWS_SHARED_CREDENTIALS_FILE: AWS_SHARED_CREDENTIALS_FILE!,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}`,
    };
    const ran = await runCli(["iam", "fetch", ROLE], { cwd: directory(), env });
    expect(ran).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("there are no AWS credentials"),
    });
  });

  it("exits 2 without an ARN", async () => {
    const ran = await runCli(["iam", "fetch"], { cwd: directory() });
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining("missing required argument") });
  });
});
