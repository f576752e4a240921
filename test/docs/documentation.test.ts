import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseLimits } from "../../src/schemagen/limits/read.ts";
import { ROOT } from "../cli/run.ts";
import { blocksOf, checkExamples, examplesOf, pagesBelow, readText, runIn } from "./pages.ts";

const TOP = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].filter((file) => existsSync(join(ROOT, file)));
const PAGES = [...TOP, ...pagesBelow("docs")];

const withoutCode = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$|`[^`\n]*`/gm, "");

/** The anchor that a Markdown renderer gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .trim()
    .replaceAll(" ", "-");

const anchorsOf = (file: string): string[] =>
  [...readText(file).matchAll(/^#+ (.*)$/gm)].map((match) => anchorOf(match[1]!));

describe.each(PAGES)("%s", (page) => {
  test("has no broken links", () => {
    const links = [...withoutCode(readText(page)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    const broken = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test("has no absolute paths of one machine and no trailing spaces", () => {
    const text = readText(page);
    expect(text).not.toMatch(/\/(?:work|home|Users|tmp)\//);
    expect(text).not.toMatch(/[ \t]$/m);
  });
});

test("CONTRIBUTING.md names no npm script that doesn't exist", () => {
  const { scripts } = JSON.parse(readText("package.json")) as { scripts: Record<string, string> };
  const run = [...readText("CONTRIBUTING.md").matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
  expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

const COMMANDS = [
  [],
  ["check"],
  ["baseline"],
  ["find"],
  ["replay"],
  ["lsp"],
  ["schema"],
  ["schema", "generate"],
  ["schema", "check"],
  ["schema", "diff"],
  ["schema", "list"],
  ["schema", "show"],
  ["context"],
  ["context", "plan"],
  ["context", "pull"],
  ["rules"],
  ["rules", "list"],
  ["rules", "show"],
  ["rules", "test"],
  ["iam"],
  ["iam", "fetch"],
  ["iam", "explain"],
  ["dry-run"],
  ["exec"],
  ["hook"],
  ["mcp"],
  ["merge"],
  ["stream"],
  ["explain"],
  ["init"],
];

describe("docs/cli.md", () => {
  const page = readText("docs/cli.md");
  const sections = new Map(page.split(/^## /m).map((part) => [part.split("\n", 1)[0]!, part]));

  test.each(COMMANDS.map((command) => ({ command })))(
    "lists every option of `$command --help`",
    async ({ command }) => {
      const { status, stdout } = await runIn([], [...command, "--help"]);
      expect(status).toBe(0);
      const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+(?: <[^>]+>)?)/gm)].map(
        (match) => match[1]!,
      );
      expect(options).toContain("--help");
      const own = sections.get(command.join(" ")) ?? page;
      const said = (option: string): boolean => (option === "--help" ? page : own).includes(`\`${option}`);
      expect(options.filter((option) => !said(option))).toEqual([]);
      const commands = [
        ...(/^Commands:\n((?: .*\n)*)/m.exec(stdout)?.[1] ?? "").matchAll(/^ {2}([\w-]+)/gm),
      ].map((match) => match[1]!);
      for (const name of commands) {
        if (name !== "help") expect(COMMANDS).toContainEqual([...command, name]);
      }
    },
  );

  test("shows a JSON report as it is printed", async () => {
    const [example] = examplesOf(readText("docs/codes/schema/enum.md"));
    const { stdout } = await runIn(example!.files, ["check", "--format", "json", example!.files[0]!.name]);
    const shown = JSON.parse(blocksOf(page).find(({ info }) => info === "report")!.text);
    const printed = JSON.parse(stdout);
    expect(printed.diagnostics[0].help).toContain(shown.diagnostics[0].help.replace(" …", ""));
    printed.diagnostics[0].help = shown.diagnostics[0].help;
    expect(printed).toEqual(shown);
  });
});

describe("docs/documents.md", () => {
  const page = readText("docs/documents.md");
  const files = blocksOf(page).filter(({ language, info }) => language !== "text" && info !== "");

  test.each(files.map(({ info, text }) => ({ name: info, text })))(
    "$name is a request document that passes",
    async (file) => {
      const { status, stdout } = await runIn([file], ["check", "--format", "json", file.name]);
      const { requests, diagnostics } = JSON.parse(stdout);
      expect(status).toBe(0);
      expect(requests).toHaveLength(file.name === "two.yaml" || file.name === "list.yaml" ? 2 : 1);
      expect(diagnostics.filter((found: { status: string }) => found.status !== "undecided")).toEqual([]);
    },
  );

  checkExamples("docs/documents.md");
});

describe("docs/containers.md", () => checkExamples("docs/containers.md"));

/** The keys of a limits file, from the reader's error about an unknown key. */
function keysAt(text: string): string[] {
  try {
    parseLimits(`operation: example:PutThing\nsource: https://example.com/\n${text}`, "limits.yaml");
  } catch (error) {
    return (error as { help: string }).help.replace("the keys here are ", "").split(", ");
  }
  throw new Error("an unknown key was taken");
}

test("docs/schemas.md describes every x- keyword", () => {
  const page = readText("docs/schemas.md");
  const writer = ["src/schemagen/emit/json-schema.ts", "src/schema/json-schema.ts"].map(readText).join("");
  const keywords = [...new Set([...writer.matchAll(/"(x-[a-z-]+)"/g)].map((match) => match[1]!))];
  expect(keywords).toContain("x-aws-type");
  expect(keywords.filter((keyword) => !page.includes(`\`${keyword}\``))).toEqual([]);
});

test("docs/schemas.md shows a valid limits file and describes every key", () => {
  const page = readText("docs/schemas.md");
  const example = blocksOf(page).find(({ info }) => info === "limits");
  const limits = parseLimits(example!.text, "limits.yaml");
  expect([...limits.request.keys()]).toEqual(["/Name", "/Tags/*/Key"]);
  const keys = [keysAt("nonsense: 1\n"), keysAt("request:\n  /Name:\n    nonsense: 1\n")].flat();
  expect(keys).toContain("wholeMatch");
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});
