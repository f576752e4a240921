import { type Failure, failureFromOperand, joinAllFailures, joinFailures } from "./failure.ts";
import { GrowingList } from "./values.ts";

/** `&&` or `||` of operands none of which decides: the failures among them, joined. */
export function joinOperands(operands: readonly unknown[]): Failure | undefined {
  let failure: Failure | undefined;
  for (const value of operands)
    if (typeof value !== "boolean") failure = joinFailures(failure, failureFromOperand(value));
  return failure;
}

/** `[a, b]` */
export const createListValue = (values: unknown[]): unknown =>
  joinAllFailures(values) ?? new GrowingList(values);
