import { quoted } from "../diagnostics/text.ts";
import { PartialText } from "../documents/partial.ts";
import { mapChildren, textFromParts } from "../documents/parts.ts";
import type { Policy, PolicyKind } from "../iam/policy.ts";
import { readPolicy } from "../iam/read/index.ts";
import { createUnknownCondition, describeUnknownPart } from "../iam/read/unknown-parts.ts";
import type { NamedPolicy, TemplateDocument, TemplateIdentity } from "../requests/identities/identity.ts";
import type { PermissionRequirement } from "../rules/permission.ts";
import type { KnownPrincipal, PrincipalIndex } from "./principals.ts";
import type { TemplatePrincipal } from "./template-principal.ts";
import type { References } from "./template-references.ts";
import { fillReferences } from "./template-references.ts";
import { createUnknownPolicy } from "./unknown-policy.ts";

/** What the references of a template to its own account and Region stand for in one call. */
export interface TemplateScope {
  partition: string;
  /** `*` is whatever the call has; undefined if that isn't known. */
  region?: string;
  account?: string;
  /** What references to resources of the call stand for. */
  references?: References;
}

/** Any account that no policy names. */
const SOME_ACCOUNT = "000000000000";

/** The principal as it takes part in one call. */
export function toKnownPrincipal(
  principal: TemplatePrincipal,
  scope: TemplateScope,
  details: PrincipalIndex,
): KnownPrincipal {
  const { identity, name, groups } = principal;
  const account = /^\d{12}$/.test(scope.account ?? "") ? scope.account! : SOME_ACCOUNT;
  const kind = identity.kind === "user" ? "user" : "role";
  const ownName = identity.name ?? identity.reference.replaceAll(/[^\w+=,.@-]/g, "-");
  const madeUp = `arn:${scope.partition}:iam::${account}:${kind}/${ownName}`;
  const arn = typeof principal.arn === "string" ? principal.arn : madeUp;
  const reader = new PolicyReader(principal, scope, details);
  const boundary = identity.boundary && reader.read("boundary", identity.boundary, name);
  const policies = [
    ...reader.readAll(identity, name),
    ...groups.flatMap((group) =>
      group
        ? reader.readAll(group, `group ${quoted(group.name ?? group.reference)}`)
        : reader.read("identity", { open: "the group" }, name),
    ),
  ];
  return {
    arn,
    ownArn: arn,
    kind,
    account,
    name: ownName,
    policies: { identity: policies, ...(boundary && { boundary }) },
    template: principal,
  };
}

/** The trust policy of a role. A service takes only roles of the account that it works for, the role's own. */
export function readTrustPolicy(
  role: TemplatePrincipal,
  { keys }: PermissionRequirement,
  details: PrincipalIndex,
): Policy {
  const { identity, name } = role;
  const title = `the trust policy of ${name}`;
  if (!identity.trust) return createUnknownPolicy("trust", title, describeUnknownPart(title, name));
  const source = keys["aws:SourceAccount"];
  const account = source && "value" in source ? source.value[0] : undefined;
  const scope = { partition: "aws", ...(account !== undefined && { account }) };
  const value = fillAccount(identity.trust.value, account);
  return new PolicyReader(role, scope, details).read("trust", { ...identity.trust, value }, name);
}

/** The account of the template, where a value is nothing else. */
function fillAccount(value: unknown, account: string | undefined): unknown {
  if (!(value instanceof PartialText)) return mapChildren(value, (child) => fillAccount(child, account));
  const [only, ...others] = value.parts;
  const isAccount = others.length === 0 && typeof only === "object" && ACCOUNT.test(only.source);
  return isAccount && account !== undefined ? account : value;
}

class PolicyReader {
  readonly #principal: TemplatePrincipal;
  readonly #scope: TemplateScope;
  readonly #details: PrincipalIndex;

  constructor(principal: TemplatePrincipal, scope: TemplateScope, details: PrincipalIndex) {
    this.#principal = principal;
    this.#scope = scope;
    this.#details = details;
  }

  readAll({ documents, named }: TemplateIdentity, whose: string): Policy[] {
    return [...documents, ...named].map((one) => this.read("identity", one, whose));
  }

  read(kind: PolicyKind, given: TemplateDocument | NamedPolicy, whose: string): Policy {
    if ("arn" in given) return this.#details.findManagedPolicy(kind, given.arn, whose);
    if ("open" in given) {
      const title = `${kind === "boundary" ? "the permissions boundary" : "a policy"} of ${whose}`;
      return createUnknownPolicy(kind, title, describeUnknownPart(title, given.open));
    }
    const name = `${given.name} of ${whose}`;
    const value = fillReferences(given.value, this.#scope.references ?? new Map());
    const policy = readPolicy(fillScope(value, this.#scope), {
      kind,
      name,
      place: (path, at = "value") => this.#principal.place(given, path, at),
    });
    return given.condition === undefined ? policy : makeUncertain(policy, given.condition);
  }
}

export function makeUncertain(policy: Policy, source: string): Policy {
  const unknown = createUnknownCondition(describeUnknownPart(policy.name, source));
  const statements = policy.statements.map((each) => ({
    ...each,
    conditions: [...each.conditions, unknown],
  }));
  return { ...policy, statements };
}

/** Parts of a statement in which `*` isn't a pattern, or that say more than which resources there are. */
const OTHER_PARTS = new Set(["Condition", "Principal", "NotPrincipal", "Action", "NotAction"]);

/** Fills in what the template's references to its own partition, account and Region stand for, in fields of ARNs. */
function fillScope(value: unknown, scope: TemplateScope): unknown {
  if (value instanceof PartialText) return fillText(value, scope);
  return mapChildren(value, (child, key) => (OTHER_PARTS.has(String(key)) ? child : fillScope(child, scope)));
}

const ACCOUNT = /AWS::AccountId|data\.aws_caller_identity\.[\w-]+\.account_id\b/;

const SCOPES: readonly (readonly [RegExp, "partition" | "region" | "account"])[] = [
  [/AWS::Partition|aws_partition\./, "partition"],
  [/AWS::Region|data\.aws_region\.[\w-]+\.(?:id|name|region)\b/, "region"],
  [ACCOUNT, "account"],
];

function fillText(text: PartialText, scope: TemplateScope): unknown {
  const parts = text.parts.map((part, index) => {
    if (typeof part === "string") return part;
    const [, name] = SCOPES.find(([form]) => form.test(part.source)) ?? [];
    const [before, after] = [text.parts[index - 1], text.parts[index + 1]];
    const isField =
      typeof before === "string" &&
      before.endsWith(":") &&
      typeof after === "string" &&
      after.startsWith(":");
    return (name && isField && scope[name]) || part;
  });
  return textFromParts(parts, text.source);
}
