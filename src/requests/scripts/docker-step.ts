import type { Path } from "../../diagnostics/pointer.ts";
import { valueAt } from "../../diagnostics/pointer.ts";
import type { Document } from "../../documents/document.ts";
import type { Script } from "./kind.ts";
import { joinCommand } from "./machines/container-images.ts";
import { readWords } from "./words.ts";

/** A step of a workflow that runs an image: `uses: docker://…` with `args`, and `entrypoint` in place of the image's. */
export function readDockerStep(text: string, document: Document, step: Path): Script[] {
  const uses = valueAt(document.value, [...step, "uses"]);
  if (typeof uses !== "string" || !uses.startsWith("docker://")) return [];
  return readDockerCommand(text, document, uses, [...step, "with"]);
}

/** An action that runs an image: `runs: { using: docker, image: docker://…, args: […] }`. */
export function readDockerAction(text: string, document: Document): Script[] {
  const image = valueAt(document.value, ["runs", "image"]);
  return typeof image === "string" ? readDockerCommand(text, document, image, ["runs"]) : [];
}

function readDockerCommand(text: string, document: Document, image: string, path: Path): Script[] {
  const entry = [...path, "entrypoint"];
  const given = valueAt(document.value, entry) === undefined ? undefined : readWords(text, document, entry);
  const words = readWords(text, document, [...path, "args"]);
  return given || words.length > 0 ? [{ words: joinCommand(image, given, words) }] : [];
}
