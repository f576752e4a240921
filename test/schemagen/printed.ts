import { beforeEach } from "vitest";

/** What the commands of a test printed. */
export const printed = { stdout: "", stderr: "" };

/** Where commands print to, instead of the terminal. */
export const io = {
  stdout(text: string) {
    printed.stdout += text;
  },
  stderr(text: string) {
    printed.stderr += text;
  },
};

/** Forgets what is printed, before each test. */
export const forgetPrinted = (): void =>
  beforeEach(() => void Object.assign(printed, { stdout: "", stderr: "" }));
