// Errors for malformed pages: position, message and help.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateFromPage, PageError } from "../../src/schemagen/index.ts";
import { size } from "../support/scale.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", `${name}.rst`), "utf8");
const PAINT = fixture("paint_block");
const STACK = fixture("stack_blocks");

/** Replaces one text in a page; fails if the text isn't there. */
function replaceText(page: string, from: string, to: string): string {
  expect(page).toContain(from);
  return page.replace(from, () => to);
}

function catchPageError(page: string): PageError {
  try {
    generateFromPage(page, "page.rst");
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
  throw new Error("the page was taken");
}

/** The 1-based number of the line that contains a text. */
const findLine = (page: string, text: string) => page.slice(0, page.indexOf(text)).split("\n").length;

type Case = { name: string; page: string; message: RegExp | string; line?: number; column?: number };

const cases: Case[] = [
  {
    name: "empty",
    page: "",
    message: "the page ends here, before its first line: it is cut off",
    line: 1,
    column: 1,
  },
  {
    name: "another text",
    page: "\n# Readme\n",
    message: "this is not the documentation page of an operation: the first line is `# Readme`",
    line: 2,
    column: 1,
  },
  {
    name: "a terminal's control characters",
    page: "\u001b[2J\u202eevil",
    message:
      "this is not the documentation page of an operation: the first line is `\\u{1b}[2J\\u{202e}evil`",
  },
  {
    name: "the page of another operation behind this one's head",
    page: replaceText(PAINT, ".Client.paint_block(", ".Client.stack_blocks("),
    message: "the page is about `paint_block`, but this line documents `Toybox.Client.stack_blocks`",
    line: 9,
  },
  {
    name: "a link to another operation",
    page: replaceText(PAINT, "/PaintBlock>", "/StackBlocks>"),
    message: "the link to the AWS API Documentation doesn't name the operation `paint_block`",
  },
  {
    name: "cut off in the syntax block",
    page: PAINT.slice(0, PAINT.indexOf("Dry=True")),
    message: /^the page ends here, before the end of the request syntax/,
  },
  {
    name: "cut off in the parameters",
    page: PAINT.slice(0, PAINT.indexOf(":rtype:")),
    message: /^the page ends here, before `:rtype:` or `:returns:`/,
  },
  {
    name: "cut off before the response",
    page: PAINT.slice(0, PAINT.indexOf("**Response Structure**")),
    message: "the page ends here, before `**Response Structure**`: it is cut off",
  },
  {
    name: "cut off in the last word",
    page: fixture("describe_tower").split("**Exceptions**")[0]!.trimEnd(),
    message: "the page ends here, before a line break: it is cut off",
  },
  {
    name: "a bracket that nothing closes",
    page: replaceText(STACK, "    )\n", ""),
    message: /^the syntax block ends here, expected `\)`, for what line \d+ opens$/,
  },
  {
    name: "a value that means nothing",
    page: replaceText(PAINT, "Coats=123,", "Coats=12,"),
    message: "expected a value such as `'string'`, `123`, `{` or `[`, found `12`",
    line: findLine(PAINT, "Coats=123"),
    column: 15,
  },
  {
    name: "text behind the block",
    page: replaceText(PAINT, "    )\n", "    )\n    print(response)\n"),
    message: "expected the end of the syntax block, found `print(response)`",
  },
  {
    name: "a member twice",
    page: replaceText(PAINT, "Gloss=123.0,", "Coats=123,"),
    message: "`Coats` is in this block twice",
    line: findLine(PAINT, "Gloss=123.0"),
    column: 9,
  },
  {
    name: "a member only in the syntax",
    page: replaceText(PAINT, "    Dry=True", "    Wet=True|False,\n        Dry=True"),
    message: "`Wet` is in the syntax block, but not in the list",
    line: findLine(PAINT, "Dry=True"),
  },
  {
    name: "a nested member only in the syntax",
    page: replaceText(STACK, "'Offset': 123", "'Offset': 123,\n                'Angle': 123"),
    message: /^`Angle` is in the syntax block, but not in the list under `Left` \(line \d+\)$/,
  },
  {
    name: "a member only in the list",
    page: replaceText(
      PAINT,
      ":type Dry: boolean\n",
      ":type Wet: boolean\n  :param Wet: \n\n  :type Dry: boolean\n",
    ),
    message: "`Wet` is in the list, but not in the syntax block",
    line: findLine(PAINT, ":type Dry"),
    column: 3,
  },
  {
    name: "a different kind",
    page: replaceText(PAINT, ":type Coats: integer", ":type Coats: string"),
    message: `\`Coats\` is a \`string\` in the list, but an integer in line ${findLine(PAINT, "Coats=123")}`,
    line: findLine(PAINT, ":type Coats"),
  },
  {
    name: "a different nesting",
    page: replaceText(STACK, "      - **Offset**", "    - **Offset**"),
    message: "`Offset` is in the list, but not in the syntax block",
  },
  {
    name: "an indentation between two levels",
    page: replaceText(STACK, "      - **Offset**", "       - **Offset**"),
    message: "`Offset` is indented by 7 spaces, expected 6",
  },
  {
    name: "a tab",
    page: replaceText(STACK, "      - **Offset**", "\t- **Offset**"),
    message: "`Offset` is indented with a tab, expected spaces",
  },
  {
    name: "a list without its item",
    page: replaceText(STACK, "      - *(string) --* \n\n  :type Labels", "  :type Labels"),
    message: "`(list)` lacks an entry for the list's item",
  },
  {
    name: "a `:type` without its `:param`",
    page: replaceText(PAINT, "  :param Coats: **[REQUIRED]** How often to paint it.\n", ""),
    message: "`:type Coats:` has no `:param` line below it",
    line: findLine(PAINT, ":type Coats"),
  },
  {
    name: "a mark that is cut off",
    page: replaceText(PAINT, ":param Coats: **[REQUIRED]** How often to paint it.", ":param Coats: **[REQU"),
    message: "expected `**[REQUIRED]**` at the end of this line: it is cut off",
    line: findLine(PAINT, ":param Coats"),
  },
  {
    name: "a comma that is missing",
    page: replaceText(PAINT, "'deep blue'|'o'clock',", "'deep blue'"),
    message: "expected `,` or `)` before this, found `Coats=123,`",
    line: findLine(PAINT, "Coats=123"),
  },
  {
    name: "a `:param` of something else",
    page: replaceText(PAINT, ":param Coats:", ":param Coat:"),
    message: "`:param Coat:` has no `:type` line above it",
  },
];

describe("generateFromPage() on a malformed page", () => {
  it.each(cases)("reports the error and its position: $name", ({ page, message, line, column }) => {
    const error = catchPageError(page);
    if (typeof message === "string") expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
    if (line !== undefined) expect(error.line).toBe(line);
    if (column !== undefined) expect(error.column).toBe(column);
    expect(error.help).not.toBe("");
    expect(error.message).not.toMatch(/\.$|^[A-Z]/);
  });

  it("rejects excessive nesting", () => {
    const deep = Array.from({ length: 5000 }, () => "        'a': {").join("\n");
    const page = replaceText(PAINT, "    Name='string',", `    Name={\n${deep}\n`);
    expect(catchPageError(page).message).toMatch(/nested more than 64 levels deep/);
  });

  it("takes linear time on a large page", () => {
    const hostile = [
      " ".repeat(size(200_000)),
      "`".repeat(size(200_000)),
      "* ".repeat(size(100_000)),
      "`<".repeat(size(100_000)),
      ".. ".repeat(size(70_000)),
    ];
    const shut = hostile.map((text) => `    x${text}y\n\n`).join("");
    const page = replaceText(PAINT, "    The name of the block.", `${shut}    The name of the block.`);
    const numbers = `Valid values are 1-10.\n\n    ${"1,111,".repeat(size(100_000))}111x`;
    const both = replaceText(page, "How often to paint it.", `How often.\n\n    ${numbers}`);
    const start = performance.now();
    generateFromPage(both, "page.rst");
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("keeps a member called __proto__ from changing the prototype", () => {
    const page = replaceText(
      replaceText(PAINT, "Dry=True", "__proto__=True"),
      ":type Dry: boolean\n  :param Dry:",
      ":type __proto__: boolean\n  :param __proto__:",
    );
    const { request } = generateFromPage(page, "page.rst");
    expect(Object.keys((request as { properties: object }).properties)).toContain("__proto__");
  });
});
