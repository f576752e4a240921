/**
 * Compiles schemas/<service>/<Operation>.request.json to JavaScript, src/schema/builtin.generated.js, so that
 * a run neither loads ajv nor compiles schemas. The result is not kept in git.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(root, "src/schema/builtin.generated.js");

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

/** The schemas of our own formats that files are checked against. */
const OWN = ["config", "baseline"];

const readOwn = (name) => JSON.parse(readFileSync(join(root, "schemas/countersign", `${name}.json`), "utf8"));

export async function compileSchemas() {
  const { prepareSchema, AJV_OPTIONS } = await sources();
  const ajv = new Ajv({ ...AJV_OPTIONS, code: { source: true, esm: true, lines: true } });
  const requests = operations().map((name) => ({ name, schema: readSchema(name) }));
  const own = OWN.map((name) => ({ name, schema: readOwn(name) }));
  const all = [...requests, ...own];
  for (const { name, schema } of all) ajv.addSchema({ ...prepareSchema(schema), $id: name });
  const variables = new Map(all.map(({ name }, index) => [name, `v${index}`]));
  const code = standalone.default(
    ajv,
    Object.fromEntries([...variables].map(([name, variable]) => [variable, name])),
  );
  const table = (rows) =>
    rows.map(({ name }) => `${JSON.stringify(name)}: ${variables.get(name)}`).join(", ");
  const tables = `export const validators = {${table(requests)}};\nexport const ownValidators = {${table(own)}};`;
  const { outputFiles } = await build({
    stdin: { contents: `${code}\n${tables}`, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    treeShaking: true,
  });
  const text = outputFiles[0].text.replace(
    /export \{[^}]*\};?\s*$/,
    "export { ownValidators, validators };\n",
  );
  writeFileSync(OUT, `// Written by npm run build.\n${text}`);
}

/**
 * Imports the preparation step of src/schema/, so that schemas are compiled the same way at build time and at
 * run time.
 */
async function sources() {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { prepareSchema } from "./prepare.ts"; export { AJV_OPTIONS } from "./compile.ts";',
      resolveDir: join(root, "src/schema"),
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileSchemas();
