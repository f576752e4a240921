import { nearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { listed, quoted } from "../../diagnostics/text.ts";
import type { PrincipalElement } from "../policy.ts";
import { Faults } from "./faults.ts";
import type { Text } from "./values.ts";
import { isMembers, mistyped, textsOf } from "./values.ts";

/** Types of principals (IAM user guide, "Principal"), with their members in `PrincipalElement`. */
const TYPES = {
  AWS: "aws",
  Service: "service",
  Federated: "federated",
  CanonicalUser: "canonicalUser",
} as const;

const NAMES = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** Everyone; also stands in for a principal that can't be understood. */
export const EVERYONE: PrincipalElement = {
  isNegated: false,
  isEveryone: true,
  aws: ["*"],
  service: [],
  federated: [],
  canonicalUser: [],
};

/** Reads `Principal` or `NotPrincipal`. A malformed one becomes everyone, which only affects a Deny. */
export function readPrincipal(
  value: unknown,
  path: Path,
  faults: Faults,
  isNegated: boolean,
): PrincipalElement {
  if (value === "*") return { ...EVERYONE, isNegated };
  if (!isMembers(value)) {
    const expected =
      typeof value === "string" ? '`"*"`, or an object such as `{"AWS": "…"}`' : 'an object or `"*"`';
    mistyped(value, path, faults, quoted(String(path.at(-1))), expected);
    return EVERYONE;
  }
  const own = new Faults();
  const read = readTypes(value, path, own);
  faults.addAll(own);
  return own.isFaulty ? EVERYONE : { ...read, isNegated };
}

function readTypes(value: Record<string, unknown>, path: Path, faults: Faults): PrincipalElement {
  const found: Record<(typeof TYPES)[keyof typeof TYPES], string[]> = {
    aws: [],
    service: [],
    federated: [],
    canonicalUser: [],
  };
  for (const [name, given] of Object.entries(value)) {
    const at = [...path, name];
    if (!Object.hasOwn(TYPES, name)) {
      const suggestion = faults.isFull ? undefined : nearest(name, NAMES);
      const help = suggestion ? `did you mean ${quoted(suggestion)}?` : `there are ${listed(NAMES, "and")}`;
      faults.error(at, `${quoted(name)} is no kind of principal`, { help, at: "key" });
      continue;
    }
    const texts = textsOf(given, at, faults, quoted(name)) ?? [];
    const type = TYPES[name as keyof typeof TYPES];
    found[type] = texts.map((text) => CHECKS[type](text, faults));
  }
  if (!faults.isFaulty && Object.values(found).every((list) => list.length === 0)) {
    faults.warning(path, "no principal is named, so the statement is about nobody");
  }
  return { isNegated: false, isEveryone: found.aws.includes("*"), ...found };
}

/** Checks by type; each returns the principal in the form that is compared. */
const CHECKS: Readonly<Record<(typeof TYPES)[keyof typeof TYPES], (text: Text, faults: Faults) => string>> = {
  aws: awsPrincipal,
  service: servicePrincipal,
  federated: ({ text }) => text,
  canonicalUser: ({ text }) => text,
};

/** Users, roles, sessions and the root of an account, and the CloudFront identity that reads buckets. */
const PRINCIPAL_ARN =
  /^arn:[\w-]+:(?:iam::(?:\d{12}|cloudfront):(?:root|(?:user|role)\/.+)|sts::\d{12}:(?:assumed-role\/[^/]+\/.+|federated-user\/.+|self))$/;

/** Unique id, which replaces the ARN of a deleted principal (IAM user guide, "IAM identifiers"). */
const UNIQUE_ID = /^A(?:IDA|ROA|GPA|KIA|SIA|CCA)[A-Z0-9]{12,}$/;

function awsPrincipal({ text, path }: Text, faults: Faults): string {
  // An account id is short for the account's root (IAM user guide, "AWS account principals").
  if (/^\d{12}$/.test(text)) return `arn:aws:iam::${text}:root`;
  if (text === "*" || (PRINCIPAL_ARN.test(text) && !/[*?]/.test(text))) return text;
  if (UNIQUE_ID.test(text)) {
    faults.warning(path, `${quoted(text)} is the id of a user or role that was deleted: it matches nobody`);
    return text;
  }
  if (/[*?]/.test(text)) {
    faults.error(path, `a principal has no wildcards, and ${quoted(text)} has`, {
      help: "name the principals one by one, or use `*` with a condition on `aws:PrincipalArn`",
    });
  } else if (/^arn:[\w-]+:iam::\d{12}:group\//.test(text)) {
    faults.error(path, `a group can't be a principal, and ${quoted(text)} is one`, {
      help: "name its users, or a role",
    });
  } else {
    faults.error(path, `${quoted(text)} is no principal`, {
      help: "it takes the ARN of a user, a role, a session or an account's root, an account id of 12 digits, or `*`",
    });
  }
  return text;
}

function servicePrincipal({ text, path }: Text, faults: Faults): string {
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(text)) {
    faults.error(path, `${quoted(text)} is no service principal`, {
      help: "one looks like `storagegateway.amazonaws.com`",
    });
  }
  return text;
}
