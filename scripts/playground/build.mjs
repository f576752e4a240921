/** Builds dist/playground/: a page, the two scripts that it starts with, and the parts that it loads when they are needed. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { grammarPackages } from "../grammars.mjs";
import { licencesOf } from "../licences.mjs";
import { collectAssets, collectExamples } from "./assets.mjs";
import { bundlePage, bundleWorker, FOR_PAGES, ROOT } from "./bundle.mjs";

const SOURCES = "src/playground/page";
const read = (name) => readFileSync(join(ROOT, SOURCES, name), "utf8");

/** Builds the playground into a directory, and returns how large what loads at the start is, compressed. */
export async function buildPlayground(directory) {
  const worker = await bundleWorker();
  const { files, parts } = await collectAssets();
  for (const [name, code] of worker.parts) parts.set(name, { code });
  const later = Object.fromEntries([...parts].map(([name, part]) => [name, pathsOf(part)]));
  const manifest = `const COUNTERSIGN_PACKAGE=${toAscii(JSON.stringify({ files, later }))};`;
  const workerCode = [toAscii(worker.code), manifest, worker.run].join("\n");
  const start = await bundleScript("start.ts");
  const startWorker = await bundleScript("start-worker.ts");
  const page = await bundlePage();
  const atStart = {
    "index.html": assemble(startWorker.text),
    "parts/start.js": [
      `const COUNTERSIGN_EXAMPLES=${toAscii(JSON.stringify(collectExamples()))};`,
      `const COUNTERSIGN_WORKER=${quote(workerCode)};`,
      start.text,
    ].join("\n"),
    "parts/page.js": [compileAtOnce(page.code), page.run].join("\n"),
  };
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "parts"), { recursive: true });
  for (const [path, text] of Object.entries(atStart)) writeFileSync(join(directory, path), text);
  for (const [name, part] of parts) {
    const text = `countersignPart(${JSON.stringify(name)},${toAscii(JSON.stringify(part))});\n`;
    writeFileSync(join(directory, "parts", `${name}.js`), text);
  }
  for (const [name, code] of page.parts) writeFileSync(join(directory, "parts", `${name}.js`), code);
  const metafiles = [worker, start, page].map(({ metafile }) => metafile);
  writeFileSync(join(directory, "THIRD-PARTY-LICENCES.txt"), licencesOf(ROOT, metafiles, grammarPackages()));
  return Object.values(atStart).reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
}

/** A function in parentheses is compiled with its script, for a page beside the main thread, and not when it is called. */
const compileAtOnce = (code) =>
  code.replace(/function\(require,module,exports,load\)\{.*?\}(?=,\n|\}\);$)/gs, "($&)");

/** A text that has one byte a character is decoded and parsed in half the time. Only texts and patterns have other characters. */
const toAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** As a literal: code has many quotation marks, and few apostrophes. */
const quote = (code) => `'${code.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;

const pathsOf = ({ files = {}, binaries = {} }) => [...Object.keys(files), ...Object.keys(binaries)];

async function bundleScript(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${SOURCES}/${entry}`],
    format: "iife",
    ...FOR_PAGES,
  });
  return { text: outputFiles[0].text, metafile };
}

function assemble(startWorker) {
  const policy = [
    "default-src 'none'",
    // Scripts are files beside the page; what the worker runs, and code that comes as text, are blobs.
    `script-src 'sha256-${createHash("sha256").update(startWorker).digest("base64")}' 'self' blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    // The editor writes its styles while it runs.
    "style-src 'unsafe-inline'",
    // The editor's icons.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const slots = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
    worker: `<script>${startWorker}</script>`,
    style: `<style>\n${read("style.css")}</style>`,
  };
  return read("index.html").replace(/<!-- ([a-z]+) -->/g, (_, name) => slots[name]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = process.argv[2] ?? join(ROOT, "dist/playground");
  const size = await buildPlayground(directory);
  console.log(`${join(directory, "index.html")}: ${Math.ceil(size / 1000)} kB compressed at the start`);
}
