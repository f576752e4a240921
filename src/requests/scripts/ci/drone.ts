import { ROOT_SITE } from "../../shell/site.ts";
import { createPlacesKind } from "../command-places.ts";

/** Steps of Drone and Woodpecker. `commands` are run by a shell in place of the image's entry point. */
export const droneScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)\.(?:drone|woodpecker)(?:[^/]*\.ya?ml|\/[^/]+\.ya?ml)$/.test(path),
  // All steps have the same workspace.
  site: { ...ROOT_SITE, session: "steps" },
  variables: "environment",
  places: [{ at: "steps|pipeline|services|clone.*.commands" }],
});
