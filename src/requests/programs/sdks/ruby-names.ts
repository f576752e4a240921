/**
 * Names as the AWS SDK for Ruby makes them of the API's (aws-sdk-ruby, build_tools: `AwsSdkCodeGenerator::Underscore`).
 */

/** Words that the general rule would split otherwise. */
const IRREGULAR: Readonly<Record<string, string>> = {
  ARNs: "arns",
  CNAMEs: "cnames",
  ETag: "etag",
  Ec2: "ec2",
  ElastiCache: "elasticache",
  iSCSI: "iscsi",
  ACLs: "acls",
  Md5s: "md5s",
};

const IRREGULAR_WORD = /ARNs|CNAMEs|ETag|Ec2|ElastiCache|iSCSI|ACLs|Md5s/g;
const WORD = /[a-z0-9]+|[A-Z0-9]+[a-z]*/g;

/** `VPCEndpointDNSName` is `vpc_endpoint_dns_name`. */
export function toRubyName(apiName: string): string {
  const words = apiName
    .replace(IRREGULAR_WORD, (word) => `_${IRREGULAR[word]!}`)
    .replace(/(?<=[A-Z0-9])(?=[A-Z][a-z])/g, "_");
  return (words.match(WORD) ?? []).join("_").toLowerCase();
}
