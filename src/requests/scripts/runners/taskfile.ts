import type { ScriptSite } from "../../shell/site.ts";
import { toSiteDirectory } from "../../shell/site.ts";
import { createPlacesKind } from "../command-places.ts";
import type { FoundPart } from "../places.ts";

const PLACES = [
  ...["tasks.*", "tasks.*.cmds|cmd", "tasks.*.cmds.*.cmd|defer", "tasks.*.preconditions|status"],
  ...["tasks.*.preconditions.*.sh", "tasks.*.vars.*.sh", "vars.*.sh", "env.*.sh"],
];

/** The commands of tasks, each of which is run by itself (Task, "Schema reference"). */
export const taskfileScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)taskfile[^/]*\.ya?ml$/i.test(path),
  places: PLACES.map((at) => ({ at, isEachAlone: true, locate })),
});

/** A task is run in its `dir`, relative to the file. */
function locate({ path, around }: FoundPart): ScriptSite {
  const dir = around.map((value) => Object(value).dir).find((value) => value !== undefined);
  const session = path.slice(0, 2).join("/");
  return { directory: toSiteDirectory(dir, "file"), session, group: "tasks" };
}
