/**
 * Writes the generated files that are kept in git: request types, the editor schema of request documents and
 * docs/rules.md from schemas/ and rules/, and the table of IAM actions from a package. With --check, it only
 * reports whether they are up to date, and exits 1 if not.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { actionTable } from "./action-facts.mjs";
import { builtinRules } from "./compile-rules.mjs";
import { operations, readSchema } from "./compile-schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The generated files by path, each with the function that returns its text. */
const FILES = {
  "src/schema/requests.generated.ts": requestTypes,
  "schemas/countersign/request.json": editorSchema,
  "docs/rules.md": rulesPage,
  "src/iam/actions/table.generated.ts": actionTable,
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
      justification: text("Why the call is needed, for whoever reviews it."),
      caller: text("ARN of the user or role that will make the call."),
      context: { type: "object", description: "Facts about the world that the payload refers to." },
      request: { type: "object", description: "Exactly the API payload." },
    },
    allOf,
  };
}

/** docs/rules.md: the built-in rules with their examples, and the functions that expressions can call. */
async function rulesPage() {
  const { set, ruleText, FUNCTIONS, signatureOf } = await builtinRules();
  const rows = set.rules.map(({ id, severity, needs, scope }) => {
    const more = [scope === "changeset" ? "whole run" : "", ...needs].filter(Boolean).join(", ");
    return `| [${id}](#${id.replace("/", "")}) | ${severity} | ${more} |`;
  });
  const functions = FUNCTIONS.map(
    (each) => `| \`${signatureOf(each).replaceAll("|", "\\|")}\` | ${each.doc.replaceAll("|", "\\|")} |`,
  );
  return [
    "# Rules\n",
    "<!-- Written by `npm run generate` from rules/; not to be edited. -->\n",
    "What is checked across fields, beside the schema of each. [writing-rules.md](writing-rules.md) says how to write more.",
    "Each example below runs as a test (`countersign rules test`).\n",
    "| rule | severity | needs |\n|---|---|---|",
    ...rows,
    `\n${set.rules.map(ruleText).join("\n")}`,
    "## Functions\n",
    "Beside those of CEL and its string extension, expressions may call:\n",
    "| function | result |\n|---|---|",
    ...functions,
    "",
  ].join("\n");
}

const check = process.argv.includes("--check");
let stale = 0;
for (const [file, make] of Object.entries(FILES)) {
  const path = join(root, file);
  const text = await make();
  if (!check) writeFileSync(path, text);
  else if (text !== readFileSync(path, "utf8")) {
    stale++;
    console.error(`${file} is out of date: run \`npm run generate\``);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
