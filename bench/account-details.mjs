import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, cpuInTurns, printCpu, scratch } from "./measure.mjs";

const ROLES = 3200;

const PARSE = `JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))`;

/** Checks a request with the IAM details of a whole account, and reads the same file in plain Node. */
export function accountDetails() {
  const directory = scratch();
  const details = join(directory, "iam.json");
  const text = JSON.stringify({ RoleDetailList: Array.from({ length: ROLES }, (_, n) => role(n)) }, null, 4);
  writeFileSync(details, text);
  const request = join(directory, "evict.json");
  writeFileSync(request, JSON.stringify(EVICT, null, 2));
  const commands = [
    ["-e", PARSE, details],
    [CLI, "check", request, "--context", details],
  ];
  const size = `${(text.length / 1e6).toFixed(0)} MB of account details`;
  printCpu([`read and JSON.parse ${size}`, `countersign check with ${size}`], cpuInTurns(commands, 5), 3);
}

const EVICT = {
  operation: "storagegateway:EvictFilesFailingUpload",
  justification: "INC-4242: the files were verified in the source system",
  caller: "arn:aws:iam::123456789012:role/Role17",
  request: {
    FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D",
    ForceRemove: false,
  },
};

const statement = (name) => ({
  Sid: name,
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "storagegateway:*"],
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
});

const role = (n) => ({
  Path: "/",
  RoleName: `Role${n}`,
  RoleId: `AROA${String(n).padStart(16, "0")}`,
  Arn: `arn:aws:iam::123456789012:role/Role${n}`,
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  },
  RolePolicyList: [
    {
      PolicyName: "Own",
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: Array.from({ length: 7 }, (_, index) => statement(`S${n}x${index}`)),
      },
    },
  ],
  AttachedManagedPolicies: [],
});
