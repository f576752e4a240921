/** npm's warnings in its output, except those about the configuration of the machine that a test runs on. */
export function npmWarnings(output: string): string[] {
  return output.split("\n").filter((line) => /^npm warn (?!Unknown \w+ config\b)/i.test(line));
}
