import { environment } from "./library.ts";

/** A signature whose types are given by name: `string`, `list(dyn)`, `map`, `timestamp`. */
export interface Signature {
  name: string;
  /** The receiver's type; absent for functions. */
  target?: string;
  parameters: string[];
  result: string;
}

interface LibraryType {
  kind: string;
  name: string;
  element?: LibraryType;
}

const RESULTS: Record<string, string> = { split: "list(string)" };

/** All functions and methods of the library, one entry for each overload. */
export function listSignatures(): Signature[] {
  return [...environment.funcs].map(({ name, target, arguments: parameters, result }) => ({
    name,
    ...(target && { target: formatTypeName(target as LibraryType) }),
    parameters: parameters.map((parameter) => formatTypeName(parameter as LibraryType)),
    result: RESULTS[name] ?? formatTypeName(result as LibraryType),
  }));
}

function formatTypeName({ kind, name, element }: LibraryType): string {
  if (kind === "list") return `list(${element ? formatTypeName(element) : "dyn"})`;
  return name.replace(/^google\.protobuf\./, "").toLowerCase();
}
