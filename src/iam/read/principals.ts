import { findNearest } from "../../diagnostics/nearest.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { formatList, quoted } from "../../diagnostics/text.ts";
import type { PrincipalElement } from "../policy.ts";
import { FaultCollector } from "./faults.ts";
import type { LocatedText } from "./values.ts";
import { isKnownObject, readTexts, reportMistyped } from "./values.ts";

/** Types of principals (IAM user guide, "Principal"), with their members in `PrincipalElement`. */
const PRINCIPAL_TYPE_MEMBERS = {
  AWS: "aws",
  Service: "service",
  Federated: "federated",
  CanonicalUser: "canonicalUser",
} as const;

const PRINCIPAL_TYPE_NAMES = Object.keys(PRINCIPAL_TYPE_MEMBERS) as (keyof typeof PRINCIPAL_TYPE_MEMBERS)[];

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
  faults: FaultCollector,
  isNegated: boolean,
): PrincipalElement {
  if (value === "*") return { ...EVERYONE, isNegated };
  if (!isKnownObject(value)) {
    const expected =
      typeof value === "string" ? '`"*"`, or an object such as `{"AWS": "…"}`' : 'an object or `"*"`';
    reportMistyped(value, path, faults, quoted(String(path.at(-1))), expected);
    return EVERYONE;
  }
  const own = new FaultCollector();
  const read = readPrincipalTypes(value, path, own);
  faults.addAll(own);
  return own.isFaulty ? EVERYONE : { ...read, isNegated };
}

function readPrincipalTypes(
  value: Record<string, unknown>,
  path: Path,
  faults: FaultCollector,
): PrincipalElement {
  const found: Record<(typeof PRINCIPAL_TYPE_MEMBERS)[keyof typeof PRINCIPAL_TYPE_MEMBERS], string[]> = {
    aws: [],
    service: [],
    federated: [],
    canonicalUser: [],
  };
  for (const [name, given] of Object.entries(value)) {
    const at = [...path, name];
    if (!Object.hasOwn(PRINCIPAL_TYPE_MEMBERS, name)) {
      const suggestion = faults.isFull ? undefined : findNearest(name, PRINCIPAL_TYPE_NAMES);
      const help = suggestion
        ? `did you mean ${quoted(suggestion)}?`
        : `there are ${formatList(PRINCIPAL_TYPE_NAMES, "and")}`;
      faults.addError(at, `${quoted(name)} is no kind of principal`, { help, at: "key" });
      continue;
    }
    const texts = readTexts(given, at, faults, quoted(name)) ?? [];
    const type = PRINCIPAL_TYPE_MEMBERS[name as keyof typeof PRINCIPAL_TYPE_MEMBERS];
    found[type] = texts.map((text) => PRINCIPAL_CHECKS[type](text, faults));
  }
  if (!faults.isFaulty && Object.values(found).every((list) => list.length === 0)) {
    faults.addWarning(path, "no principal is named, so the statement is about nobody");
  }
  return { isNegated: false, isEveryone: found.aws.includes("*"), ...found };
}

/** Checks by type; each returns the principal in the form that is compared. */
const PRINCIPAL_CHECKS: Readonly<
  Record<
    (typeof PRINCIPAL_TYPE_MEMBERS)[keyof typeof PRINCIPAL_TYPE_MEMBERS],
    (text: LocatedText, faults: FaultCollector) => string
  >
> = {
  aws: checkAwsPrincipal,
  service: checkServicePrincipal,
  federated: ({ text }) => text,
  canonicalUser: ({ text }) => text,
};

/** Users, roles, sessions and the root of an account, and the CloudFront identity that reads buckets. */
const PRINCIPAL_ARN =
  /^arn:[\w-]+:(?:iam::(?:\d{12}|cloudfront):(?:root|(?:user|role)\/.+)|sts::\d{12}:(?:assumed-role\/[^/]+\/.+|federated-user\/.+|self))$/;

/** Unique id, which replaces the ARN of a deleted principal (IAM user guide, "IAM identifiers"). */
const UNIQUE_ID = /^A(?:IDA|ROA|GPA|KIA|SIA|CCA)[A-Z0-9]{12,}$/;

function checkAwsPrincipal({ text, path }: LocatedText, faults: FaultCollector): string {
  // An account id is short for the account's root (IAM user guide, "AWS account principals").
  if (/^\d{12}$/.test(text)) return `arn:aws:iam::${text}:root`;
  if (text === "*" || (PRINCIPAL_ARN.test(text) && !/[*?]/.test(text))) return text;
  if (UNIQUE_ID.test(text)) {
    faults.addWarning(
      path,
      `${quoted(text)} is the id of a user or role that was deleted: it matches nobody`,
    );
    return text;
  }
  if (/[*?]/.test(text)) {
    faults.addError(path, `a principal has no wildcards, and ${quoted(text)} has`, {
      help: "name the principals one by one, or use `*` with a condition on `aws:PrincipalArn`",
    });
  } else if (/^arn:[\w-]+:iam::\d{12}:group\//.test(text)) {
    faults.addError(path, `a group can't be a principal, and ${quoted(text)} is one`, {
      help: "name its users, or a role",
    });
  } else {
    faults.addError(path, `${quoted(text)} is no principal`, {
      help: "it takes the ARN of a user, a role, a session or an account's root, an account id of 12 digits, or `*`",
    });
  }
  return text;
}

function checkServicePrincipal({ text, path }: LocatedText, faults: FaultCollector): string {
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(text)) {
    faults.addError(path, `${quoted(text)} is no service principal`, {
      help: "one looks like `storagegateway.amazonaws.com`",
    });
  }
  return text;
}
