import { createPlacesKind } from "../command-places.ts";

const PLACES = [
  ...["tasks.*", "tasks.*.cmds|cmd", "tasks.*.cmds.*.cmd|defer", "tasks.*.preconditions|status"],
  ...["tasks.*.preconditions.*.sh", "tasks.*.vars.*.sh", "vars.*.sh", "env.*.sh"],
];

/** The commands of tasks, each of which is run by itself (Task, "Schema reference"). */
export const taskfileScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)taskfile[^/]*\.ya?ml$/i.test(path),
  places: PLACES.map((at) => ({ at, isEachAlone: true })),
});
