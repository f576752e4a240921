/** Builds dist/playground/: one page that needs nothing else to start, and beside it the parts that it loads when they are needed. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { grammarPackages } from "../grammars.mjs";
import { licencesOf } from "../licences.mjs";
import { collectAssets, collectExamples } from "./assets.mjs";
import { bundleWorker, FOR_PAGES, ROOT } from "./bundle.mjs";

const SOURCES = "src/playground/page";
const read = (name) => readFileSync(join(ROOT, SOURCES, name), "utf8");

/** Builds the playground into a directory, and returns how large what loads at the start is, compressed. */
export async function buildPlayground(directory) {
  const worker = await bundleWorker();
  const { files, parts } = collectAssets();
  for (const [name, code] of worker.parts) parts.set(name, { code });
  const page = await bundlePage("main.ts", { COUNTERSIGN_EXAMPLES: JSON.stringify(collectExamples()) });
  const starter = await bundlePage("start-worker.ts");
  const later = Object.fromEntries([...parts].map(([name, part]) => [name, pathsOf(part)]));
  const manifest = `const COUNTERSIGN_PACKAGE=${JSON.stringify({ files, later })};`;
  const code = { page: page.text, starter: starter.text };
  const html = assemble({ ...code, worker: [worker.code, manifest, worker.run].join("\n") });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "parts"), { recursive: true });
  writeFileSync(join(directory, "index.html"), html);
  for (const [name, part] of parts) {
    const text = `countersignPart(${JSON.stringify(name)},${JSON.stringify(part)});\n`;
    writeFileSync(join(directory, "parts", `${name}.js`), text);
  }
  const licences = licencesOf(ROOT, [worker.metafile, page.metafile], grammarPackages());
  writeFileSync(join(directory, "THIRD-PARTY-LICENCES.txt"), licences);
  return gzipSync(html, { level: 9 }).length;
}

const pathsOf = ({ files = {}, binaries = {} }) => [...Object.keys(files), ...Object.keys(binaries)];

async function bundlePage(entry, define = {}) {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${SOURCES}/${entry}`],
    format: "iife",
    ...FOR_PAGES,
    define,
  });
  return { text: outputFiles[0].text, metafile };
}

/** A script in a page ends at the first `</script`, and may not contain `<!--`. Both stand in texts and patterns alone. */
const inScript = (code) => code.replace(/<(?=\/script|!--)/gi, "\\x3c");

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function assemble({ page, starter, worker }) {
  const style = `\n${read("style.css")}`;
  const scripts = [starter, page].map(inScript);
  const policy = [
    "default-src 'none'",
    // Parts are files beside the page; the worker, and code that comes as text, are blobs.
    `script-src ${scripts.map(hashOf).join(" ")} 'self' blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    // The editor writes its styles while it runs.
    `style-src 'unsafe-inline'`,
    // The editor's icons.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const slots = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
    style: `<style>${style}</style>`,
    scripts: [
      `<script type="text/plain" id="worker">${inScript(worker)}</script>`,
      ...scripts.map((script) => `<script>${script}</script>`),
    ].join("\n"),
  };
  return read("index.html").replace(/<!-- ([a-z]+) -->/g, (_, name) => slots[name]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = process.argv[2] ?? join(ROOT, "dist/playground");
  const size = await buildPlayground(directory);
  console.log(`${join(directory, "index.html")}: ${Math.ceil(size / 1000)} kB compressed`);
}
