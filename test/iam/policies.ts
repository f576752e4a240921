/** Building blocks of policies and requests, for tests. */
import type { SimulateInput } from "../../src/iam/index.ts";

export const ACCOUNT = "123456789012";
export const OTHER = "999999999999";
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/Reporter`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/Reporter/nightly`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/ana`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const OBJECTS = "arn:aws:s3:::reports/*";
export const SHARE = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D";
export const OBJECT = "arn:aws:s3:::reports/a.csv";

export type Parts = Record<string, unknown>;

export const policy = (...statements: Parts[]) => ({ Version: "2012-10-17", Statement: statements });

/** By default, allows the default request. */
export const allow = (parts: Parts = {}) => ({
  Effect: "Allow",
  ...("NotAction" in parts ? {} : { Action: "s3:PutObject" }),
  ...("NotResource" in parts ? {} : { Resource: OBJECTS }),
  ...parts,
});

export const deny = (parts: Parts = {}) => ({ ...allow(parts), Effect: "Deny" });

export const FULL = policy({ Effect: "Allow", Action: "*", Resource: "*" });
export const ALLOWED = policy(allow());

/** The default request: s3:PutObject on one object, by a role. */
export const createSimulateInput = (parts: Partial<SimulateInput> = {}): SimulateInput => ({
  principal: ROLE,
  action: "s3:PutObject",
  resource: OBJECT,
  ...parts,
});
