import type { ValidateResult } from "../api/result.ts";
import type { ValidateInput, Validator } from "../api/validator.ts";
import type { CommandModule } from "./client.ts";
import type { FactStore } from "./facts.ts";

/** What is known about a request that was let through, besides its result. */
export interface CheckedInfo {
  /** Facts that could not be read, and why. */
  problems: readonly string[];
}

/** Information about calls that their payloads lack. */
export interface GuardOptions extends Pick<ValidateInput, "justification" | "caller" | "context"> {
  /** Block requests whose check is undecided, too. */
  strict?: boolean;
  /** Called for every request that was checked and let through, for example to log what was undecided. */
  onChecked?: (operation: string, result: ValidateResult, info: CheckedInfo) => void;
}

/** The options of a guard that knows its client. */
export interface ClientGuardOptions extends Omit<GuardOptions, "context"> {
  /** What checks the requests. Default: `createValidator()`. */
  validator?: Validator;
  /** Facts: `"pull"` reads them through the client when a check waits for them; or a store; or the records themselves. */
  context?: "pull" | FactStore | Record<string, unknown> | undefined;
  /** The exports of the client's package, where `"pull"` can't load it by its name. */
  commands?: CommandModule;
  /** Send also what can lose data and whose check is undecided. */
  allowUndecided?: boolean;
  /** A file that gets a line of JSON about each request that is checked. */
  audit?: string;
}
