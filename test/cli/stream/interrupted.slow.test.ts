import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLI, directory } from "../run.ts";

const line = (id: number): string =>
  `${JSON.stringify({ id, operation: "fsx:DeleteBackup", request: { BackupId: "x".repeat(200) } })}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join("");

const COUNT = 600;
const INPUT = lines(0, COUNT);

const answerAll = (...args: string[]) =>
  spawnSync(process.execPath, [CLI, "stream", ...args], { input: INPUT, encoding: "utf8" });

const startStream = (...args: string[]): ChildProcessWithoutNullStreams =>
  handleErrors(spawn(process.execPath, [CLI, "stream", ...args]));

/** What was not read yet when the process ended is no fault. */
function handleErrors(child: ChildProcessWithoutNullStreams): ChildProcessWithoutNullStreams {
  child.stdin.on("error", () => undefined);
  return child;
}

/** Waits for the end of a process; its status, and what it printed. */
async function finish(child: ChildProcessWithoutNullStreams): Promise<{ status: number; stderr: string }> {
  let stderr = "";
  child.stderr.on("data", (piece) => (stderr += String(piece)));
  const [status] = await once(child, "close");
  return { status, stderr };
}

describe("countersign stream, built,", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("ends at %s with whole answers, and goes on where it was", async (signal, status) => {
    const expected = answerAll("--brief").stdout;
    const file = join(directory(), "answers.jsonl");
    const child = startStream("--brief", "--resume", file);
    const ended = finish(child);
    // The input stays open, so that the process can't end by itself.
    child.stdin.write(lines(0, 300));
    while (readAnswers(file).length < 100) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    expect(await ended).toEqual({ status, stderr: "" });
    const answered = readAnswers(file);
    expect(answered.endsWith("\n")).toBe(true);
    expect(expected.startsWith(answered)).toBe(true);
    expect(answerAll("--brief", "--resume", file)).toMatchObject({ status: 0, stderr: "" });
    expect(readAnswers(file)).toBe(expected);
  });

  it("loses nothing if it is killed, though an answer may be half written", async () => {
    const expected = answerAll("--brief").stdout;
    const file = join(directory(), "answers.jsonl");
    const child = startStream("--brief", "--resume", file);
    const ended = once(child, "close");
    child.stdin.write(lines(0, 300));
    while (readAnswers(file).length < 100) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    await ended;
    const whole = readAnswers(file);
    for (const kept of [whole.length, whole.length - 7, 10]) {
      writeFileSync(file, whole.slice(0, kept));
      expect(answerAll("--brief", "--resume", file).status).toBe(0);
      expect(readAnswers(file)).toBe(expected);
    }
  });

  it("ends quietly where its answers aren't wanted any more", async () => {
    const child = startStream();
    const ended = finish(child);
    child.stdin.write(lines(0, 3000));
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await ended).toEqual({ status: 141, stderr: "" });
  });
});

function readAnswers(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
