import { setFlagsFromString } from "node:v8";

/** V8 takes more than ten seconds of CPU to optimise the lexer of these, and a process doesn't end before. */
const ENDLESSLY_OPTIMISED: ReadonlySet<string> = new Set(["powershell"]);

const FLAGS = ["wasm-tier-up", "wasm-dynamic-tiering"];

/** What stands around the compilation of a grammar and each parse, which compiles the functions that it is the first to call. */
export interface Tiering {
  begin(): void;
  end(): void;
}

const USUAL: Tiering = { begin: () => {}, end: () => {} };

/** Compiled code is cached by the flags of V8, so that they are as before in between. */
const NONE: Tiering = {
  begin: () => {
    for (const flag of FLAGS) setFlagsFromString(`--no-${flag}`);
  },
  end: () => {
    for (const flag of FLAGS) setFlagsFromString(`--${flag}`);
  },
};

export const tieringOf = (grammar: string): Tiering => (ENDLESSLY_OPTIMISED.has(grammar) ? NONE : USUAL);
