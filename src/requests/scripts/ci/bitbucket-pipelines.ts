import { ROOT_SITE } from "../../shell/site.ts";
import { createPlacesKind } from "../command-places.ts";

/** The scripts of steps (Bitbucket, "Step options"); a pipe among the commands is a program of its own. */
export const bitbucketPipelinesScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)bitbucket-pipelines[^/]*\.ya?ml$/.test(path),
  site: ROOT_SITE,
  places: [{ at: "**.script|after-script" }],
});
