/** Three-valued logic: "unknown" means that a missing fact decides between true and false. */
export type Ternary = boolean | "unknown";

export const not = (truth: Ternary): Ternary => (truth === "unknown" ? truth : !truth);

/** True if any is true, else unknown if any is unknown. */
export function any(truths: Iterable<Ternary>): Ternary {
  let result: Ternary = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === "unknown") result = truth;
  }
  return result;
}

/** False if any is false, else unknown if any is unknown. */
export function all(truths: Iterable<Ternary>): Ternary {
  let result: Ternary = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === "unknown") result = truth;
  }
  return result;
}

export const or = (a: Ternary, b: Ternary): Ternary =>
  a === true || b === true ? true : a === false && b === false ? false : "unknown";

export const and = (a: Ternary, b: Ternary): Ternary =>
  a === false || b === false ? false : a === true && b === true ? true : "unknown";
