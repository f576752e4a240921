// What is wrong with a service model, with its place.

import { PageError, quote } from "../source-error.ts";
import { type JsonPath, placeIn } from "./json-position.ts";

const REPAIR =
  "take the file again from an installation of botocore, or report it if it is as the installation has it";

/** The text of a model, for the places of its faults. */
export type ModelText = { path: string; text: string };

/** An error about the value at `path`. */
export function modelError(model: ModelText, path: JsonPath, message: string, help = REPAIR): PageError {
  const where = path.length === 0 ? "" : `${quote(path.join("/"))}: `;
  return new PageError(model.path, placeIn(model.text, path), `${where}${message}`, help);
}
