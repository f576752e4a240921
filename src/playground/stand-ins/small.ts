/** What the library uses of other modules of Node; the bundler puts this module in their place. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { evaluateModule } from "./evaluate.ts";
import { FILES } from "./files.ts";

/** Of `node:buffer`. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** Of `node:crypto`; the library hashes with SHA-256 alone. */
export function createHash() {
  const hash = sha256.create();
  const hasher = {
    update(content: string | Uint8Array) {
      hash.update(typeof content === "string" ? utf8ToBytes(content) : Uint8Array.from(content));
      return hasher;
    },
    digest: (_encoding: "hex"): string => bytesToHex(hash.digest()),
  };
  return hasher;
}

/** Of `node:module`: for the modules that the build compiles schemas and rules to. */
export const createRequire = () => (path: string) => evaluateModule(FILES.find(path)?.text ?? "");

/** Of `node:zlib`: nothing that is compressed is read in a browser. */
export function gunzipSync(): never {
  throw new Error("a compressed file can't be read here: unpack it first");
}

export const brotliDecompressSync = gunzipSync;
export const createGunzip = gunzipSync;

/** Of `node:stream`: only trails that were read elsewhere are streamed. */
export const Readable = { from: gunzipSync };

/** Of `node:async_hooks`: nothing confines reads in a browser, where there are only the files of the tabs. */
export class AsyncLocalStorage<T> {
  run<R>(_store: T, work: () => R): R {
    return work();
  }

  getStore(): T | undefined {
    return undefined;
  }
}

/** Of `node:child_process`: there are no programs, as where git isn't installed. */
export const execFile = (
  file: string,
  _args: readonly string[],
  _options: object,
  onEnd: (error: Error, stdout: string, stderr: string) => void,
): void => onEnd(Object.assign(new Error(`there is no ${file} in a browser`), { code: "ENOENT" }), "", "");

/** Of `node:v8`: a page can't tell its engine anything, and isn't kept waiting by it. */
export const setFlagsFromString = (_flag: string): void => {};

/** Of `node:worker_threads`: there is one thread, as where Node allows no other. */
export class Worker {
  constructor() {
    throw new Error("a page has no threads of Node");
  }
}

/** Of `node:process`: no version of Node. */
export const versions = { node: "" };
