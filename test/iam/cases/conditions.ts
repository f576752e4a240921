import type { Row } from "./row.ts";
import { unless, when } from "./row.ts";

export const IP = "aws:SourceIp";
export const CONDITIONS: Row[] = [
  [
    "5: condition keys in another case",
    "A",
    when({ IpAddress: { "AWS:SOURCEIP": "10.0.0.0/8" } }, { [IP]: "10.1.2.3" }),
  ],
  [
    "6: StringEquals on another case",
    "I",
    when({ StringEquals: { "aws:PrincipalTag/a": "X" } }, { "aws:PrincipalTag/a": "x" }),
  ],
  [
    "6: StringEqualsIgnoreCase on another case",
    "A",
    when({ StringEqualsIgnoreCase: { "aws:PrincipalTag/a": "X" } }, { "aws:PrincipalTag/a": "x" }),
  ],
  [
    "7: one of several values matches",
    "A",
    when({ StringEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "y" }),
  ],
  [
    "7: one of several keys doesn't match",
    "I",
    when(
      { StringEquals: { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "y" } },
      { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "z" },
    ),
  ],
  [
    "7: one of several operators doesn't match",
    "I",
    when(
      { StringEquals: { "aws:PrincipalTag/a": "x" }, StringLike: { "aws:PrincipalTag/b": "y*" } },
      { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "z" },
    ),
  ],
  [
    "8: StringNotEquals with one equal value",
    "I",
    when({ StringNotEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "y" }),
  ],
  [
    "8: StringNotEquals with no equal value",
    "A",
    when({ StringNotEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "z" }),
  ],
  ["9: positive operator, absent key", "I", when({ StringEquals: { "aws:PrincipalTag/a": "x" } })],
  ["10: negated operator, absent key", "A", when({ StringNotEquals: { "aws:PrincipalTag/a": "x" } })],
  ["11: IfExists, absent key", "A", when({ StringEqualsIfExists: { "aws:PrincipalTag/a": "x" } })],
  [
    "12: Deny with BoolIfExists, absent key",
    "E",
    unless({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
  ],
  ["13: Deny with Bool, absent key", "A", unless({ Bool: { "aws:MultiFactorAuthPresent": "false" } })],
  ["14: Null true, absent key", "A", when({ Null: { "aws:PrincipalTag/a": "true" } })],
  ["14: Null false, absent key", "I", when({ Null: { "aws:PrincipalTag/a": "false" } })],
  ["15: ForAllValues, absent key", "A", when({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } })],
  [
    "15: ForAllValues, empty list of values",
    "A",
    when({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": [] }),
  ],
  ["16: ForAnyValue, absent key", "I", when({ "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } })],
  [
    "17: negated ForAnyValue, one value differs",
    "A",
    when({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a", "b"] }),
  ],
  [
    "20: escaped * against other text",
    "I",
    when({ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "axxb" }),
  ],
  [
    "20: escaped * against a literal *",
    "A",
    when({ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "a*b" }),
  ],
  [
    "21: * in StringEquals against other text",
    "I",
    when({ StringEquals: { "s3:prefix": "a*" } }, { "s3:prefix": "ab" }),
  ],
  [
    "23: wildcards in ArnEquals",
    "A",
    when(
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:123456789012:t*" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:topic" },
    ),
  ],
  [
    "24: * of ArnLike across fields",
    "I",
    when(
      { ArnLike: { "aws:SourceArn": "arn:aws:sns*:123456789012:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:a:topic" },
    ),
  ],
  [
    "24: * of StringLike across fields",
    "A",
    when(
      { StringLike: { "aws:SourceArn": "arn:aws:sns*:123456789012:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:a:topic" },
    ),
  ],
  [
    "26: malformed number in the request",
    "I",
    when({ NumericLessThan: { "s3:max-keys": "10" } }, { "s3:max-keys": "few" }),
  ],
  [
    "26: malformed date in the request",
    "I",
    when({ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, { "aws:CurrentTime": "today" }),
  ],
  [
    "27: epoch seconds against ISO 8601",
    "A",
    when(
      { DateEquals: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } },
      { "aws:TokenIssueTime": "1577836800" },
    ),
  ],
  [
    "28: Bool on True",
    "A",
    when({ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": "True" }),
  ],
  [
    "28: Bool on a JSON boolean",
    "A",
    when({ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": true }),
  ],
  [
    "29: uncompressed IPv6 address",
    "A",
    when({ IpAddress: { [IP]: "2001:db8::/32" } }, { [IP]: "2001:0db8:0000:0000:0000:0000:0000:0001" }),
  ],
  ["30: IPv4 range, IPv6 address", "I", when({ IpAddress: { [IP]: "0.0.0.0/0" } }, { [IP]: "2001:db8::1" })],
  [
    "30: Deny with NotIpAddress of an IPv4 range, IPv6 address",
    "E",
    unless({ NotIpAddress: { [IP]: "10.0.0.0/8" } }, { [IP]: "2001:db8::1" }),
  ],
  [
    "52: plain operator on several values",
    "U",
    when({ StringEquals: { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a", "b"] }),
  ],
  [
    "52: plain operator on a list of one value",
    "A",
    when({ StringEquals: { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a"] }),
  ],
  [
    "53: key that is unknown by default",
    "U",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown" }),
  ],
  [
    "53: key that is listed as unknown",
    "U",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { unknownKeys: ["aws:sourceip"] }),
  ],
  [
    "53: key that is listed as absent",
    "I",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown", absentKeys: ["AWS:SourceIP"] }),
  ],
];
