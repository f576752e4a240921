import type { Outcome } from "../../diagnostics/diagnostic.ts";
import type { ReplayCounts, ReplayReport } from "../../diagnostics/replay-report.ts";
import type { PastCall } from "../../engine/trail/past-call.ts";
import { Counts } from "./counts.ts";

/** How many calls of a kind are kept to be shown. */
const MAX_SHOWN = 20;

/** A call to show. */
export interface ShownCall extends PastCall {
  file: string;
  line: number;
}

/** Errors of AWS that are about what there is at that time, not about the request. */
const STATE_ERROR =
  /NotFound|NoSuch|NonExist|DoesNotExist|Exceeded|Executing|InProgress|Conflict|AlreadyExists|Duplicate|InUse|NotEmpty|DependencyViolation|NotAvailable|Insufficient\w{0,40}Capacity|InvalidState|Incorrect\w{0,40}State/i;

/** Counts past calls. Memory depends on the number of rules, operations and principals, not on that of calls. */
export class ReplayTally {
  readonly stops = {
    rules: new Counts(),
    operations: new Counts(),
    principals: new Counts(),
    weeks: new Counts(),
  };
  /** Calls that fail and that AWS accepted. */
  readonly wrongFails: ShownCall[] = [];
  /** Calls that pass and that AWS refused. */
  readonly wrongPasses: ShownCall[] = [];
  readonly operations = new Counts();
  readonly #outcomes: Record<Outcome, number> = { pass: 0, fail: 0, undecided: 0 };
  readonly #answers: ReplayCounts = {
    failAccepted: 0,
    passRefused: 0,
    passRefusedForState: 0,
    passAccepted: 0,
    failRefused: 0,
    undecided: 0,
    denied: 0,
    unanswered: 0,
  };
  #from: string | undefined;
  #to: string | undefined;

  get calls(): number {
    return this.#outcomes.pass + this.#outcomes.fail + this.#outcomes.undecided;
  }

  get stopped(): number {
    return this.#outcomes.fail;
  }

  get outcome(): Outcome {
    if (this.#outcomes.fail > 0) return "fail";
    return this.#outcomes.undecided > 0 ? "undecided" : "pass";
  }

  /** Adds a call. Its place is asked for if it is to be shown. */
  add(call: PastCall, place: () => Pick<ShownCall, "file" | "line">): void {
    this.#outcomes[call.outcome]++;
    this.operations.add(call.operation);
    this.#addTime(call.recorded.time);
    this.#compare(call, place);
    if (call.outcome !== "fail") return;
    const { rules, operations, principals, weeks } = this.stops;
    for (const code of new Set(call.stops.map(({ code }) => code))) rules.add(code);
    operations.add(call.operation);
    principals.add(call.recorded.principal ?? "unknown");
    weeks.add(toWeek(call.recorded.time));
  }

  #addTime(time: string | undefined): void {
    if (time === undefined || Number.isNaN(Date.parse(time))) return;
    if (this.#from === undefined || time < this.#from) this.#from = time;
    if (this.#to === undefined || time > this.#to) this.#to = time;
  }

  #compare(call: PastCall, place: () => Pick<ShownCall, "file" | "line">): void {
    const kind = compareAnswers(call);
    this.#answers[kind]++;
    const shown =
      kind === "failAccepted" ? this.wrongFails : kind === "passRefused" ? this.wrongPasses : undefined;
    if (shown && shown.length < MAX_SHOWN) shown.push({ ...call, ...place() });
  }

  toReport(): Pick<ReplayReport, "calls" | "from" | "to" | "stopped" | "answers"> {
    const { rules, operations, principals, weeks } = this.stops;
    return {
      calls: this.calls,
      ...(this.#from !== undefined && { from: this.#from }),
      ...(this.#to !== undefined && { to: this.#to }),
      stopped: {
        calls: this.stopped,
        byRule: rules.list(),
        byOperation: operations.list(),
        byPrincipal: principals.list(),
        byWeek: weeks.listByName(),
      },
      answers: { ...this.#answers },
    };
  }
}

/** AWS's answer to a call beside ours. Where permission is missing, AWS didn't look at the parameters, or needn't have. */
function compareAnswers({ outcome, recorded }: PastCall): keyof ReplayCounts {
  const { aws, errorCode = "" } = recorded;
  if (aws === undefined) return "unanswered";
  if (aws === "denied") return "denied";
  if (outcome === "undecided") return "undecided";
  if (outcome === "fail") return aws === "accepted" ? "failAccepted" : "failRefused";
  if (aws === "accepted") return "passAccepted";
  return STATE_ERROR.test(errorCode) ? "passRefusedForState" : "passRefused";
}

const DAY = 24 * 60 * 60 * 1000;

/** The week of a time by ISO 8601, such as `2026-W10`: it belongs to the year of its Thursday. */
export function toWeek(time: string | undefined): string {
  const at = Date.parse(time ?? "");
  if (Number.isNaN(at)) return "unknown";
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const thursday = new Date(Math.floor(at / DAY) * DAY + (3 - weekday) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
