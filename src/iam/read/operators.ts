/** Stands in for src/iam/conditions until that is there. */
export const OPERATOR_NAMES = (
  "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike " +
  "NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan " +
  "NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan " +
  "DateGreaterThanEquals Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnNotEquals ArnLike ArnNotLike Null"
).split(" ");

export function operatorOf(
  text: string,
): { base: string; quantifier?: "ForAllValues" | "ForAnyValue"; ifExists: boolean } | undefined {
  const [, quantifier, base = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  if (!OPERATOR_NAMES.includes(base)) return undefined;
  return {
    base,
    ...(quantifier && { quantifier: quantifier as "ForAllValues" | "ForAnyValue" }),
    ifExists: suffix !== undefined,
  };
}
