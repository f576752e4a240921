import type { Finding } from "../diagnostics/diagnostic.ts";

type ValueFinding = Pick<Finding, "message" | "help" | "path" | "at">;

const HELP = "write `values: FILE`, or `values:` with `NAME: FILE` for each set";

/** Checks what the configuration says of files of values: one file, or files by the names of sets. */
export function findValueFaults(values: unknown): ValueFinding[] {
  if (values === undefined || isFileName(values)) return [];
  if (typeof values !== "object" || values === null || Array.isArray(values))
    return [createFault(["values"], "`values` names no file")];
  return Object.entries(values).flatMap(([name, file]) =>
    isFileName(file) ? [] : [createFault(["values", name], "this set of values names no file")],
  );
}

const isFileName = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";

const createFault = (path: string[], message: string): ValueFinding => ({
  path,
  at: "value",
  message,
  help: HELP,
});
