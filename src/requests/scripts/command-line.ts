import { embedSlice } from "../../documents/embedded.ts";
import { toLiteralShellText } from "../aws-cli/shell-text.ts";
import type { CommandLine } from "../shell/command-line.ts";
import type { ScriptKind } from "./kind.ts";

/** The kind of a shell text that is about to run, which is a shell script whatever it looks like. */
export const createCommandLineKind = ({ directory }: CommandLine): ScriptKind => ({
  matches: () => true,
  findScripts: (text) => [
    {
      shell: toLiteralShellText(embedSlice(text, { start: 0, end: text.length })),
      directory: directory === undefined ? "unknown" : { from: "file", path: "." },
    },
  ],
});
