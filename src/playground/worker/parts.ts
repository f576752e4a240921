/** The parts of the package that aren't there at the start: the page loads them, since only a page may load files beside it. */
import { UsageError } from "../../run/io.ts";
import type { Part } from "../protocol.ts";
import { evaluateScript } from "../stand-ins/evaluate.ts";
import { FILES } from "../stand-ins/files.ts";

interface Waiting {
  promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

const parts = new Map<string, Waiting>();

/** Loads a part, once. */
export function loadPart(name: string, ask: (name: string) => void): Promise<void> {
  const known = parts.get(name);
  if (known) return known.promise;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parts.set(name, { promise, resolve, reject });
  ask(name);
  return promise;
}

export function takePart(name: string, { code, files = {}, binaries = {} }: Part): void {
  if (code !== undefined) evaluateScript(code);
  for (const [path, text] of Object.entries(files)) FILES.write(path, text);
  for (const [path, text] of Object.entries(binaries)) FILES.write(path, Buffer.from(text, "base64"));
  FILES.missingParts.delete(name);
  parts.get(name)?.resolve();
}

/** A part that can't be loaded is asked for again when it is next needed. */
export function refusePart(name: string): void {
  const waiting = parts.get(name);
  parts.delete(name);
  const message = `the file \`parts/${name}.js\` of the playground can't be loaded`;
  waiting?.reject(new UsageError(message, "check the connection, and change something to try again"));
}
