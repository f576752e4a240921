import type * as FileSystem from "node:fs";
import type { Search, SearchImage } from "./search.ts";

/*
 * What runs in another thread, too, where its text is compiled: these functions name nothing from outside of them.
 */

/** Types of the browsers' library, which Node has none of. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: { f: Find } };
};

type Find = (start: number, length: number, wanted: number, from: number) => number;

/** Opens a search. Throws where there is no WebAssembly, or no memory for it. */
export function openSearch({ code, memory, pieceLength }: SearchImage): Search {
  const start = memory.length;
  const pages = Math.ceil((start + pieceLength) / 65_536);
  const own = new WebAssembly.Memory({ initial: pages, maximum: pages });
  new Uint8Array(own.buffer).set(memory);
  const { f: find } = new WebAssembly.Instance(new WebAssembly.Module(code), { m: { m: own } }).exports;
  return {
    piece: Buffer.from(own.buffer, start, pieceLength),
    find: (length, wanted, from) => find(start, length, wanted, from),
  };
}

/** What the thread is given. All but the names and the image is memory that both threads see. */
export interface Work {
  /** Separated by zero characters, which no name holds. */
  files: string;
  /** For each file the kinds of words that are looked for in it; 0 if it is no matter. */
  wanted: Uint8Array;
  /** For each file whether it was looked at, and holds none of them. */
  isPassed: Uint8Array;
  /** The index of the file that the main thread is at. */
  place: Int32Array;
  image: SearchImage;
}

/** Looks at files from the last one on, until it meets the main thread. */
function lookFromEnd(
  { files, wanted, isPassed, place, image }: Work,
  { openSync, readSync, closeSync, constants }: typeof FileSystem,
  open: typeof openSearch,
): void {
  const { piece, find } = open(image);
  const names = files.split("\0");
  /** Without O_NONBLOCK, opening a named pipe waits for its writer. Windows has neither. */
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  /** Not so if the files are such as a run is about: the main thread reads them itself. */
  const isWorthIt = () => looked < 256 || passed > looked / 2;
  let [looked, passed] = [0, 0];
  for (let at = names.length - 1; at >= Atomics.load(place, 0) && isWorthIt(); at--) {
    if (wanted[at] === 0) continue;
    looked++;
    try {
      const descriptor = openSync(names[at]!, flags);
      try {
        const length = readSync(descriptor, piece, 0, piece.length, null);
        const isGzip = piece[0] === 0x1f && piece[1] === 0x8b;
        // What is empty may be no regular file, and what fills the piece has more.
        if (length === 0 || length === piece.length || isGzip) continue;
        if (find(length, wanted[at]!, 0) < 0) continue;
        Atomics.store(isPassed, at, 1);
        passed++;
      } finally {
        closeSync(descriptor);
      }
    } catch {
      // The main thread comes upon it, too.
    }
  }
}

/** The program of the thread, which waits for its work, though not for long: a run may end before there is any. */
export const writeThread = (): string => `const { parentPort } = require("node:worker_threads");
const timeout = setTimeout(() => parentPort.close(), 60_000);
parentPort.once("message", (work) => {
  clearTimeout(timeout);
  (${lookFromEnd})(work, require("node:fs"), ${openSearch});
});`;
