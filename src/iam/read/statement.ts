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
import { isMembers, mistyped, textsOf } from "./values.ts";

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

/** Everything: what a list is taken for that can't be understood, which only matters to a Deny. */
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

export function readStatement(
  value: unknown,
  index: number,
  path: Path,
  kind: PolicyKind,
): { statement: Statement; faults: Faults } {
  const faults = new Faults();
  if (!isMembers(value)) {
    mistyped(value, path, faults, "a statement", "an object");
    return { statement: unreadable(index, kind), faults };
  }
  checkNames(value, path, faults);
  const sid = readSid(value.Sid, path, faults, kind);
  const effect = readEffect(value, path, faults);
  const principal = principalOf(value, path, faults, kind);
  const action = listOf("Action", value, path, faults, checkAction) ?? EVERYTHING;
  const resource = resourceOf(value, path, faults, kind);
  const conditions = readConditions(value.Condition, [...path, "Condition"], faults);
  if (effect === "Allow") checkForAllValues(conditions, faults);
  const statement: Statement = {
    index,
    ...(sid !== undefined && { sid }),
    effect,
    isFaulty: false,
    ...(principal && { principal }),
    action,
    ...(resource && { resource }),
    conditions,
  };
  checkControlPolicy(statement, kind, path, faults);
  return { statement: { ...statement, isFaulty: faults.isFaulty }, faults };
}

function checkNames(value: Members, path: Path, faults: Faults): void {
  for (const name of Object.keys(value)) {
    if (ELEMENTS.includes(name)) continue;
    const meant = nearest(name, ELEMENTS);
    const help = meant ? `did you mean ${quoted(meant)}?` : `a statement has ${listed(ELEMENTS, "and")}`;
    faults.error([...path, name], `${quoted(name)} is no element of a statement`, { help, at: "key" });
  }
}

function readSid(value: unknown, above: Path, faults: Faults, kind: PolicyKind): string | undefined {
  const path = [...above, "Sid"];
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    mistyped(value, path, faults, "`Sid`", "a text");
    return undefined;
  }
  if (KINDS[kind].plainSid && !/^[0-9A-Za-z]*$/.test(value)) {
    faults.warning(path, `IAM refuses the \`Sid\` ${quoted(value)}: it takes only letters A to Z and digits`);
  }
  return value;
}

function readEffect(value: Members, above: Path, faults: Faults): Effect {
  const path = [...above, "Effect"];
  const effect = value.Effect;
  if (effect === "Allow" || effect === "Deny") return effect;
  if (effect === undefined) faults.error(above, "the statement has no `Effect`: it is `Allow` or `Deny`");
  else if (typeof effect !== "string") mistyped(effect, path, faults, "`Effect`", "`Allow` or `Deny`");
  else {
    const meant = nearest(effect, ["Allow", "Deny"]);
    faults.error(path, `\`Effect\` is \`Allow\` or \`Deny\`, and not ${quoted(effect)}`, {
      ...(meant && { help: `did you mean ${quoted(meant)}?` }),
    });
  }
  return "Deny";
}

type Pair = "Action" | "Resource" | "Principal";

/** Which of an element and its opposite is there. */
function which(pair: Pair, value: Members, path: Path, faults: Faults): string | undefined {
  const names = [pair, `Not${pair}`].filter((name) => value[name] !== undefined);
  if (names.length === 2) {
    faults.error([...path, names[1]!], `a statement has ${listed(names)}, and this one has both`, {
      at: "key",
    });
    return undefined;
  }
  return names[0];
}

/** Reads an element that is a list of patterns; undefined where it can't be understood. */
function listOf(
  pair: "Action" | "Resource",
  value: Members,
  above: Path,
  faults: Faults,
  toPattern: (text: Text, faults: Faults) => string,
): ListElement | undefined {
  const name = which(pair, value, above, faults);
  if (name === undefined) {
    if (value[pair] === undefined)
      faults.error(above, `the statement has neither \`${pair}\` nor \`Not${pair}\``);
    return undefined;
  }
  const path = [...above, name];
  const texts = textsOf(value[name], path, faults, quoted(name));
  if (!texts) return undefined;
  const isNegated = name !== pair;
  if (texts.length === 0) emptyList(name, path, faults, isNegated);
  const own = new Faults();
  const values = texts.map((text) => toPattern(text, own));
  faults.list.push(...own.list);
  if (!own.isFaulty) return { isNegated, values };
  faults.isFaulty = true;
  return undefined;
}

/** A list of nothing matches nothing; but what a `Not…` of nothing is to mean nobody can know. */
function emptyList(name: string, path: Path, faults: Faults, isNegated: boolean): void {
  if (isNegated) faults.error(path, `${quoted(name)} is an empty list, and would mean everything`);
  else faults.warning(path, `${quoted(name)} is an empty list, so the statement does nothing`);
}

function resourceOf(value: Members, path: Path, faults: Faults, kind: PolicyKind): ListElement | undefined {
  if (KINDS[kind].resource === "required") {
    return listOf("Resource", value, path, faults, completeResource) ?? EVERYTHING;
  }
  for (const name of ["Resource", "NotResource"]) {
    if (value[name] === undefined) continue;
    faults.error(
      [...path, name],
      `${KINDS[kind].called} has no ${quoted(name)}: it is about the role that has it`,
      {
        help: "remove it",
        at: "key",
      },
    );
  }
  return undefined;
}

function principalOf(
  value: Members,
  path: Path,
  faults: Faults,
  kind: PolicyKind,
): PrincipalElement | undefined {
  const { called, principal } = KINDS[kind];
  const name = which("Principal", value, path, faults);
  if (principal === "forbidden") {
    if (name === undefined) return undefined;
    faults.error([...path, name], `${called} has no ${quoted(name)}: it is about whoever has the policy`, {
      help: "remove it",
      at: "key",
    });
    return undefined;
  }
  if (name === undefined) {
    if (value.Principal === undefined) {
      faults.error(path, `the statement has no \`Principal\`, and in ${called} it needs one`);
    }
    return EVERYONE;
  }
  const isNegated = name === "NotPrincipal";
  if (isNegated && value.Effect === "Allow") {
    // IAM user guide, "NotPrincipal": it goes with Deny only.
    faults.error([...path, name], "`NotPrincipal` can't stand in an `Allow`", {
      help: "name who is allowed in `Principal`",
      at: "key",
    });
  }
  return readPrincipal(value[name], [...path, name], faults, isNegated);
}
