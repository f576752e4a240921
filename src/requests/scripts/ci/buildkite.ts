import { UNKNOWN_TEXT } from "../../aws-cli/argument.ts";
import { ROOT_SITE } from "../../shell/site.ts";
import { createPlacesKind } from "../command-places.ts";
import { replaceMatches } from "../joined.ts";

/** Variables are filled in when the pipeline is uploaded; `$$` and `\$` leave a `$` for the shell. */
const VARIABLE = /\\\$|\$\$|\$\{[^{}]*\}|\$\w+/g;

/** Command steps (Buildkite, "Command step"). */
export const buildkiteScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)(?:\.buildkite\/.*|buildkite[^/]*)\.ya?ml$/.test(path),
  site: ROOT_SITE,
  places: [{ at: "**.steps.**.command|commands" }],
  prepare: (inside) =>
    replaceMatches(inside, VARIABLE, ([found]) => (/^(?:\\\$|\$\$)$/.test(found) ? "$" : UNKNOWN_TEXT)),
});
