import type { Row } from "./row.ts";
import { unless, when } from "./row.ts";

export const IP = "aws:SourceIp";
export const CONDITIONS: Row[] = [
  ["5 keys ignore case", "A", when({ IpAddress: { "AWS:SOURCEIP": "10.0.0.0/8" } }, { [IP]: "10.1.2.3" })],
  [
    "6 StringEquals keeps case",
    "I",
    when({ StringEquals: { "aws:PrincipalTag/a": "X" } }, { "aws:PrincipalTag/a": "x" }),
  ],
  [
    "6 StringEqualsIgnoreCase",
    "A",
    when({ StringEqualsIgnoreCase: { "aws:PrincipalTag/a": "X" } }, { "aws:PrincipalTag/a": "x" }),
  ],
  [
    "7 any of several values",
    "A",
    when({ StringEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "y" }),
  ],
  [
    "7 all of several keys",
    "I",
    when(
      { StringEquals: { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "y" } },
      { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "z" },
    ),
  ],
  [
    "7 all of several operators",
    "I",
    when(
      { StringEquals: { "aws:PrincipalTag/a": "x" }, StringLike: { "aws:PrincipalTag/b": "y*" } },
      { "aws:PrincipalTag/a": "x", "aws:PrincipalTag/b": "z" },
    ),
  ],
  [
    "8 none of several values: one is equal",
    "I",
    when({ StringNotEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "y" }),
  ],
  [
    "8 none of several values",
    "A",
    when({ StringNotEquals: { "aws:PrincipalTag/a": ["x", "y"] } }, { "aws:PrincipalTag/a": "z" }),
  ],
  ["9 positive operator, key absent", "I", when({ StringEquals: { "aws:PrincipalTag/a": "x" } })],
  ["10 negated operator, key absent", "A", when({ StringNotEquals: { "aws:PrincipalTag/a": "x" } })],
  ["11 IfExists, key absent", "A", when({ StringEqualsIfExists: { "aws:PrincipalTag/a": "x" } })],
  [
    "12 Deny with BoolIfExists, key absent",
    "E",
    unless({ BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
  ],
  ["13 Deny with Bool, key absent", "A", unless({ Bool: { "aws:MultiFactorAuthPresent": "false" } })],
  ["14 Null true, key absent", "A", when({ Null: { "aws:PrincipalTag/a": "true" } })],
  ["14 Null false, key absent", "I", when({ Null: { "aws:PrincipalTag/a": "false" } })],
  ["15 ForAllValues, key absent", "A", when({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } })],
  [
    "15 ForAllValues, empty list",
    "A",
    when({ "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": [] }),
  ],
  ["16 ForAnyValue, key absent", "I", when({ "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } })],
  [
    "17 ForAnyValue negated, one differs",
    "A",
    when({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a", "b"] }),
  ],
  [
    "20 a literal star, other text",
    "I",
    when({ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "axxb" }),
  ],
  ["20 a literal star, itself", "A", when({ StringLike: { "s3:prefix": "a${*}b" } }, { "s3:prefix": "a*b" })],
  [
    "21 * in StringEquals is literal",
    "I",
    when({ StringEquals: { "s3:prefix": "a*" } }, { "s3:prefix": "ab" }),
  ],
  [
    "23 ArnEquals takes wildcards",
    "A",
    when(
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:123456789012:t*" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:topic" },
    ),
  ],
  [
    "24 ArnLike's * stays in its segment",
    "I",
    when(
      { ArnLike: { "aws:SourceArn": "arn:aws:sns*:123456789012:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:a:topic" },
    ),
  ],
  [
    "24 StringLike's * crosses segments",
    "A",
    when(
      { StringLike: { "aws:SourceArn": "arn:aws:sns*:123456789012:*:topic" } },
      { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:a:topic" },
    ),
  ],
  [
    "26 a number that does not parse",
    "I",
    when({ NumericLessThan: { "s3:max-keys": "10" } }, { "s3:max-keys": "few" }),
  ],
  [
    "26 a date that does not parse",
    "I",
    when({ DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, { "aws:CurrentTime": "today" }),
  ],
  [
    "27 epoch seconds against ISO 8601",
    "A",
    when(
      { DateEquals: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } },
      { "aws:TokenIssueTime": "1577836800" },
    ),
  ],
  [
    "28 True is true",
    "A",
    when({ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": "True" }),
  ],
  [
    "28 a boolean is true",
    "A",
    when({ Bool: { "aws:SecureTransport": "true" } }, { "aws:SecureTransport": true }),
  ],
  [
    "29 IPv6, uncompressed",
    "A",
    when({ IpAddress: { [IP]: "2001:db8::/32" } }, { [IP]: "2001:0db8:0000:0000:0000:0000:0000:0001" }),
  ],
  ["30 IPv4 range, IPv6 caller", "I", when({ IpAddress: { [IP]: "0.0.0.0/0" } }, { [IP]: "2001:db8::1" })],
  [
    "30 Deny NotIpAddress with IPv4, IPv6 caller",
    "E",
    unless({ NotIpAddress: { [IP]: "10.0.0.0/8" } }, { [IP]: "2001:db8::1" }),
  ],
  [
    "52 several values of a key, plain operator",
    "U",
    when({ StringEquals: { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a", "b"] }),
  ],
  [
    "52 a list of one value is one value",
    "A",
    when({ StringEquals: { "aws:TagKeys": "a" } }, { "aws:TagKeys": ["a"] }),
  ],
  [
    "53 a key that is not known",
    "U",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown" }),
  ],
  [
    "53 a key that is known not to be known",
    "U",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { unknownKeys: ["aws:sourceip"] }),
  ],
  [
    "53 a key that is known to be absent",
    "I",
    when({ IpAddress: { [IP]: "10.0.0.0/8" } }, {}, { missingKeys: "unknown", absentKeys: ["AWS:SourceIP"] }),
  ],
];
