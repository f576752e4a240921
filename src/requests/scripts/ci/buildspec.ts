import type { Document } from "../../../documents/document.ts";
import { isObject } from "../../request.ts";
import { ROOT_SITE } from "../../shell/site.ts";
import type { CommandPlace } from "../command-places.ts";
import { readPlaces } from "../command-places.ts";
import { commandVariablesIn, withVariables } from "../environment.ts";
import type { Script, ScriptKind } from "../kind.ts";
import { findPlaces } from "../places.ts";
import { readJoinedScript } from "../yaml-texts.ts";

/** Build specifications of AWS CodeBuild (CodeBuild user guide, "Build specification reference"). */
export const buildspecScripts: ScriptKind = {
  matches: (path, text) =>
    /(?:^|\/)buildspec[^/]*\.(?:ya?ml|json)$/i.test(path) ||
    (/\.(?:ya?ml|json)$/i.test(path) && /^["' \t{]*phases["']?[ \t]*:/m.test(text)),
  isYaml: true,
  site: ROOT_SITE,
  findScripts: (text, { documents }) => documents.flatMap((document) => readBuildspec(text, document)),
};

const PHASES = ["install", "pre_build", "build", "post_build"];
const COMMANDS = "phases.*.commands|finally";
const EACH: readonly CommandPlace[] = [{ at: COMMANDS, isEachAlone: true }];

/** The commands of a build specification; empty for any other document. */
export function readBuildspec(text: string, document: Document): Script[] {
  const { value } = document;
  if (!isObject(value) || !isObject(value.phases) || isWindowsShell(value.env)) return [];
  // Version 0.1 runs each command in a shell of its own.
  if (String(value.version) === "0.1")
    return readPlaces(text, document, { places: EACH }).map((script) => ({ ...script, session: "commands" }));
  const places = findPlaces(value, COMMANDS).filter(({ path }) => PHASES.includes(String(path[1])));
  const ordered = places.sort(
    (a, b) => PHASES.indexOf(String(a.path[1])) - PHASES.indexOf(String(b.path[1])),
  );
  const variables = commandVariablesIn(text, document, "env.variables");
  const scripts = readJoinedScript(
    text,
    document,
    ordered.map(({ path }) => path),
  );
  return scripts.map((script) => withVariables(script, [], variables));
}

const isWindowsShell = (env: unknown): boolean =>
  isObject(env) && /powershell|cmd\.exe/i.test(String(env.shell));
