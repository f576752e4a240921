import { UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { isObject } from "../../request.ts";
import type { ScriptSite } from "../../shell/site.ts";
import { toSiteDirectory } from "../../shell/site.ts";
import type { CommandPlace } from "../command-places.ts";
import { createPlacesKind } from "../command-places.ts";
import { replaceMatches } from "../joined.ts";
import type { FoundPart } from "../places.ts";
import { listItems } from "../yaml-texts.ts";

/** `<< parameters.x >>`, and the escape of `<<`, which a here-document needs. */
const EXPRESSION = /\\<<|<<[ \t]*[\w-]+\.[\w.-]+[ \t]*>>/g;

const isPosixShell = ({ around }: FoundPart): boolean => {
  const { shell } = Object(around[0]);
  return typeof shell !== "string" || /(?:^|\/)(?:ba|z|da|k)?sh(?:\s|$)/.test(shell);
};

/** The steps of a job run one after the other in its directory, into which it checks out. */
function locate({ path, around }: FoundPart): ScriptSite {
  const job = around[around.length - path.lastIndexOf("steps")];
  const steps = path.slice(0, path.lastIndexOf("steps") + 1);
  const first = listItems(Object(job).steps).slice(0, MAX_FIRST_STEPS);
  const isMoved =
    first.some((step) => isObject(step) && "checkout" in step) ||
    (Object(job).working_directory !== undefined && !first.includes("checkout"));
  const own = path.at(-1) === "command" ? Object(around[0]).working_directory : undefined;
  const directory = isMoved ? "unknown" : toSiteDirectory(own, "root");
  return { directory, session: steps.join("/") };
}

/** Steps among which the checkout is searched. */
const MAX_FIRST_STEPS = 20;

const changesFiles = ({ value, path }: FoundPart): boolean =>
  typeof path.at(-1) === "number" &&
  isObject(value) &&
  ["attach_workspace", "restore_cache"].some((name) => name in value);

const places: readonly CommandPlace[] = [
  { at: "**.steps.**", changesFiles, locate },
  { at: "**.steps.**.run", locate },
  { at: "**.steps.**.run.command", isShell: isPosixShell, locate },
];

/** The `run` steps of jobs and commands (CircleCI, "Configuration reference"). */
export const circleCiScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/.test(path),
  places,
  variables: "environment",
  prepare: (inside) =>
    replaceMatches(inside, EXPRESSION, ([found]) => (found === "\\<<" ? "<<" : UNKNOWN_TEXT)),
});
