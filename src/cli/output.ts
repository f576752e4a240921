import { fstatSync, writeSync } from "node:fs";
import { EXIT } from "../run/exit-status.ts";

/** The device number of /dev/null on Linux, which is a character device as a terminal is. */
const NULL_DEVICE = 0x103;

/** Whether Node's streams have output that they may not have written yet. */
let isStreaming = false;

type Write = (text: string | Uint8Array) => void;

/** Whether a stream is a terminal. Node's streams are loaded only if it may be one, since that takes a while. */
export function isTerminal(name: "stdout" | "stderr"): boolean {
  try {
    const found = fstatSync(name === "stdout" ? 1 : 2);
    return found.isCharacterDevice() && found.rdev !== NULL_DEVICE && process[name].isTTY;
  } catch {
    return false;
  }
}

/**
 * Writes to files and pipes at once, and through Node's streams to all else. A closed pipe (`countersign … | head`) is not an
 * error; a full disk is.
 */
export function createWriter(name: "stdout" | "stderr"): Write {
  let write: Write = isTerminal(name) || process.platform === "win32" ? openStream(name) : writeDirectly;
  function writeDirectly(text: string | Uint8Array): void {
    let rest: Uint8Array = typeof text === "string" ? Buffer.from(text) : text;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(name === "stdout" ? 1 : 2, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN") {
        endRun(name, code);
        return;
      }
      // A pipe that is full and doesn't wait: the stream does.
      write = openStream(name);
      write(rest);
    }
  }
  return (text) => write(text);
}

function openStream(name: "stdout" | "stderr"): Write {
  const stream = process[name];
  isStreaming = true;
  stream.on("error", ({ code }: NodeJS.ErrnoException) => endRun(name, code));
  return (text) => void stream.write(text);
}

/** Ends the process, at once if nothing is left to do: taking V8's heap apart takes longer than a small check. */
export function endProcess(status: number): void {
  process.exitCode = status;
  if (!isStreaming && process.getActiveResourcesInfo().length === 0) process.exit();
}

/** Ends the run when its output can't be written. */
function endRun(name: "stdout" | "stderr", code: string | undefined): void {
  if (name === "stderr") return;
  if (code === "EPIPE") process.exit();
  createWriter("stderr")(`error: the standard output can't be written (${code})\n`);
  process.exit(EXIT.usage);
}
