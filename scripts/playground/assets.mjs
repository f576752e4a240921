/** The files of the package that the playground's worker reads: some are there at the start, the others come in parts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
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

/** The rules of the operations that few requests name: nearly every check looks for its own among them. */
const RULES = "dist/deferred/rules.cjs";

/** Returns the files of the start, and the parts by name. */
export function collectAssets() {
  if (!existsSync(join(ROOT, "dist/deferred"))) throw new Error("run `npm run build` first");
  const schemas = list("schemas", ".json");
  const isEarly = (path) => path.endsWith(".request.json");
  const deferred = list("dist/deferred", ".cjs").filter((path) => path !== RULES);
  const parts = new Map([
    ["schemas", { files: toFiles(schemas.filter((path) => !isEarly(path))) }],
    ["rules", { files: toFiles(list("rules", ".yaml")) }],
    ["codes", { files: toFiles(list("docs/codes", ".md")) }],
    ["actions", { files: toFiles(["src/iam/actions/actions.txt"], (path) => path.replace("src/", "")) }],
    ...deferred.map((path) => [`compiled-${basename(path, ".cjs")}`, { files: toFiles([path]) }]),
    ...grammarParts(),
  ]);
  return { files: toFiles([...schemas.filter(isEarly), RULES]), parts };
}

/** The examples of the repository, as the page's menu shows them. */
export function collectExamples() {
  const paths = list("examples", "").filter((path) => /\/(?:[^/]+\.[a-z]+|Dockerfile|Makefile)$/.test(path));
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}
