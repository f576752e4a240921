import type { Path } from "../../diagnostics/pointer.ts";
import type { PolicyFault } from "../policy.ts";

/** Faults of one part of a policy, and whether its meaning suffers. */
export class Faults {
  readonly list: PolicyFault[] = [];
  /** Something can't be understood, or is refused by AWS: what it says can't be relied on. */
  isFaulty = false;

  error(path: Path, message: string, more: { help?: string; at?: "key" } = {}): void {
    this.isFaulty = true;
    this.list.push({ severity: "error", message, path, ...more });
  }

  warning(path: Path, message: string, more: { help?: string; at?: "key" } = {}): void {
    this.list.push({ severity: "warning", message, path, ...more });
  }

  /** No mistake, but nothing to rely on either: another tool fills the value in. */
  unknown(path: Path, source: string): void {
    this.isFaulty = true;
    this.list.push({ severity: "warning", message: source, path });
  }
}
