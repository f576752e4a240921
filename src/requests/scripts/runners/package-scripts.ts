import { createPlacesKind } from "../command-places.ts";

/** The scripts of a package of npm, each one line for the shell. */
export const packageScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)package\.json$/.test(path),
  site: { directory: { from: "file", path: "." }, group: "scripts" },
  places: [{ at: "scripts.*", isEachAlone: true }],
});
