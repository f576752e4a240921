import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import type { Unchecked } from "../../requests/request.ts";
import type { RuleInput } from "../../rules/input.ts";

/** A request of a file, with its diagnostics. */
export interface CheckedRequest {
  request: LocatedRequest;
  line: number;
  diagnostics: Diagnostic[];
  /** Whether a fault in the file's text lies inside this request. */
  faulty: boolean;
  /** Input of the rules that compare the requests of a run; absent if it could not be evaluated. */
  input?: RuleInput;
}

/** What another process found in a file, and all that findings about its requests are placed by. */
export interface RestoredFile {
  requests: CheckedRequest[];
  diagnostics: Diagnostic[];
  unchecked: readonly Unchecked[];
  passedOver: number;
  callTexts?: Map<Diagnostic, string>;
  policyProblems: readonly PolicyProblem[];
  /** Start offsets of the faults in the text, ascending. */
  faults: readonly number[];
  /** Other files that diagnostics or requests refer to. */
  texts: Readonly<Record<string, string>>;
}
