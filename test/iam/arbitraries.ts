/** Random policies and requests over few names, so that statements often match. */
import fc from "fast-check";
import type { SimulateInput } from "../../src/iam/index.ts";
import * as p from "./policies.ts";

export interface Statement {
  Effect: "Allow" | "Deny";
  [element: string]: unknown;
}

export interface Document {
  Version: string;
  Statement: Statement[];
}

/** Possible values of each key; no policy names the first one. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalTag/t": ["z", "a", "b", "ab"],
  "aws:SourceVpc": ["vpc-0", "vpc-1", "vpc-2"],
  "aws:SecureTransport": ["true", "false"],
};

const ACTIONS = ["s3:PutObject", "s3:*", "s3:Get*", "*", "S3:put?bject", "s3:GetObject", "iam:*"];
const RESOURCES = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b/a*",
  "arn:aws:s3:::b/*a",
  "arn:aws:s3:::b/?",
  "arn:aws:s3:::b/a",
  "arn:aws:s3:::c*/*",
  "arn:aws:s3:::b/${aws:PrincipalTag/t}*",
];
const PRINCIPALS = [
  "*",
  p.ROLE,
  p.SESSION,
  p.USER,
  p.ROOT,
  p.OTHER,
  `arn:aws:iam::${p.ACCOUNT}:user/eve`,
  `arn:aws:sts::${p.ACCOUNT}:assumed-role/Reporter/other`,
];

const some = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const either = (name: string, values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(name, name, name, `Not${name}`), some(values))
    .map(([key, list]) => ({ [key]: list }));

const OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringEqualsIfExists",
  "StringNotEqualsIfExists",
  "ForAnyValue:StringEquals",
  "ForAllValues:StringLike",
];
const keyValue = fc
  .constantFrom(...Object.keys(KEYS))
  .chain((key) => fc.tuple(fc.constant(key), some([...KEYS[key]!.slice(1), "a*"])));
const operator = fc.oneof(
  fc
    .tuple(fc.constantFrom(...OPERATORS), keyValue)
    .map(([name, [key, values]]) => ({ [name]: { [key]: values } })),
  fc
    .tuple(fc.constantFrom(...Object.keys(KEYS)), fc.boolean())
    .map(([key, isNull]) => ({ Null: { [key]: String(isNull) } })),
);
const condition = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc
    .array(operator, { minLength: 1, maxLength: 2 })
    .map((list) => ({ Condition: Object.assign({}, ...list) })),
);

const service = fc.constantFrom("storagegateway.amazonaws.com", "fsx.amazonaws.com");
const principal = fc.oneof(
  fc.constant({ Principal: "*" }),
  some(PRINCIPALS).map((AWS) => ({ Principal: { AWS } })),
  service.map((Service) => ({ Principal: { Service } })),
);
const notPrincipal = some(PRINCIPALS).map((AWS) => ({ NotPrincipal: { AWS } }));

const parts = fc
  .tuple(either("Action", ACTIONS), either("Resource", RESOURCES), condition)
  .map((list) => Object.assign({}, ...list) as object);

const effects = fc.constantFrom(...Array<"Allow">(7).fill("Allow"), "Deny" as const);

export const statement = (effect?: Statement["Effect"]): fc.Arbitrary<Statement> =>
  fc.tuple(effect ? fc.constant(effect) : effects, parts).map(([Effect, rest]) => ({ Effect, ...rest }));

export const resourceStatement = (effect?: Statement["Effect"]): fc.Arbitrary<Statement> =>
  statement(effect).chain((one) =>
    (one.Effect === "Deny" ? fc.oneof(principal, notPrincipal) : principal).map((who) => ({
      ...one,
      ...who,
    })),
  );

const documentOf = (one: fc.Arbitrary<Statement>): fc.Arbitrary<Document> =>
  fc.array(one, { minLength: 1, maxLength: 4 }).map((Statement) => ({ Version: "2012-10-17", Statement }));

export const document = documentOf(statement());
export const resourceDocument = documentOf(resourceStatement());

const rcp = documentOf(
  fc
    .tuple(some(["s3:*", "*", "s3:GetObject"]), some(RESOURCES), condition)
    .map(([Action, Resource, when]) => ({ Effect: "Deny", Principal: "*", Action, Resource, ...when })),
);

export const PATTERNS = [
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::b/a*",
  "arn:aws:s3:::b/?",
  "arn:aws:s3:::*",
  "arn:aws:s3:::b/*a*",
];

const optional = <T>(name: string, arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight, arbitrary: arbitrary.map((value) => ({ [name]: value })) },
  );

const context = fc
  .record(
    Object.fromEntries(Object.entries(KEYS).map(([key, values]) => [key, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  )
  .map((known) => ({ context: known }));

/** An input of `simulate` with identity policies and an arbitrary selection of the other kinds. */
export const arbitraryInput = (resources: readonly string[]): fc.Arbitrary<SimulateInput> =>
  fc
    .tuple(
      fc.record({
        principal: fc.constantFrom(p.ROLE, p.SESSION, p.USER, { service: "storagegateway.amazonaws.com" }),
        action: fc.constantFrom("s3:PutObject", "s3:GetObject"),
        resource: fc.constantFrom(...resources),
        missingKeys: fc.constantFrom("absent" as const, "unknown" as const),
        identityPolicies: fc.array(document, { minLength: 1, maxLength: 2 }),
      }),
      context,
      optional("permissionsBoundary", document),
      optional("sessionPolicies", fc.array(document, { minLength: 1, maxLength: 2 })),
      optional(
        "serviceControlPolicies",
        fc.array(fc.array(document, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
      ),
      optional("resourceControlPolicies", fc.array(fc.array(rcp, { maxLength: 1 }), { maxLength: 2 })),
      optional("resourcePolicy", resourceDocument, 4),
      optional("resourceAccount", fc.constantFrom(p.ACCOUNT, p.OTHER)),
    )
    .map((list) => Object.assign({}, ...list) as SimulateInput);

export const RESOURCES_WITHOUT_WILDCARDS = [
  "arn:aws:s3:::b/a",
  "arn:aws:s3:::b/ba",
  "arn:aws:s3:::b/x/y",
  "arn:aws:s3:::c/a",
];
