import type { Finding, MissingInput } from "../../diagnostics/diagnostic.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import { unknownPartFromKey } from "../../iam/read/unknown-parts.ts";
import type { PermissionRequirement } from "../../rules/permission.ts";
import { isServiceKey } from "../condition-keys.ts";
import type { PermissionDecision, UndecidedRequirement } from "../result.ts";
import { principalNameOf } from "../result.ts";
import type { PolicyGap } from "../unknown-policy.ts";
import { formatStatementReferences, relatedFromReasons } from "./statement-text.ts";
import { joinWithAnd, quoteLong } from "./text.ts";

/** Describes what an undecided decision is missing. */
export function describeUndecided(
  verdict: PermissionDecision,
): UndecidedRequirement & Pick<Finding, "related"> {
  const { requirement, principal, action, resource, decision } = verdict;
  const gaps = decision.missing.flatMap(
    (key) => unknownPartFromKey(key) ?? findMissingFactOfKey(key, requirement) ?? [],
  );
  const keys = [
    ...new Set(
      decision.missing.filter((key) => !(unknownPartFromKey(key) ?? findMissingFactOfKey(key, requirement))),
    ),
  ];
  const unclear = decision.decidedBy.filter(({ because }) => because?.part !== "condition");
  const messages = [
    ...gaps.map(({ message }) => message),
    ...(keys.length > 0 ? [`it depends on ${formatList(keys, "and", 6)}`] : []),
    ...(decision.notes ?? []),
    ...(gaps.length + keys.length === 0 && unclear.length > 0
      ? [`it depends on ${formatStatementReferences(unclear)}`]
      : []),
  ];
  const helps = [...gaps.map(({ help }) => help), ...suggestFacts(verdict, keys)];
  return {
    path: requirement.path,
    principalName: principalNameOf(principal),
    actions: [action],
    resources: [resource],
    missingFact: {
      missing: [
        ...gaps.flatMap(({ missing = [] }) => missing),
        ...keys.map((key): MissingInput => ({ kind: "fact", name: `context.conditionKeys.${key}` })),
      ],
      message: [...new Set(messages)].join("; ") || "the policies don't say",
      help: [...new Set(helps)].join("; ") || "check it by hand, and waive this where it is fine",
    },
    isOwnFact: keys.length > 0,
    related: relatedFromReasons(decision.decidedBy),
  };
}

/** Finds the missing fact behind a key that the payload or the context would determine. */
function findMissingFactOfKey(
  key: string,
  { keys, tags, resourceAccount }: PermissionRequirement,
): PolicyGap | undefined {
  const name = key.toLowerCase();
  if (/^(?:aws|s3):resourceaccount$/.test(name) && resourceAccount && "lacks" in resourceAccount) {
    return resourceAccount.lacks;
  }
  const [, known] = Object.entries(keys).find(([each]) => each.toLowerCase() === name) ?? [];
  if (known && "lacks" in known) return known.lacks;
  if (name !== "aws:tagkeys" && !name.startsWith("aws:requesttag/")) return undefined;
  if ("lacks" in tags) return tags.lacks;
  return tags.value.some((tag) => tag.key === undefined || tag.value === undefined)
    ? {
        message: `it depends on ${quoted(key)}, and the tags have a placeholder`,
        help: "check the request again with its tags filled in",
      }
    : {
        message: `it depends on ${quoted(key)}, of which the request gives several values`,
        help: "give each tag once, or let the policy ask with `ForAnyValue` or `ForAllValues`",
      };
}

/** Suggests how to provide the missing facts. */
function suggestFacts({ principal, decision }: PermissionDecision, keys: readonly string[]): string[] {
  const isUnnamed = decision.decidedBy.some(({ because }) => because?.part === "principal");
  const named = keys.filter((key) => !("service" in principal) || isServiceKey(key));
  const sources = named.filter((key) => "service" in principal && /^aws:source(?:arn|account)$/i.test(key));
  const given = named.filter((key) => !sources.includes(key));
  return [
    ...(isUnnamed ? ["service" in principal ? UNNAMED_SERVICE : UNNAMED] : []),
    ...(sources.length > 0 ? [SHARE_HELP] : []),
    ...(given.length > 0 ? [formatKeysHelp(given)] : []),
    ...(keys.length > named.length ? [OWN_HELP] : []),
  ];
}

const UNNAMED_SERVICE = "whether `*` lets services in is not documented: name the service as `Principal`";

const UNNAMED =
  "name the role itself as `Principal`; in a `Deny` for all others, ask for `ArnNotEquals` `aws:PrincipalArn` with `Principal` `*` instead of `NotPrincipal`, which has to list the role's sessions as well";

const OWN_HELP =
  "what a service sends of that key is not documented: leave the condition out, or check it by hand and waive this";

const SHARE_HELP =
  "give the record that says for whom the service acts as context; of a file share, which names its gateway: `aws storagegateway describe-nfs-file-shares --file-share-arn-list SHARE_ARN > context/share.json`";

/** Includes only well-formed keys, since users paste this text. */
const formatKeysHelp = (keys: readonly string[]): string => {
  const rows = keys.filter((key) => /^[\w:/.+=@-]{1,128}$/.test(key)).map((key) => `${key}: VALUE`);
  return `give what is known of the call in a context file: \`conditionKeys: { ${rows.slice(0, 6).join(", ")} }\``;
};

/** Creates one finding for everything with the same missing fact. */
export function createUndecidedFindings(
  opens: readonly (UndecidedRequirement & Pick<Finding, "related">)[],
): Finding[] {
  const groups = new Map<string, (UndecidedRequirement & Pick<Finding, "related">)[]>();
  for (const open of opens) {
    const key = `${(open.isOwnFact && open.principalName) || ""}\n${open.missingFact.message}`;
    const group = groups.get(key);
    if (group) group.push(open);
    else groups.set(key, [open]);
  }
  return [...groups.values()].map(createGroupFinding);
}

function createGroupFinding(group: readonly (UndecidedRequirement & Pick<Finding, "related">)[]): Finding {
  const { path: first, missingFact: gap } = group[0]!;
  const isOnePlace = group.every(({ path }) => path?.join("/") === first?.join("/"));
  const path = isOnePlace ? first : undefined;
  const related = group.flatMap((open) => open.related ?? []);
  const distinct = [...new Map(related.map((each) => [JSON.stringify(each), each])).values()];
  return {
    code: "iam/undecided",
    status: "undecided",
    path: path ?? [],
    ...(path === undefined && { at: "operation" as const }),
    message: formatUndecided(group),
    help: gap.help,
    missing: unionOf(group.flatMap(({ missingFact: { missing = [] } }) => missing)),
    ...(distinct.length > 0 && { related: distinct }),
  };
}

const unionOf = (inputs: readonly MissingInput[]): MissingInput[] => [
  ...new Map(inputs.map((input) => [JSON.stringify(input), input])).values(),
];

function formatUndecided(group: readonly UndecidedRequirement[]): string {
  const actions = joinWithAnd(
    uniqueTexts(group.flatMap((each) => each.actions)).map((action) => quoted(action)),
  );
  const whos = uniqueTexts(group.flatMap(({ principalName: who }) => who ?? []));
  // With several requirements, the unknown part of one may be its resource.
  const isPlaced = group.every((each) => each.resources.length > 0);
  const resources = isPlaced ? uniqueTexts(group.flatMap((each) => each.resources)) : [];
  const { message } = group[0]!.missingFact;
  const isOne = whos.length === 1 && group.every(({ principalName: who }) => who !== undefined);
  const on = resources.length > 0 ? ` on ${joinWithAnd(resources.slice(0, 3).map(quoteLong))}` : "";
  if (actions === "") return isOne ? `what ${quoteLong(whos[0]!)} needs can't be told: ${message}` : message;
  const what = isOne
    ? `whether ${quoteLong(whos[0]!)} is allowed ${actions}${on}`
    : `whether ${actions} ${isPlural(group)} allowed${on}`;
  return message.startsWith("can't be ") ? `${what} ${message}` : `${what} can't be told: ${message}`;
}

const isPlural = (group: readonly UndecidedRequirement[]): string =>
  uniqueTexts(group.flatMap((each) => each.actions)).length > 1 ? "are" : "is";

const uniqueTexts = (texts: readonly string[]): string[] => [...new Set(texts)];
