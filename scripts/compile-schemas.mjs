/**
 * Compiles the schemas that ship to plain code, so that a run neither loads ajv nor compiles anything: those of
 * requests to src/schema/builtin.generated.js, and those that fewer runs need beside what reads them, of the
 * configuration in src/config/ and of context in src/context/. The results are not kept in git. What only some requests
 * need, by their operation, is a file of its own in dist/deferred/, which src/schema/package-root.ts loads.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The operations that have a request schema, `service:Operation`, in order. */
export function operations() {
  const services = readdirSync(join(root, "schemas"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const found = services.flatMap(({ name }) =>
    readdirSync(join(root, "schemas", name))
      .filter((file) => file.endsWith(".request.json"))
      .map((file) => `${name}:${file.replace(/\.request\.json$/, "")}`),
  );
  return found.filter((operation) => !operation.startsWith("countersign:")).sort();
}

export const readSchema = (operation) =>
  JSON.parse(readFileSync(`${join(root, "schemas", ...operation.split(":"))}.request.json`, "utf8"));

/** The operations whose checks are bundled, each as a module of its own; those of others are files in dist/deferred/. */
const AT_START = new Set([
  "fsx:CreateDataRepositoryTask",
  "storagegateway:EvictFilesFailingUpload",
  "storagegateway:StartCacheReport",
]);

export const isDeferred = (operation) => !AT_START.has(operation);

/** The module of a bundled operation, below src/schema/ for its schema and below src/rules/ for its rules. */
export const ownModule = (operation) => `operations/${operation.replace(/\W+/g, "-")}.generated.js`;

/** Imports what the modules of bundled operations export by a name. Returns the names by operation, too. */
export function importOwn(exported) {
  const names = [...AT_START].map((operation, index) => [operation, `${exported}${index}`]);
  const imports = names.map(
    ([operation, name]) => `import { ${exported} as ${name} } from "./${ownModule(operation)}";\n`,
  );
  return { imports: imports.join(""), names };
}

/** Where compiled code finds the formats: they are bundled with it. */
const FORMATS = _`require("./src/schema/formats.ts").FORMATS`;

/** The schemas of our own formats that files are checked against. */
const OWN = ["config", "baseline"];

const readOwn = (name) => JSON.parse(readFileSync(join(root, "schemas/countersign", `${name}.json`), "utf8"));

/** `dist` is the directory of the build. */
export async function compileSchemas(dist) {
  const sources = await bundledSources();
  const named = (names, read) => names.map((name) => [name, read(name)]);
  const deferred = operations().filter(isDeferred);
  mkdirSync(join(root, "src/schema/operations"), { recursive: true });
  for (const row of named([...AT_START], readSchema)) {
    const compiled = await compile(sources, [row]);
    const load = `export const loadValidator = () => validators[${JSON.stringify(row[0])}];\n`;
    writeFileSync(join(root, "src/schema", ownModule(row[0])), compiled + load);
  }
  const { imports, names } = importOwn("loadValidator");
  writeGenerated(
    "schema",
    `// Written by npm run build.\n${imports}export const loaders = {${names.map(([operation, name]) => `${JSON.stringify(operation)}: ${name}`)}};
export const deferred = ${JSON.stringify(deferred)};\n`,
  );
  writeGenerated("config", await compile(sources, named(OWN, readOwn)));
  const { base, more } = contextRows(sources);
  const { rows, aliases } = withoutTwins(more);
  writeGenerated(
    "context",
    `${await compile(sources, base, { split: true })}export const aliases = ${JSON.stringify(aliases)};\n`,
  );
  mkdirSync(join(dist, "deferred"), { recursive: true });
  for (const row of [...named(deferred, readSchema), ...rows])
    writeFileSync(
      join(dist, "deferred", sources.deferredFile(row[0])),
      await compile(sources, [row], { format: "cjs" }),
    );
}

/** Rows of which no two have the same schema, and for the names of those left out the one that has theirs. */
function withoutTwins(rows) {
  const names = new Map();
  const aliases = {};
  for (const [name, schema] of rows) {
    const text = JSON.stringify(schema);
    if (names.has(text)) aliases[name] = names.get(text);
    else names.set(text, name);
  }
  return { rows: rows.filter(([name]) => !Object.hasOwn(aliases, name)), aliases };
}

/** What a record of each form holds, and what each name of context holds. */
function contextRows({
  CONTEXT_NAMES,
  CONTEXT_FORMS,
  getContextType,
  schemaPartKey,
  recordParts,
  resolveSchemaPart,
  isDeferredContext,
}) {
  const parts = new Map(
    CONTEXT_FORMS.flatMap(recordParts).map((part) => [schemaPartKey(part), resolveSchemaPart(part)]),
  );
  const rows = [...parts, ...CONTEXT_NAMES.map((name) => [name, getContextType(name)])];
  const isLate = ([name]) => isDeferredContext(name);
  return { base: rows.filter((row) => !isLate(row)), more: rows.filter(isLate) };
}

const writeGenerated = (folder, text) =>
  writeFileSync(join(root, `src/${folder}/builtin.generated.js`), text);

/** Makes a module with a table from names to validators. Schemas that are the same become one function. */
async function compile(
  { prepareSchema, unknownFormats, AJV_OPTIONS },
  rows,
  { split = false, format = "esm" } = {},
) {
  const code = { source: true, esm: true, lines: true, formats: FORMATS };
  const ajv = new Ajv({ ...AJV_OPTIONS, inlineRefs: !split, code });
  const add = adder(ajv, split);
  const variables = rows.map(([name, schema]) => {
    for (const { message } of unknownFormats(schema)) throw new Error(`the schema of ${name}: ${message}`);
    return [name, add(prepareSchema(schema))];
  });
  const used = [...new Set(variables.map(([, variable]) => variable))];
  const functions = standalone.default(ajv, Object.fromEntries(used.map((name) => [name, name])));
  const table = variables.map(([name, variable]) => `${JSON.stringify(name)}: ${variable}`).join(", ");
  const { outputFiles } = await build({
    stdin: { contents: `${functions}\nexport const validators = {${table}};`, resolveDir: root },
    bundle: true,
    write: false,
    format,
    minify: format === "cjs",
    platform: "node",
    treeShaking: true,
  });
  const text = outputFiles[0].text.replace(/export \{[^}]*\};?\s*$/, "export { validators };\n");
  return `// Written by npm run build.\n${text}`;
}

/**
 * Returns a function that adds a schema to ajv, once, and returns its name. With `split`, every part that is more than a
 * type becomes a function of its own: responses repeat their parts, and sharing them halves the generated file.
 */
function adder(ajv, split) {
  const known = new Map();
  const add = (schema, root) => {
    const text = JSON.stringify(schema);
    // A `$ref` leads into the schema that it stands in, so parts with one are alike only there.
    const key = text.includes('"$ref"') ? `${root} ${text}` : text;
    if (!known.has(key)) {
      const name = `v${known.size}`;
      known.set(key, name);
      ajv.addSchema({ ...(split ? mapParts(schema, partIn(root ?? name)) : schema), $id: name });
    }
    return known.get(key);
  };
  const partIn = (root) => (part) => {
    if (part.$ref !== undefined) return { $ref: root + part.$ref };
    return Object.keys(part).join() === "type" ? part : { $ref: add(part, root) };
  };
  return (schema) => add(schema);
}

/** A schema with other schemas for its members, its items and the values of its keys. */
function mapParts(schema, map) {
  const { properties, items, additionalProperties } = schema;
  const entries = Object.entries(properties ?? {}).map(([name, part]) => [name, map(part)]);
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(entries) }),
    ...(items && { items: map(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: map(additionalProperties) }),
  };
}

/** The project's own preparation of schemas, so that both ways to compile one are the same; and those of context. */
async function bundledSources() {
  const { outputFiles } = await build({
    stdin: {
      contents: [
        'export { prepareSchema } from "./schema/prepare.ts";',
        'export { AJV_OPTIONS } from "./schema/compile.ts";',
        'export { unknownFormats } from "./schema/unknown-formats.ts";',
        'export { deferredFile } from "./schema/package-root.ts";',
        'export { CONTEXT_NAMES } from "./context/context.ts";',
        'export { CONTEXT_FORMS, recordParts } from "./context/load/forms.ts";',
        'export { getContextType, isDeferredContext, schemaPartKey, resolveSchemaPart } from "./context/load/parts.ts";',
      ].join("\n"),
      resolveDir: join(root, "src"),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    define: {
      "import.meta.dirname": JSON.stringify(join(root, "scripts")),
      "import.meta.filename": JSON.stringify(join(root, "scripts/bundle.js")),
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileSchemas(join(root, "dist"));
