import type { Value } from "./values.ts";
import {
  constantFromBool,
  createBool,
  isBool,
  isConstant,
  isDecided,
  isOpen,
  OPEN,
  sumCosts,
} from "./values.ts";

interface Temporaries {
  takeTemporary(): string;
}

/** `&&` and `||`: one operand that is `deciding` decides; otherwise the value is open if an operand is. */
export function writeLogical(operands: readonly Value[], deciding: boolean, writer: Temporaries): Value {
  if (operands.some((operand) => operand.constant === deciding)) return constantFromBool(deciding);
  const rest = operands.filter((operand) => operand.constant !== !deciding);
  const others = rest.filter((operand) => !isOpen(operand));
  const isOpenElse = others.length < rest.length;
  if (others.length === 0) return isOpenElse ? OPEN : constantFromBool(!deciding);
  const cost = sumCosts(others) + others.length;
  const [only] = others;
  if (others.length === 1 && !isOpenElse && isBool(only!)) return only!;
  if (others.every(isDecided)) {
    const joined = others.map(({ code }) => code).join(deciding ? " || " : " && ");
    if (!isOpenElse) return createBool(`(${joined})`, cost, true);
    return createBool(deciding ? `(${joined} || undefined)` : `(${joined} ? undefined : false)`, cost);
  }
  if (isOpenElse) {
    const decides = others.map((operand) => writeTest(operand, deciding));
    return createBool(`(${decides.join(" || ")} ? ${deciding} : undefined)`, cost);
  }
  const names = others.map(() => writer.takeTemporary());
  const decides = others.map(({ code }, index) => `(${names[index]} = ${code}) === ${deciding}`).join(" || ");
  const holds = names.map((name) => `${name} === ${!deciding}`).join(" && ");
  return createBool(`(${decides} ? ${deciding} : ${holds} ? ${!deciding} : undefined)`, cost);
}

function writeTest(operand: Value, wanted: boolean): string {
  if (!isDecided(operand)) return `${operand.code} === ${wanted}`;
  return wanted ? operand.code : `!${operand.code}`;
}

export function writeNegation(value: Value, writer: Temporaries): Value {
  if (isConstant(value))
    return typeof value.constant === "boolean" ? constantFromBool(!value.constant) : OPEN;
  if (isDecided(value)) return createBool(`!${value.code}`, value.cost, true);
  const name = writer.takeTemporary();
  return createBool(
    `((${name} = ${value.code}) === true ? false : ${name} === false ? true : undefined)`,
    value.cost + 1,
  );
}
