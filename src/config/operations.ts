import { relative, resolve, sep } from "node:path";
import type { Config } from "./config.ts";

/**
 * Returns a look-up of the operation that the configuration assigns to the bare payloads of a file. The first
 * matching row wins.
 */
export async function createOperationLookup(config: Config): Promise<(file: string) => string | undefined> {
  if (config.requests.length === 0) return () => undefined;
  const { default: picomatch } = await import("picomatch");
  const rows = config.requests.map(({ files, operation }) => ({
    matches: picomatch(files, { dot: true }),
    operation,
  }));
  return (file) => {
    const path = relative(config.directory, resolve(file)).split(sep).join("/");
    return rows.find(({ matches }) => matches(path))?.operation;
  };
}
