import { LineIndex } from "../../../src/diagnostics/lines.ts";
import type { FoundInProgram } from "../../../src/requests/programs/find.ts";
import { findInProgramFile } from "../../../src/requests/programs/find.ts";
import { builtinSchemas } from "../../../src/schema/builtin.ts";
import { printed } from "./print.ts";

const NOTHING: FoundInProgram = { requests: [], faults: [], unread: [], unchecked: [], seen: [] };

export const readProgram = async (file: string, text: string): Promise<FoundInProgram> =>
  (await findInProgramFile(file, text, builtinSchemas)) ?? NOTHING;

/** The payloads of a program's requests, as tests say them. */
export const payloadsIn = async (file: string, text: string): Promise<unknown[]> =>
  (await readProgram(file, text)).requests.map(({ payload }) => printed(payload));

type Request = FoundInProgram["requests"][number];

/** Where a member stands by its name, and where its value does, as `line:column`. */
export function placesOf(request: Request, path: readonly string[], text: string): [string, string] {
  const lines = new LineIndex(text);
  const place = (at: "key" | "value"): string => {
    const within = request.payloadDocument ?? request.document;
    const { line, column } = lines.place(within.span([...request.payloadPath, ...path], at));
    return `${line}:${column}`;
  };
  return [place("key"), place("value")];
}
