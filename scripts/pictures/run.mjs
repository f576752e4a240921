/**
 * Writes the pictures of the documentation, from what the built command line prints of the examples: a terminal, the HTML
 * report and the playground. All but the terminal's need Chromium, and are left out with `--terminal`. With `--check`, ends
 * with status 1 where a picture was taken of something else.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { drawTerminal } from "./terminal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const IMAGES = "docs/images";
/** What decides how the photographed pages look. Messages may change beside it. */
const PHOTOGRAPHED = {
  "report.png": ["examples/permissions", "examples/broken", "src/reporters/html"],
  "playground.png": ["examples/broken/export.yaml", "src/playground/page", "src/reporters/html"],
};
const HASHES = `${IMAGES}/inputs.sha256`;
const TERMINAL = `${IMAGES}/terminal.svg`;
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const print = (args, env = {}) =>
  spawnSync(process.execPath, ["dist/cli.js", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  }).stdout;

function makeTerminal() {
  const args = ["check", "examples/broken/export.yaml"];
  const printed = print(args, { FORCE_COLOR: "1", FORCE_HYPERLINK: "0", NO_COLOR: "" });
  return drawTerminal(["countersign", ...args].join(" "), printed);
}

const listFiles = (path) =>
  statSync(join(root, path)).isFile()
    ? [path]
    : readdirSync(join(root, path), { recursive: true })
        .map((name) => `${path}/${name.replaceAll("\\", "/")}`)
        .filter((name) => /\.[a-z]+$/.test(name))
        .sort();

function hashInputs(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(listFiles))
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

const formatHashes = () =>
  Object.entries(PHOTOGRAPHED)
    .map(([name, paths]) => `${hashInputs(paths)}  ${name}\n`)
    .join("");

async function takePhotographs() {
  const names = NAMES.map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }));
  const executablePath = names.find(({ status }) => status === 0)?.stdout.trim();
  if (!executablePath) throw new Error("there is no Chromium");
  const { chromium } = await import("playwright-core");
  const { buildPlayground } = await import("../playground/build.mjs");
  const directory = mkdtempSync(join(tmpdir(), "countersign-pictures-"));
  const report = join(directory, "report.html");
  const check = ["check", "examples/permissions", "examples/broken/export.sh", "--format", "html"];
  writeFileSync(report, print([...check, "--context", "examples/permissions/iam.json"]));
  await buildPlayground(join(directory, "playground"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const photograph = async (page, name, prepare) => {
    const tab = await browser.newPage({ viewport: { width: 1100, height: 880 } });
    await tab.goto(pathToFileURL(page).href);
    await prepare?.(tab);
    await tab.screenshot({ path: join(root, IMAGES, name) });
  };
  await photograph(report, "report.png");
  await photograph(join(directory, "playground/index.html"), "playground.png", async (tab) => {
    await tab.locator("html[data-state=checked]").waitFor();
    await tab.frameLocator("#report").locator("svg").first().waitFor();
  });
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}

if (process.argv.includes("--check")) {
  const read = (file) => readFileSync(join(root, file), "utf8");
  const stale = [
    ...(read(TERMINAL) === makeTerminal() ? [] : [TERMINAL]),
    ...(read(HASHES) === formatHashes() ? [] : [HASHES]),
  ];
  if (stale.length > 0) {
    console.error(`${stale.join(" and ")} of something else: run \`npm run pictures\``);
    process.exit(1);
  }
} else {
  writeFileSync(join(root, TERMINAL), makeTerminal());
  if (!process.argv.includes("--terminal")) {
    await takePhotographs();
    writeFileSync(join(root, HASHES), formatHashes());
  }
}
