import { nearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { listed, quoted } from "../../diagnostics/text.ts";
import type { Effect, ListElement, PolicyKind, PrincipalElement, Statement } from "../policy.ts";
import { checkForAllValues, readConditions } from "./conditions.ts";
import { checkControlPolicy } from "./control-policies.ts";
import { Faults } from "./faults.ts";
import { KINDS } from "./kinds.ts";
import { checkAction, completeResource } from "./patterns.ts";
import { EVERYONE, readPrincipal } from "./principals.ts";
import type { Members, Text } from "./values.ts";
import { checkNames, isMembers, mistyped, textsOf } from "./values.ts";
import { withoutBrokenVariables } from "./variables.ts";

/** IAM user guide, "IAM JSON policy element reference". */
const ELEMENTS = [
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
export const unreadable = (index: number, kind: PolicyKind): Statement => ({
  index,
  effect: "Deny",
  isFaulty: true,
  action: EVERYTHING,
  conditions: [],
  ...(KINDS[kind].principal === "required" && { principal: EVERYONE }),
  ...(KINDS[kind].resource === "required" && { resource: EVERYTHING }),
});

/** A statement that is being read. */
interface Part {
  value: Members;
  path: Path;
  kind: PolicyKind;
  faults: Faults;
  /** Elements that are present under a misspelt name, and so aren't reported as missing. */
  meant: ReadonlySet<string>;
}

export function readStatement(
  value: unknown,
  index: number,
  path: Path,
  { kind, hasVariables }: { kind: PolicyKind; hasVariables: boolean },
): { statement: Statement; faults: Faults } {
  const faults = new Faults();
  if (!isMembers(value)) {
    mistyped(value, path, faults, "a statement", "an object");
    return { statement: { ...unreadable(index, kind), path }, faults };
  }
  const meant = checkNames(value, ELEMENTS, { what: "a statement", path }, faults);
  const part: Part = { value, path, kind, faults, meant };
  const sid = readSid(part);
  const effect = readEffect(part);
  const principal = principalOf(part);
  const action = listOf("Action", part, checkAction) ?? EVERYTHING;
  const resource = resourceOf(part);
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
  const statement = hasVariables ? withoutBrokenVariables(written, path, faults) : written;
  if (kind === "rcp" && !faults.isFaulty) checkControlPolicy(statement, path, faults);
  return { statement: { ...statement, isFaulty: faults.isFaulty }, faults };
}

function readSid({ value: { Sid: sid }, path: above, kind, faults }: Part): string | undefined {
  const path = [...above, "Sid"];
  if (sid === undefined) return undefined;
  if (typeof sid !== "string") {
    mistyped(sid, path, faults, "`Sid`", "a text");
    return undefined;
  }
  // IAM user guide, "Sid": other services may allow more characters.
  if (KINDS[kind].hasPlainSid && !/^[0-9A-Za-z]*$/.test(sid)) {
    faults.warning(path, `IAM refuses the \`Sid\` ${quoted(sid)}: it takes only letters A to Z and digits`);
  }
  return sid;
}

function readEffect({ value: { Effect: effect }, path: above, faults, meant }: Part): Effect {
  const path = [...above, "Effect"];
  if (effect === "Allow" || effect === "Deny") return effect;
  if (effect === undefined) {
    if (!meant.has("Effect")) {
      faults.error(above, "the statement has no `Effect`", { help: "it is `Allow` or `Deny`" });
    }
  } else if (typeof effect !== "string") mistyped(effect, path, faults, "`Effect`", "`Allow` or `Deny`");
  else {
    const near = nearest(effect, ["Allow", "Deny"]);
    faults.error(path, `\`Effect\` is \`Allow\` or \`Deny\`, and not ${quoted(effect)}`, {
      ...(near && { help: `did you mean ${quoted(near)}?` }),
    });
  }
  return "Deny";
}

type Pair = "Action" | "Resource" | "Principal";

/** The name of the element or of its negation, whichever is present. Reports when both or none are. */
function which(pair: Pair, { value, path, faults, kind, meant }: Part): string | "both" | "none" {
  const names = [pair, `Not${pair}`].filter((name) => value[name] !== undefined);
  if (names.length === 2) {
    faults.error([...path, names[1]!], `a statement has ${listed(names)}, and this one has both`, {
      at: "key",
    });
    return "both";
  }
  if (names.length === 0 && !meant.has(pair) && !meant.has(`Not${pair}`)) {
    const need = pair === "Action" ? "" : `, which ${KINDS[kind].called} needs`;
    const missing = pair === "Principal" ? "no `Principal`" : `neither \`${pair}\` nor \`Not${pair}\``;
    faults.error(path, `the statement has ${missing}${need}`);
  }
  return names[0] ?? "none";
}

/** Reads a list of patterns; undefined when it can't be understood. */
function listOf(
  pair: "Action" | "Resource",
  part: Part,
  toPattern: (text: Text, faults: Faults) => string,
): ListElement | undefined {
  const name = which(pair, part);
  if (name === "both" || name === "none") return undefined;
  const path = [...part.path, name];
  const own = new Faults();
  const texts = textsOf(part.value[name], path, own, quoted(name)) ?? [];
  const isNegated = name !== pair;
  if (texts.length === 0 && !own.isFaulty) emptyList(path, own, isNegated);
  const values = texts.map((text) => toPattern(text, own));
  part.faults.addAll(own);
  return own.isFaulty ? undefined : { isNegated, values };
}

/** An empty list matches nothing, but what an empty `Not…` list matches isn't documented. */
function emptyList(path: Path, faults: Faults, isNegated: boolean): void {
  const name = quoted(String(path.at(-1)));
  if (isNegated) faults.error(path, `${name} is an empty list, and would mean everything`);
  else faults.warning(path, `${name} is an empty list, so the statement does nothing`);
}

/** Reports an element that the kind of policy doesn't have. */
function forbidden(name: string, { path, kind, faults }: Part, why: string): void {
  const message = `${KINDS[kind].called} has no ${quoted(name)}: ${why}`;
  faults.error([...path, name], message, { help: "remove it", at: "key" });
}

function resourceOf(part: Part): ListElement | undefined {
  if (KINDS[part.kind].resource === "required")
    return listOf("Resource", part, completeResource) ?? EVERYTHING;
  for (const name of ["Resource", "NotResource"]) {
    if (part.value[name] !== undefined) forbidden(name, part, "it is about the role that has it");
  }
  return undefined;
}

function principalOf(part: Part): PrincipalElement | undefined {
  const { value, path, kind, faults } = part;
  if (KINDS[kind].principal === "forbidden") {
    for (const name of ["Principal", "NotPrincipal"]) {
      if (value[name] !== undefined) forbidden(name, part, "it is about whoever it is attached to");
    }
    return undefined;
  }
  const name = which("Principal", part);
  if (name === "both" || name === "none") return EVERYONE;
  const isNegated = name === "NotPrincipal";
  // IAM user guide, "NotPrincipal": not in a trust policy, and otherwise only with Deny.
  if (isNegated && kind === "trust") forbidden(name, part, "name in `Principal` who may assume the role");
  else if (isNegated && value.Effect === "Allow") {
    const help = "name in `Principal` who is allowed";
    faults.error([...path, name], "`NotPrincipal` can't stand in an `Allow`", { help, at: "key" });
  }
  return readPrincipal(value[name], [...path, name], faults, isNegated);
}
