// Resolves a command's arguments to pages and service models, searching directories for either.

import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { PageError, quoteShort } from "./source-error.ts";

export type SourceInput = { kind: "page"; path: string } | { kind: "model"; path: string; service: string };

const WHOLE_FILE = { line: 1, column: 1 };
const PAGE_FILE_NAME = /\.rst$/;
const MODEL_FILE_NAME = /^service-2\.json(?:\.gz)?$/;
const VERSION_DIRECTORY = /^\d{4}-\d{2}-\d{2}$/;
const SERVICE_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** `service` is used for a model whose path doesn't contain the service. */
export function resolveInputs(path: string, service: string | undefined): SourceInput[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  const help = "give pages, service models, or directories of them";
  if (!stat) throw new PageError(path, WHOLE_FILE, "there is no such file", help);
  if (!stat.isDirectory()) {
    if (!/\.json(?:\.gz)?$/.test(path)) return [{ kind: "page", path }];
    return [{ kind: "model", path, service: service ?? parseService(path) }];
  }
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  const pages = names.filter((name) => PAGE_FILE_NAME.test(name)).map((name) => join(path, name));
  const models = selectNewest(
    names.filter((name) => MODEL_FILE_NAME.test(basename(name))).map((name) => join(path, name)),
  );
  if (pages.length + models.length === 0) {
    const message = "there is no `.rst` file and no `service-2.json` in this directory";
    throw new PageError(path, WHOLE_FILE, message, help);
  }
  return [
    ...pages.map((page) => ({ kind: "page" as const, path: page })),
    ...models.map((model) => ({ kind: "model" as const, path: model, service: parseService(model) })),
  ];
}

/** The directory above the version's, which has the SDK's name for the service. */
function parseService(path: string): string {
  const folder = dirname(resolve(path));
  const service = basename(dirname(folder));
  if (VERSION_DIRECTORY.test(basename(folder)) && SERVICE_NAME.test(service)) return service;
  throw new PageError(
    path,
    WHOLE_FILE,
    `the path doesn't tell the service: it is not like ${quoteShort("fsx/2018-03-01/service-2.json")}`,
    "say the name that the AWS CLI has for it: `--service fsx`",
  );
}

/** Keeps the newest version of each service; of that, the plain file if there is also a compressed one. */
function selectNewest(paths: string[]): string[] {
  const chosen = new Map<string, string>();
  for (const path of paths) {
    const service = dirname(dirname(resolve(path)));
    const other = chosen.get(service);
    if (other === undefined || isNewer(path, other)) chosen.set(service, path);
  }
  return [...chosen.values()];
}

function isNewer(path: string, other: string): boolean {
  const [version, than] = [path, other].map((file) => basename(dirname(resolve(file)))) as [string, string];
  return version > than || (version === than && path.length < other.length);
}
