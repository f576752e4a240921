import { beforeEach } from "vitest";

/** The output of the commands in the current test. */
export const captured = { stdout: "", stderr: "" };

/** Captures the output of commands. */
export const io = {
  stdout(text: string) {
    captured.stdout += text;
  },
  stderr(text: string) {
    captured.stderr += text;
  },
};

/** Clears the captured output before each test. */
export const clearOutputBeforeEach = (): void =>
  beforeEach(() => void Object.assign(captured, { stdout: "", stderr: "" }));
