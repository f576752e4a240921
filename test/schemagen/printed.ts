import { beforeEach } from "vitest";

/** The output of the commands in the current test. */
export const printed = { stdout: "", stderr: "" };

/** Captures the output of commands. */
export const io = {
  stdout(text: string) {
    printed.stdout += text;
  },
  stderr(text: string) {
    printed.stderr += text;
  },
};

/** Clears the captured output before each test. */
export const forgetPrinted = (): void =>
  beforeEach(() => void Object.assign(printed, { stdout: "", stderr: "" }));
