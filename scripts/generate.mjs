/**
 * Writes the generated files that are kept in git: from schemas/ and rules/ the TypeScript types of the requests, the
 * editor schema of request documents and the pages of rules, and from a package the table of actions. With --check it
 * writes nothing, and fails when one of them is out of date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { actionFacts, actionTable } from "./action-facts.mjs";
import { builtinRules } from "./compile-rules.mjs";
import { operations, readSchema } from "./compile-schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The folder of the pages of rules, of which there is one for each operation. */
const RULES = "docs/rules";

/** The other generated files by path, each with the function that makes its text. */
const FILES = {
  "src/schema/requests.generated.ts": requestTypes,
  "schemas/countersign/request.json": editorSchema,
  "src/iam/actions/table.generated.ts": actionTable,
  "src/iam/actions/actions.txt": actionFacts,
};

/**
 * One interface for each operation (`StartCacheReportRequest`), and `Requests`, which maps operations to
 * them.
 */
async function requestTypes() {
  const parts = [
    "/** The payloads of the built-in operations. Written by `npm run generate`; not to be edited. */\n",
  ];
  for (const operation of operations()) parts.push(await requestType(operation));
  const rows = operations().map((operation) => `  "${operation}": ${typeName(operation)};\n`);
  parts.push(
    `/** The built-in operations, each with the type of its request. */\nexport interface Requests {\n${rows.join("")}}\n`,
  );
  return parts.join("\n");
}

const typeName = (operation) => `${operation.split(":")[1]}Request`;

function requestType(operation) {
  const { title, $schema, ...schema } = readSchema(operation);
  const described = { ...schema, description: schema.description ?? `The payload of ${operation}.` };
  return compile(described, typeName(operation), {
    bannerComment: "",
    ignoreMinAndMaxItems: true,
    additionalProperties: false,
    format: true,
    style: { printWidth: 110 },
  });
}

/** The schema of a request document: the envelope, with the payload's schema selected by the operation. */
function editorSchema() {
  const names = operations();
  const definitions = Object.fromEntries(names.map((name) => [name, withoutSchema(readSchema(name))]));
  const byOperation = names.map((name) => ({
    if: { properties: { operation: { const: name } }, required: ["operation"] },
    then: { properties: { request: { $ref: `#/definitions/${name}` } } },
  }));
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Countersign request document",
    description: "One proposed AWS API request, or a list of them under `requests`.",
    if: { required: ["requests"] },
    then: {
      type: "object",
      properties: {
        requests: {
          type: "array",
          description: "Several requests in one document.",
          items: { $ref: "#/definitions/envelope" },
        },
      },
      required: ["requests"],
      additionalProperties: false,
    },
    else: { $ref: "#/definitions/envelope" },
    definitions: { envelope: envelope(names, byOperation), ...definitions },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/**
 * Prepares a schema for embedding. Adds anchors where `x-whole-match` implies them, which editors don't know.
 */
function withoutSchema({ $schema, ...schema }) {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.["x-whole-match"] ? { ...value, pattern: `^(?:${value.pattern})$` } : value,
  );
}

function envelope(names, allOf) {
  const text = (description) => ({ type: "string", description });
  return {
    type: "object",
    required: ["operation", "request"],
    additionalProperties: false,
    properties: {
      operation: {
        ...text("The operation as `service:Operation`, service as boto3 and the AWS CLI name it."),
        anyOf: [{ enum: names }, { pattern: "^[a-z0-9-]+:[A-Z][A-Za-z0-9]*$" }],
      },
      justification: text("Why the call is needed, for the reviewer."),
      caller: text("ARN of the user or role that will make the call."),
      context: { type: "object", description: "Facts about the world that the payload refers to." },
      request: { type: "object", description: "Exactly the API payload." },
    },
    allOf,
  };
}

/** The pages below docs/rules/: an index, and a page for each operation and for the rules of every operation. */
async function rulePages() {
  const { set, formatRule, FUNCTIONS, formatSignature } = await builtinRules();
  const byPage = new Map();
  for (const rule of set.rules) {
    const page = rulePage(rule.operation);
    byPage.set(page, [...(byPage.get(page) ?? []), rule]);
  }
  const pages = [...byPage].map(([page, rules]) => [
    `${RULES}/${page}`,
    operationPage(page, rules, formatRule),
  ]);
  return Object.fromEntries([
    [`${RULES}/README.md`, ruleIndex(byPage, FUNCTIONS, formatSignature)],
    ...pages,
  ]);
}

const rulePage = (operation) => (operation === "*" ? "common.md" : `${operation.replace(":", "/")}.md`);

const GENERATED = "<!-- Written by `npm run generate` from rules/; not to be edited. -->\n";

function operationPage(page, rules, formatRule) {
  const { operation } = rules[0];
  const up = "../".repeat(page.split("/").length - 1);
  return [
    `# ${operation === "*" ? "Rules of every operation" : `Rules of ${operation}`}\n`,
    GENERATED,
    `[All rules](${up}README.md) · [how to write one](${up}../writing-rules.md)\n`,
    ruleTable(rules, (id) => anchor(id)),
    `\n${rules.map(formatRule).join("\n")}`,
  ].join("\n");
}

function ruleIndex(byPage, functions, formatSignature) {
  const cell = (text) => text.replaceAll("|", "\\|");
  return [
    "# Rules\n",
    GENERATED,
    "The built-in checks across fields, on top of the schema of each operation, with a page for each operation.",
    "Every example on these pages runs as a test (`countersign rules test`). [writing-rules.md](../writing-rules.md)",
    "explains how to write rules of your own.\n",
    ...[...byPage].flatMap(([page, rules]) => [
      `## [${rules[0].operation === "*" ? "Every operation" : rules[0].operation}](${page})\n`,
      `${ruleTable(rules, (id) => `${page}${anchor(id)}`)}\n`,
    ]),
    "## Functions\n",
    "In addition to those of CEL and its string extension, expressions may call:\n",
    "| function | result |\n|---|---|",
    ...functions.map((each) => `| \`${cell(formatSignature(each))}\` | ${cell(each.doc)} |`),
    "",
  ].join("\n");
}

const anchor = (id) => `#${id.replace("/", "")}`;

function ruleTable(rules, linkTo) {
  const rows = rules.map(({ id, severity, needs, scope }) => {
    const needed = [scope === "changeset" ? "whole run" : "", ...needs].filter(Boolean).join(", ");
    return `| [${id}](${linkTo(id)}) | ${severity} | ${needed} |`;
  });
  return ["| rule | severity | needs |\n|---|---|---|", ...rows].join("\n");
}

/** The pages of rules that are on disk. */
const writtenPages = () =>
  readdirSync(join(root, RULES), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${RULES}/${name.replaceAll("\\", "/")}`);

const check = process.argv.includes("--check");
const texts = await rulePages();
for (const [file, make] of Object.entries(FILES)) texts[file] = await make();

const stale = [];
for (const [file, text] of Object.entries(texts)) {
  const path = join(root, file);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const page of writtenPages().filter((file) => !Object.hasOwn(texts, file))) {
  stale.push(page);
  if (!check) rmSync(join(root, page));
}
if (check) {
  for (const file of stale) console.error(`${file} is out of date: run \`npm run generate\``);
  process.exitCode = stale.length === 0 ? 0 : 1;
}
