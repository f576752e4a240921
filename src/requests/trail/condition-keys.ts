import { isObject } from "../request.ts";

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f.]*:)[\da-f:.]+)$/i;

/** The condition keys that a record of CloudTrail tells of its call (IAM user guide, "AWS global condition context keys"). */
export function readConditionKeys(record: Readonly<Record<string, unknown>>): Record<string, string | null> {
  const { eventTime, userAgent, sourceIPAddress, vpcEndpointId, userIdentity } = record;
  const keys: Record<string, string | null> = {};
  if (typeof eventTime === "string" && !Number.isNaN(Date.parse(eventTime))) {
    keys["aws:CurrentTime"] = eventTime;
    keys["aws:EpochTime"] = String(Math.floor(Date.parse(eventTime) / 1000));
  }
  if (typeof userAgent === "string") keys["aws:UserAgent"] = userAgent;
  if (typeof vpcEndpointId === "string") {
    // Through an endpoint, the address is one of the VPC, which is another key.
    keys["aws:SourceVpce"] = vpcEndpointId;
    keys["aws:SourceIp"] = null;
  } else if (typeof sourceIPAddress === "string" && ADDRESS.test(sourceIPAddress))
    keys["aws:SourceIp"] = sourceIPAddress;
  const isUsed = readMfa(userIdentity);
  if (isUsed !== undefined) keys["aws:MultiFactorAuthPresent"] = isUsed;
  return keys;
}

/** Null for access keys of a user, with which the key is absent; undefined where the record leaves it open. */
function readMfa(identity: unknown): string | null | undefined {
  if (!isObject(identity)) return undefined;
  const { sessionContext, accessKeyId } = identity;
  const attributes = isObject(sessionContext) ? sessionContext.attributes : undefined;
  const used = isObject(attributes) ? attributes.mfaAuthenticated : undefined;
  if (used === "true" || used === "false") return used;
  return typeof accessKeyId === "string" && accessKeyId.startsWith("AKIA") ? null : undefined;
}
