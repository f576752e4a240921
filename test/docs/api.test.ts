import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../cli/run.ts";
import { blocksOf, readText } from "./pages.ts";

const PAGE = readText("docs/api.md");
const blocks = blocksOf(PAGE);

/** Each program with what the page says that it prints: the next block of text. */
const programs = blocks.flatMap(({ language, info, text }, index) =>
  language === "ts"
    ? [{ name: info, text, printed: blocks.slice(index).find((block) => block.language === "text")!.text }]
    : [],
);

/** A project of a user's, with the built package among its modules. */
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

describe("docs/api.md", () => {
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

  test("the types of its programs hold", () => {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test.each(programs)("$name prints what the page says", async ({ name, printed }) => {
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

  test("it has a program for everything that is exported", () => {
    const all = programs.map(({ text }) => text).join("\n");
    for (const name of ["validate", "createValidator", "guard", "GuardError", "simulate"])
      expect(all).toMatch(new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\}`));
    const types = [readText("src/index.ts"), readText("src/aws-sdk/index.ts")]
      .flatMap((text) => [...text.matchAll(/export type \{([^}]*)\}/g)])
      .flatMap(([, names]) => names!.split(",").map((name) => name.trim()));
    expect(types.length).toBeGreaterThan(8);
    expect(types.filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
  });

  test("it has a row for every option of a validator and of a guard", () => {
    const optionsIn = (file: string, name: string): string[] => {
      const [, body = ""] = new RegExp(`interface ${name}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(
        readFileSync(join(ROOT, file), "utf8"),
      )!;
      return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, option]) => option!);
    };
    const options = [
      ...optionsIn("src/api/validator.ts", "ValidatorOptions"),
      ...optionsIn("src/api/validator.ts", "ValidateInput"),
      ...optionsIn("src/aws-sdk/guard.ts", "GuardOptions"),
    ];
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter((name) => !new RegExp(`^\\| .*\`${name}\`.* \\|`, "m").test(PAGE))).toEqual([]);
  });

  test("it can be loaded from CommonJS as the page says", () => {
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
