/**
 * Writes the picture of the HTML report in the documentation, from what the built command line prints of the examples.
 * Needs Chromium. With `--check`, ends with status 1 where the picture was taken of something else.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const PICTURE = "docs/images/report.png";
const HASH = "docs/images/report.sha256";
const CHECKED = ["examples/permissions", "examples/broken/export.sh"];
const INPUTS = ["examples/permissions", "examples/broken", "src/reporters/html"];
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The hash of what decides how the report looks: the examples, and the reporter. Messages may change beside it. */
function hashInputs() {
  const hash = createHash("sha256");
  for (const directory of INPUTS)
    for (const name of readdirSync(join(root, directory), { recursive: true }).sort()) {
      if (!/\.[a-z]+$/.test(name)) continue;
      hash.update(`${directory}/${name}\n`).update(readFileSync(join(root, directory, name)));
    }
  return hash.digest("hex");
}

function takePicture() {
  const chromium = NAMES.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!chromium) throw new Error("there is no Chromium");
  const directory = mkdtempSync(join(tmpdir(), "countersign-picture-"));
  const page = join(directory, "report.html");
  const check = ["dist/cli.js", "check", ...CHECKED, "--format", "html"];
  const ran = spawnSync(process.execPath, [...check, "--context", "examples/permissions/iam.json"], {
    cwd: root,
  });
  writeFileSync(page, ran.stdout);
  spawnSync(
    chromium,
    [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
      `--user-data-dir=${join(directory, "profile")}`,
      "--window-size=1100,880",
      `--screenshot=${join(root, PICTURE)}`,
      pathToFileURL(page).href,
    ],
    { stdio: "inherit" },
  );
  rmSync(directory, { recursive: true, force: true });
  writeFileSync(join(root, HASH), `${hashInputs()}\n`);
}

if (!process.argv.includes("--check")) takePicture();
else if (readFileSync(join(root, HASH), "utf8").trim() !== hashInputs()) {
  console.error(`${PICTURE} is out of date: run \`npm run picture\``);
  process.exit(1);
}
