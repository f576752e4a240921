/** A condition operator without its quantifier and suffix. */
export interface Operator {
  base: BaseOperator;
  quantifier?: "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
}

/** The complete list of IAM user guide, "IAM JSON policy elements: Condition operators". */
export const BASE_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnNotLike",
  "Null",
] as const;

export type BaseOperator = (typeof BASE_OPERATORS)[number];

const QUANTIFIERS = ["ForAllValues", "ForAnyValue"] as const;

/** For suggestions. */
export const OPERATOR_NAMES: readonly string[] = BASE_OPERATORS;

/** `Null` takes no suffix, and quantifiers with it aren't documented. */
const SUPPORTED_NAMES = ["", "ForAllValues:", "ForAnyValue:"].flatMap((prefix) =>
  BASE_OPERATORS.flatMap((base) =>
    base === "Null" ? (prefix === "" ? [base] : []) : [prefix + base, `${prefix}${base}IfExists`],
  ),
);

const operatorsByName = new Map(SUPPORTED_NAMES.map((name) => [name, splitOperatorName(name)]));

/**
 * Parses the name of an operator; undefined when there is no such operator. Case-sensitive: IAM rejects
 * `stringEquals` ("Invalid Condition type", as reported in
 * ministryofjustice/modernisation-platform-environments#8893).
 */
export const parseOperator = (text: string): Operator | undefined => operatorsByName.get(text);

function splitOperatorName(name: string): Operator {
  const quantifier = QUANTIFIERS.find((prefix) => name.startsWith(`${prefix}:`));
  const ifExists = name.endsWith("IfExists");
  const from = quantifier === undefined ? 0 : quantifier.length + 1;
  const base = name.slice(from, ifExists ? -"IfExists".length : undefined) as BaseOperator;
  return quantifier === undefined ? { base, ifExists } : { base, quantifier, ifExists };
}
