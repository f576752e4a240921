import type { Finding } from "../diagnostics/diagnostic.ts";
import { UNREAD } from "../diagnostics/missing.ts";
import type { SourceProblem } from "../files/source.ts";
import type { Engine } from "./engine.ts";
import { loadFirstLook } from "./first-look/expected.ts";
import { isProgram } from "./programs.ts";
import { mayNameKnownOperation } from "./relevance.ts";

/** What a file that can't be read means for a walk: nothing, a problem, or calls of a program that are not read. */
export type ProblemKind = "nothing" | "problem" | "unread";

export async function classifyProblem(
  file: string,
  { head }: SourceProblem,
  { schemas }: Engine,
): Promise<ProblemKind> {
  if (head === undefined) return "problem";
  if (!isProgram(file, head)) return mayNameKnownOperation(head, schemas.names()) ? "problem" : "nothing";
  const look = await loadFirstLook(schemas);
  if (!look.mayName(head)) return "nothing";
  const { callsInFile, isTestFile } = await import("../requests/mentions/index.ts");
  return !isTestFile(file, head) && callsInFile(file, head, look.names).length > 0 ? "unread" : "nothing";
}

/** Calls of a program that can't be decoded are undecided; a document that can't be is faulty. */
export function createProblemFinding(
  file: string,
  { code, message, help, place }: SourceProblem,
  kind: "problem" | "unread",
): Omit<Finding, "path"> {
  const about = { message, ...(help !== undefined && { help }) };
  if (kind === "problem") return { code, ...about };
  const missing = [{ kind: "call", name: message, file, line: place.line } as const];
  return { code: UNREAD, status: "undecided", ...about, missing };
}
