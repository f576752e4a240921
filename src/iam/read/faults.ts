import type { Path } from "../../diagnostics/pointer.ts";
import type { PolicyFault } from "../policy.ts";

/** Collects faults of one part of a policy, and whether they affect its meaning. */
export class Faults {
  readonly list: PolicyFault[] = [];
  /** Some part can't be understood or is rejected by AWS, so the meaning is unreliable. */
  isFaulty = false;
  #errors = 0;
  #warnings = 0;

  /** The limit is reached: no more faults are reported, and callers can stop looking. */
  get isFull(): boolean {
    return this.#errors >= MOST;
  }

  error(path: Path, message: string, more: More = {}): void {
    this.isFaulty = true;
    this.#add({ severity: "error", message, path, ...more });
  }

  warning(path: Path, message: string, more: More = {}): void {
    this.#add({ severity: "warning", message, path, ...more });
  }

  /** Reports a value that another tool fills in later: no mistake, but unreliable as well. */
  unknown(path: Path, message: string): void {
    this.isFaulty = true;
    this.#add({ severity: "warning", message, path });
  }

  /** Adds the faults of another part of the policy. */
  addAll(other: Faults): void {
    this.isFaulty ||= other.isFaulty;
    for (const fault of other.list) this.#add(fault);
  }

  #add(fault: PolicyFault): void {
    const isError = fault.severity === "error";
    if (isError ? this.isFull : this.#warnings >= MOST) return;
    if (isError) this.#errors += 1;
    else this.#warnings += 1;
    this.list.push(fault);
  }
}

interface More {
  help?: string;
  at?: "key";
}

/**
 * Maximum number of errors and of warnings. A policy has a few thousand characters, so more of them are
 * noise.
 */
const MOST = 200;
