import type { Path } from "../../diagnostics/pointer.ts";
import type { PolicyFault } from "../policy.ts";

/** Faults of one part of a policy, and whether its meaning suffers. */
export class Faults {
  readonly list: PolicyFault[] = [];
  /** Something can't be understood, or is refused by AWS: what it says can't be relied on. */
  isFaulty = false;
  #errors = 0;
  #warnings = 0;

  /** So many that no more are told, and none more need to be looked for. */
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

  /** No mistake, but nothing to rely on either: another tool fills the value in. */
  unknown(path: Path, message: string): void {
    this.isFaulty = true;
    this.#add({ severity: "warning", message, path });
  }

  /** Also what another part of the policy is found to have. */
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

/** A policy has a few thousand characters: one with more errors, or warnings, is something else. */
const MOST = 200;
