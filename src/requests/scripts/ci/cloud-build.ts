import { ROOT_SITE } from "../../shell/site.ts";
import type { ScriptKind } from "../kind.ts";
import type { ContainerNames } from "../machines/container-images.ts";
import { readContainers } from "../machines/container-images.ts";
import { findPlaces } from "../places.ts";
import { readScriptAt } from "../yaml-texts.ts";

/** A step is a container, and its name is the image. */
const STEPS: ContainerNames = { at: "steps.*", image: "name", entry: "entrypoint", words: "args" };

/** Steps of Google Cloud Build. */
export const cloudBuildScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)cloudbuild[^/]*\.(?:ya?ml|json)$/i.test(path),
  isYaml: true,
  // All steps have the same workspace.
  site: { ...ROOT_SITE, session: "steps" },
  findScripts: (text, { documents }) =>
    documents.flatMap((document) => [
      ...readContainers(text, document, STEPS),
      ...findPlaces(document.value, "steps.*.script").flatMap(({ path }) =>
        readScriptAt(text, document, path),
      ),
    ]),
};
