import { STAND_IN } from "../../aws-cli/argument.ts";
import type { CommandPlace } from "../command-places.ts";
import { createPlacesKind } from "../command-places.ts";
import { replaceMatches } from "../joined.ts";
import type { FoundPart } from "../places.ts";

/** `<< parameters.x >>`, and the escape of `<<`, which a here-document needs. */
const EXPRESSION = /\\<<|<<[ \t]*[\w-]+\.[\w.-]+[ \t]*>>/g;

const isPosixShell = ({ around }: FoundPart): boolean => {
  const { shell } = Object(around[0]);
  return typeof shell !== "string" || /(?:^|\/)(?:ba|z|da|k)?sh(?:\s|$)/.test(shell);
};

const places: readonly CommandPlace[] = [
  { at: "**.steps.**.run" },
  { at: "**.steps.**.run.command", isShell: isPosixShell },
];

/** The `run` steps of jobs and commands (CircleCI, "Configuration reference"). */
export const circleCiScripts = createPlacesKind({
  matches: (path) => /(?:^|\/)\.circleci\/[^/]+\.ya?ml$/.test(path),
  places,
  prepare: (inside) =>
    replaceMatches(inside, EXPRESSION, ([found]) => (found === "\\<<" ? "<<" : STAND_IN.repeat(3))),
});
