import { embedSlice } from "../../../documents/embedded.ts";
import { toShellText } from "../../aws-cli/shell-text.ts";
import type { ScriptKind } from "../kind.ts";
import { splitLines } from "../lines.ts";

const PROCESS = /^[\w-]+:[ \t]*/;

/** The commands of an application's processes, one in each line: `release: …`. */
export const procfileScripts: ScriptKind = {
  matches: (path) => /(?:^|\/)Procfile(?:\.[\w.-]+)?$/.test(path),
  site: { directory: { from: "file", path: "." }, group: "processes" },
  findScripts: (text) =>
    splitLines(text).flatMap(({ start, end }) => {
      const name = PROCESS.exec(text.slice(start, end))?.[0];
      return name === undefined
        ? []
        : [{ shell: toShellText(embedSlice(text, { start: start + name.length, end })) }];
    }),
};
