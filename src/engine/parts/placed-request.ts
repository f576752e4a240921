import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { PolicyProblem } from "../../permissions/findings/malformed-policy.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import type { Unchecked } from "../../requests/request.ts";
import type { CheckedRequest } from "../report/checked-file.ts";

/** A request of a file whose text is at hand. */
export interface PlacedRequest extends CheckedRequest {
  request: LocatedRequest;
  diagnostics: Diagnostic[];
  line: number;
  /** Whether a fault in the file's text lies inside this request. */
  faulty: boolean;
}

/** What another process found in a file, and all that findings about its requests are placed by. */
export interface RestoredFile {
  requests: PlacedRequest[];
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
