import type { Path } from "../../diagnostics/pointer.ts";
import type { PolicyFault } from "../policy.ts";

/** Collects faults of one part of a policy, and whether they affect its meaning. */
export class FaultCollector {
  readonly list: PolicyFault[] = [];
  /** Some part can't be understood or is rejected by AWS, so the meaning is unreliable. */
  isFaulty = false;
  #errors = 0;
  #warnings = 0;

  /** The limit is reached: no more faults are reported, and callers can stop looking. */
  get isFull(): boolean {
    return this.#errors >= MAX_FAULTS;
  }

  addError(path: Path, message: string, more: FaultDetails = {}): void {
    this.isFaulty = true;
    this.#add({ severity: "error", message, path, ...more });
  }

  addWarning(path: Path, message: string, more: FaultDetails = {}): void {
    this.#add({ severity: "warning", message, path, ...more });
  }

  /** Reports a value that another tool fills in later: no mistake, but unreliable as well. */
  addUnknown(path: Path, message: string): void {
    this.isFaulty = true;
    this.#add({ severity: "warning", message, path });
  }

  /** Adds the faults of another part of the policy. */
  addAll(other: FaultCollector): void {
    this.isFaulty ||= other.isFaulty;
    for (const fault of other.list) this.#add(fault);
  }

  #add(fault: PolicyFault): void {
    const isError = fault.severity === "error";
    if (isError ? this.isFull : this.#warnings >= MAX_FAULTS) return;
    if (isError) this.#errors += 1;
    else this.#warnings += 1;
    this.list.push(fault);
  }
}

interface FaultDetails {
  help?: string;
  at?: "key";
}

/**
 * Maximum number of errors and of warnings. A policy has a few thousand characters, so more of them are
 * noise.
 */
const MAX_FAULTS = 200;
