/** Builds dist/pages/, what the project's site is: the README and the documentation as HTML, and the playground. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { Marked } from "marked";
import { buildPlayground } from "./playground/build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = process.argv[2] ?? join(root, "dist/pages");
const repository = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).homepage.split("#")[0];

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.55 system-ui, sans-serif; margin: 1.5rem auto; max-width: 56rem; padding: 0 1rem; overflow-wrap: break-word; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { overflow-x: auto; background: #8881; padding: .7rem; border-radius: 6px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .25rem .6rem; text-align: left; vertical-align: top; }
img { max-width: 100%; height: auto; }
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; img-src 'self'; base-uri 'none'; form-action 'none'`;

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md")),
];

/** A folder's README is what a web server shows of the folder. */
const toHtmlPath = (path) => path.replace(/README\.md$/, "index.md").replace(/\.md$/, ".html");

/** What isn't a page of the site is in the repository. */
function resolveLink(href, page) {
  const [path, anchor] = href.split("#");
  if (path === "" || /^[a-z]+:/.test(path)) return href;
  const file = posix.join(posix.dirname(page), path);
  const readme = posix.join(file, "README.md");
  const found = [file, readme].find((each) => pages.includes(each));
  const after = anchor === undefined ? "" : `#${anchor}`;
  if (found) return posix.relative(posix.dirname(page), toHtmlPath(found)) + after;
  if (file.startsWith("docs/images/")) return path;
  const kind = existsSync(join(root, file)) && statSync(join(root, file)).isDirectory() ? "tree" : "blob";
  return `${repository}/${kind}/main/${file}${after}`;
}

/** The anchor that GitHub gives a heading, which links in the pages go by. */
const toAnchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/<[^>]+>|&[a-z#0-9]+;/g, "")
    .replace(/[^\w\- ]/g, "")
    .trim()
    .replaceAll(" ", "-");

function render(page) {
  const marked = new Marked({
    walkTokens(token) {
      if (token.type === "link" || token.type === "image") token.href = resolveLink(token.href, page);
    },
    renderer: {
      heading({ tokens, depth, text }) {
        const content = this.parser.parseInline(tokens);
        return `<h${depth} id="${toAnchor(text.replaceAll("`", ""))}">${content}</h${depth}>\n`;
      },
    },
  });
  const text = readFileSync(join(root, page), "utf8");
  const title = /^# (.*)$/m.exec(text)?.[1]?.replace(/[`<&]/g, "") ?? "Countersign";
  const home = posix.relative(posix.dirname(page), ".") || ".";
  const links = [
    ["index.html", "Countersign"],
    ["docs/index.html", "Documentation"],
    ["playground/index.html", "Playground"],
  ].map(([path, label]) => `<a href="${posix.join(home, path)}">${label}</a>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === "Countersign" ? title : `${title} · Countersign`}</title>
<style>${STYLE}</style>
</head>
<body>
<nav>${links.join(" · ")}</nav>
<main>
${marked.parse(text)}</main>
</body>
</html>
`;
}

rmSync(target, { recursive: true, force: true });
for (const page of pages) {
  const file = join(target, toHtmlPath(page));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, render(page));
}
cpSync(join(root, "docs/images"), join(target, "docs/images"), { recursive: true });
await buildPlayground(join(target, "playground"));
