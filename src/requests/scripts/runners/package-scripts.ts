import { createPlacesKind } from "../command-places.ts";

/** The scripts of a package of npm, each one line for the shell. */
export const packageScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)package\.json$/.test(path),
  places: [{ at: "scripts.*", isEachAlone: true }],
});
