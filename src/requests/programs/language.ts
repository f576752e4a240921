import type { ProgramFindings } from "./findings.ts";
import type { LanguageRules, SourceProgram } from "./program.ts";
import type { Grammar } from "./tree/grammars.ts";

/** What sets a language apart; the rest is the same for all. */
export interface LanguageReader extends LanguageRules {
  /** As fences of Markdown call it. */
  names: readonly string[];
  isOf(path: string): boolean;
  grammar: Grammar;
  /** Who knows calls of AWS in it. */
  finders: readonly FindCalls[];
}

/** Finds the requests of one SDK, or of one way to describe resources. */
export type FindCalls = (program: SourceProgram, found: ProgramFindings) => void | Promise<void>;
