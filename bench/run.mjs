/** Runs the benchmarks of the build in dist/: all of them, or those named as arguments. */
import { accountDetails } from "./account-details.mjs";
import { actionTable } from "./actions.mjs";
import { commandLine } from "./command-line.mjs";
import { compare } from "./compare.mjs";
import { context } from "./context.mjs";
import { find } from "./find.mjs";
import { gateStart } from "./gate.mjs";
import { growth } from "./growth.mjs";
import { guardCost } from "./guard.mjs";
import { holes } from "./holes.mjs";
import { languageServer } from "./lsp.mjs";
import { manyFiles } from "./many-files.mjs";
import { permissionStart } from "./permissions.mjs";
import { programs } from "./programs.mjs";
import { replaySpeed } from "./replay.mjs";
import { simulateSpeed } from "./simulate.mjs";
import { validateSpeed } from "./validate.mjs";
import { wholeRun } from "./whole-run.mjs";

const wanted = process.argv.slice(2).filter((name) => !name.startsWith("--"));
const BENCHES = {
  compare,
  "command-line": commandLine,
  context,
  "account-details": accountDetails,
  "many-files": manyFiles,
  "whole-run": wholeRun,
  find,
  gate: gateStart,
  guard: guardCost,
  growth,
  holes,
  programs,
  lsp: languageServer,
  validate: validateSpeed,
  replay: replaySpeed,
  simulate: simulateSpeed,
  permissions: permissionStart,
  actions: actionTable,
};

for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  await bench();
}
