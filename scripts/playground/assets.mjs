/** The files of the package that the playground's worker reads: some are there at the start, the others come in parts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./bundle.mjs";

const PACKAGE = "/countersign";

const list = (directory, ending) =>
  readdirSync(join(ROOT, directory), { recursive: true })
    .map((name) => `${directory}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ending))
    .sort();

const toFiles = (paths, placeOf = (path) => path) =>
  Object.fromEntries(
    paths.map((path) => [`${PACKAGE}/${placeOf(path)}`, readFileSync(join(ROOT, path), "utf8")]),
  );

const GRAMMARS = JSON.parse(readFileSync(join(ROOT, "src/requests/programs/tree/grammars.json"), "utf8"));

function grammarParts() {
  const modules = [...Object.values(GRAMMARS), "web-tree-sitter/web-tree-sitter.wasm"];
  return modules.map((path) => {
    const content = readFileSync(join(ROOT, "node_modules", path)).toString("base64");
    const name = `grammar-${basename(path, ".wasm")}`;
    return [name, { binaries: { [`${PACKAGE}/node_modules/${path}`]: content } }];
  });
}

/** Returns the files of the start, and the parts by name. */
export async function collectAssets() {
  if (!existsSync(join(ROOT, "dist/deferred"))) throw new Error("run `npm run build` first");
  const schemas = list("schemas", ".json");
  const deferred = list("dist/deferred", ".cjs");
  const early = new Set((await listEarlyOperations()).map((name) => `schemas/${name}.request.json`));
  const isRequest = (path) => path.endsWith(".request.json");
  const late = schemas.filter((path) => !early.has(path));
  const parts = new Map([
    ["requests", { files: toFiles(late.filter(isRequest)) }],
    ["schemas", { files: toFiles(late.filter((path) => !isRequest(path))) }],
    ["rules", { files: toFiles(list("rules", ".yaml")) }],
    ["codes", { files: toFiles(list("docs/codes", ".md")) }],
    ["actions", { files: toFiles(["src/iam/actions/actions.txt"], (path) => path.replace("src/", "")) }],
    ...deferred.map((path) => [`compiled-${basename(path, ".cjs")}`, { files: toFiles([path]) }]),
    ...grammarParts(),
  ]);
  return { files: toFiles([...early]), parts };
}

/** The operations whose compiled schemas and rules are there at the start, as `service/Operation`. */
async function listEarlyOperations() {
  const { loaders } = await import(pathToFileURL(join(ROOT, "src/schema/builtin.generated.js")));
  return Object.keys(loaders).map((name) => name.replace(":", "/"));
}

/** The examples of the repository, as the page's menu shows them. */
export function collectExamples() {
  const paths = list("examples", "").filter((path) => /\/(?:[^/]+\.[a-z]+|Dockerfile|Makefile)$/.test(path));
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}
