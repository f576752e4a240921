import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { Effect, ListElement, PolicyKind, PrincipalElement, Statement } from "../policy.ts";
import { checkForAllValues, readConditions } from "./conditions.ts";
import { checkControlPolicy } from "./control-policies.ts";
import { FaultCollector } from "./faults.ts";
import { POLICY_KIND_RULES } from "./kinds.ts";
import { checkAction, completeResource } from "./patterns.ts";
import { EVERYONE, readPrincipal } from "./principals.ts";
import type { KnownObject, LocatedText } from "./values.ts";
import { checkElementNames, isKnownObject, readTexts, reportMistyped } from "./values.ts";
import { dropUnclosedVariables } from "./variables.ts";

/** IAM user guide, "IAM JSON policy element reference". */
const STATEMENT_ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** Stands in for a list that can't be understood, which only affects a Deny. */
const EVERYTHING: ListElement = { isNegated: false, values: ["*"] };

/** A statement of which nothing is known: it allows nothing, and may deny anything. */
export const createUnreadableStatement = (index: number, kind: PolicyKind): Statement => ({
  index,
  effect: "Deny",
  isFaulty: true,
  action: EVERYTHING,
  conditions: [],
  ...(POLICY_KIND_RULES[kind].principal === "required" && { principal: EVERYONE }),
  ...(POLICY_KIND_RULES[kind].resource === "required" && { resource: EVERYTHING }),
});

/** A statement that is being read. */
interface StatementReader {
  value: KnownObject;
  path: Path;
  kind: PolicyKind;
  faults: FaultCollector;
  /** Elements that are present under a misspelt name, and so aren't reported as missing. */
  misspelt: ReadonlySet<string>;
}

export function readStatement(
  value: unknown,
  index: number,
  path: Path,
  { kind, hasVariables }: { kind: PolicyKind; hasVariables: boolean },
): { statement: Statement; faults: FaultCollector } {
  const faults = new FaultCollector();
  if (!isKnownObject(value)) {
    reportMistyped(value, path, faults, "a statement", "an object");
    return { statement: { ...createUnreadableStatement(index, kind), path }, faults };
  }
  const meant = checkElementNames(value, STATEMENT_ELEMENTS, { what: "a statement", path }, faults);
  const part: StatementReader = { value, path, kind, faults, misspelt: meant };
  const sid = readSid(part);
  const effect = readEffect(part);
  const principal = readPrincipalElement(part);
  const action = readPatterns("Action", part, checkAction) ?? EVERYTHING;
  const resource = readResource(part);
  const conditions = readConditions(value.Condition, [...path, "Condition"], faults);
  if (effect === "Allow") checkForAllValues(conditions, faults);
  const written: Statement = {
    index,
    path,
    ...(sid !== undefined && { sid }),
    effect,
    isFaulty: false,
    ...(principal && { principal }),
    action,
    ...(resource && { resource }),
    conditions,
  };
  const statement = hasVariables ? dropUnclosedVariables(written, path, faults) : written;
  if (kind === "rcp" && !faults.isFaulty) checkControlPolicy(statement, path, faults);
  return { statement: { ...statement, isFaulty: faults.isFaulty }, faults };
}

function readSid({ value: { Sid: sid }, path: above, kind, faults }: StatementReader): string | undefined {
  const path = [...above, "Sid"];
  if (sid === undefined) return undefined;
  if (typeof sid !== "string") {
    reportMistyped(sid, path, faults, "`Sid`", "a text");
    return undefined;
  }
  // IAM user guide, "Sid": other services may allow more characters.
  if (POLICY_KIND_RULES[kind].hasPlainSid && !/^[0-9A-Za-z]*$/.test(sid)) {
    faults.addWarning(
      path,
      `IAM refuses the \`Sid\` ${quoted(sid)}: it takes only letters A to Z and digits`,
    );
  }
  return sid;
}

function readEffect({
  value: { Effect: effect },
  path: above,
  faults,
  misspelt: meant,
}: StatementReader): Effect {
  const path = [...above, "Effect"];
  if (effect === "Allow" || effect === "Deny") return effect;
  if (effect === undefined) {
    if (!meant.has("Effect")) {
      faults.addError(above, "the statement has no `Effect`", { help: "it is `Allow` or `Deny`" });
    }
  } else if (typeof effect !== "string")
    reportMistyped(effect, path, faults, "`Effect`", "`Allow` or `Deny`");
  else {
    const near = findNearest(effect, ["Allow", "Deny"]);
    faults.addError(path, `\`Effect\` is \`Allow\` or \`Deny\`, and not ${quoted(effect)}`, {
      ...(near && { help: `did you mean ${quoted(near)}?` }),
    });
  }
  return "Deny";
}

type NegatableElement = "Action" | "Resource" | "Principal";

/** The name of the element or of its negation, whichever is present. Reports when both or none are. */
function findElement(
  pair: NegatableElement,
  { value, path, faults, kind, misspelt: meant }: StatementReader,
): string | "both" | "none" {
  const names = [pair, `Not${pair}`].filter((name) => value[name] !== undefined);
  if (names.length === 2) {
    faults.addError([...path, names[1]!], `a statement has ${formatList(names)}, and this one has both`, {
      at: "key",
    });
    return "both";
  }
  if (names.length === 0 && !meant.has(pair) && !meant.has(`Not${pair}`)) {
    const need = pair === "Action" ? "" : `, which ${POLICY_KIND_RULES[kind].displayName} needs`;
    const missing = pair === "Principal" ? "no `Principal`" : `neither \`${pair}\` nor \`Not${pair}\``;
    faults.addError(path, `the statement has ${missing}${need}`);
  }
  return names[0] ?? "none";
}

/** Reads a list of patterns; undefined when it can't be understood. */
function readPatterns(
  pair: "Action" | "Resource",
  part: StatementReader,
  toPattern: (text: LocatedText, faults: FaultCollector) => string,
): ListElement | undefined {
  const name = findElement(pair, part);
  if (name === "both" || name === "none") return undefined;
  const path = [...part.path, name];
  const own = new FaultCollector();
  const texts = readTexts(part.value[name], path, own, quoted(name)) ?? [];
  const isNegated = name !== pair;
  if (texts.length === 0 && !own.isFaulty) reportEmptyList(path, own, isNegated);
  const values = texts.map((text) => toPattern(text, own));
  part.faults.addAll(own);
  return own.isFaulty ? undefined : { isNegated, values };
}

/** An empty list matches nothing, but what an empty `Not…` list matches isn't documented. */
function reportEmptyList(path: Path, faults: FaultCollector, isNegated: boolean): void {
  const name = quoted(String(path.at(-1)));
  if (isNegated) faults.addError(path, `${name} is an empty list, and would mean everything`);
  else faults.addWarning(path, `${name} is an empty list, so the statement does nothing`);
}

/** Reports an element that the kind of policy doesn't have. */
function reportForbidden(name: string, { path, kind, faults }: StatementReader, why: string): void {
  const message = `${POLICY_KIND_RULES[kind].displayName} has no ${quoted(name)}: ${why}`;
  faults.addError([...path, name], message, { help: "remove it", at: "key" });
}

function readResource(part: StatementReader): ListElement | undefined {
  if (POLICY_KIND_RULES[part.kind].resource === "required")
    return readPatterns("Resource", part, completeResource) ?? EVERYTHING;
  for (const name of ["Resource", "NotResource"]) {
    if (part.value[name] !== undefined) reportForbidden(name, part, "it is about the role that has it");
  }
  return undefined;
}

function readPrincipalElement(part: StatementReader): PrincipalElement | undefined {
  const { value, path, kind, faults } = part;
  if (POLICY_KIND_RULES[kind].principal === "forbidden") {
    for (const name of ["Principal", "NotPrincipal"]) {
      if (value[name] !== undefined) reportForbidden(name, part, "it is about whoever it is attached to");
    }
    return undefined;
  }
  const name = findElement("Principal", part);
  if (name === "both" || name === "none") return EVERYONE;
  const isNegated = name === "NotPrincipal";
  // IAM user guide, "NotPrincipal": not in a trust policy, and otherwise only with Deny.
  if (isNegated && kind === "trust")
    reportForbidden(name, part, "name in `Principal` who may assume the role");
  else if (isNegated && value.Effect === "Allow") {
    const help = "name in `Principal` who is allowed";
    faults.addError([...path, name], "`NotPrincipal` can't stand in an `Allow`", { help, at: "key" });
  }
  return readPrincipal(value[name], [...path, name], faults, isNegated);
}
