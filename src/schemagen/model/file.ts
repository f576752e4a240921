// Reads service models from disk: `service-2.json`, plain or compressed, with its SDK extras.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { PageError } from "../source-error.ts";
import { locateInJson } from "./json-position.ts";

export type JsonObject = { [key: string]: unknown };

export type ModelFile = {
  path: string;
  text: string;
  json: unknown;
  sha256: string;
  /** The extras file that was merged into the model, with its own SHA-256. */
  additions: { name: string; sha256: string } | undefined;
};

/** Bytes. Far above the largest existing model (under 10 MB of text). */
const MAX_MODEL_BYTES = 64 * 1024 * 1024;
const START = { line: 1, column: 1 };
const INCOMPLETE_HELP = "copy the file again: it has to be whole";

export function readModelFile(path: string): ModelFile {
  const { text, json, sha256 } = readJsonFile(path);
  const beside = join(dirname(path), basename(path).replace(/\.json(?:\.gz)?$/, ".sdk-extras.json"));
  const found = [beside, `${beside}.gz`].find((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
  if (found === undefined || found === path) return { path, text, json, sha256, additions: undefined };
  const more = readJsonFile(found);
  const merged = isJsonObject(more.json) && isJsonObject(json) ? mergeJson(json, more.json.merge) : json;
  const additions = { name: basename(beside), sha256: more.sha256 };
  return { path, text, json: merged, sha256, additions };
}

function readJsonFile(path: string): { text: string; json: unknown; sha256: string } {
  const bytes = readBytes(path);
  const text = decodeText(path, bytes);
  try {
    const json = JSON.parse(text) as unknown;
    return { text, json, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    const place = locateInJson(text, undefined);
    throw new PageError(path, place, "this is not JSON: it is damaged here, or cut off", INCOMPLETE_HELP);
  }
}

function readBytes(path: string): Buffer {
  const size = statSync(path).size;
  if (size > MAX_MODEL_BYTES) throw createTooLargeError(path);
  const bytes = readFileSync(path);
  // The first two bytes of gzip; the file's extension may be wrong.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_MODEL_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw createTooLargeError(path);
    throw new PageError(path, START, "the compressed file is damaged, or cut off", INCOMPLETE_HELP);
  }
}

function createTooLargeError(path: string): PageError {
  const message = `the file is larger than ${MAX_MODEL_BYTES / 1024 / 1024} MB, larger than any service model`;
  return new PageError(path, START, message, "give a `service-2.json` of botocore");
}

function decodeText(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PageError(path, START, "this is not UTF-8", "give a `service-2.json` of botocore");
  }
}

/** Merges like the SDK: objects recursively; anything else is replaced. */
function mergeJson(into: JsonObject, more: unknown, depth = 0): JsonObject {
  if (!isJsonObject(more) || depth > 20) return into;
  const merged = new Map(Object.entries(into));
  for (const [key, value] of Object.entries(more)) {
    const old = merged.get(key);
    merged.set(key, isJsonObject(old) && isJsonObject(value) ? mergeJson(old, value, depth + 1) : value);
  }
  return Object.fromEntries(merged);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
