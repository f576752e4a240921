import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../cli/run.ts";
import { programs } from "./api-programs.ts";

/** A user's project with the built package in its node_modules. */
function projectOf(): string {
  const project = mkdtempSync(join(tmpdir(), "countersign-api-"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(ROOT, join(project, "node_modules/countersign"));
  for (const name of ["@aws-sdk", "@types"])
    symlinkSync(join(ROOT, "node_modules", name), join(project, "node_modules", name));
  cpSync(join(ROOT, "examples/context"), join(project, "context"), { recursive: true });
  const compilerOptions = {
    strict: true,
    module: "nodenext",
    target: "es2022",
    types: ["node"],
    skipLibCheck: true,
    outDir: "out",
    rootDir: ".",
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
  for (const { name, text } of programs) writeFileSync(join(project, name), text);
  return project;
}

describe("docs/api.md, run with the built package", () => {
  const project = projectOf();
  let server: Server;
  let reached: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      reached.push(String(request.headers["x-amz-target"]).replace(/^.*\./, ""));
      request.resume().on("end", () => response.end("{}"));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => server.close());

  test("has programs that compile", () => {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test.each(programs)("shows the output of $name", async ({ name, printed }) => {
    reached = [];
    const file = join(project, "out", name.replace(/\.ts$/, ".js"));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--no-warnings", file], {
      cwd: project,
      env: {
        PATH: process.env.PATH,
        HOME: project,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      },
    });
    expect(stdout).toBe(printed);
    expect(stderr).toBe("");
    expect(reached).toEqual(name === "justified.ts" ? ["EvictFilesFailingUpload"] : []);
  });

  test("shows how CommonJS loads the package", () => {
    const program =
      'console.log(typeof require("countersign").validate); import("countersign/iam").then(({ simulate }) => console.log(typeof simulate));';
    const { stdout } = spawnSync(
      process.execPath,
      ["--no-warnings", "--input-type=commonjs", "-e", program],
      {
        cwd: project,
        encoding: "utf8",
      },
    );
    expect(stdout).toBe("function\nfunction\n");
  });
});
