import { json } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { text } from "./text.ts";

/** Every format by its name. A new one is a file beside this one and a line here. */
export const REPORTERS: Readonly<Record<string, Reporter>> = { text, json };
