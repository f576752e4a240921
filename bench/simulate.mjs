import { cpuSeconds } from "./measure.mjs";

const ACCOUNT = "123456789012";
const OTHER = "999999999999";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Reporter`;
const USER = `arn:aws:iam::${ACCOUNT}:user/ana`;
const OBJECT = "arn:aws:s3:::reports/2026/a.csv";
const GOAL = 150_000;
/** How many times what ten statements take 1,000 may take. */
const GROWTH = 20;

/** A policy of ten statements, the last of which is the one under test. */
const tenStatements = (statement) => ({
  Version: "2012-10-17",
  Statement: [
    ...["ec2", "sqs", "sns", "logs", "kms", "dynamodb"].map((service) => ({
      Sid: `${service}Read`,
      Effect: "Allow",
      Action: [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`],
      Resource: `arn:aws:${service}:eu-west-1:${ACCOUNT}:team-*`,
    })),
    { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::reports" },
    { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::scratch/*" },
    { Effect: "Deny", NotAction: ["s3:*", "iam:*"], Resource: "arn:aws:s3:::secret/*" },
    statement,
  ],
});

const PUT = { Effect: "Allow", Action: ["s3:PutObject", "s3:AbortMultipartUpload"] };
const put = (parts) => tenStatements({ ...PUT, Resource: "arn:aws:s3:::reports/*", ...parts });
const ask = (policy, parts) => ({
  principal: ROLE,
  action: "s3:PutObject",
  resource: OBJECT,
  identityPolicies: [policy],
  ...parts,
});

/** Queries with their expected decision, which is verified first: a fast wrong answer is worthless. */
const SET = {
  allow: ["allowed", ask(put())],
  "implicit deny": ["implicitDeny", ask(put({ Action: "s3:GetObject" }))],
  "explicit deny": ["explicitDeny", ask(put({ Effect: "Deny" }))],
  conditions: [
    "allowed",
    ask(
      put({
        Condition: {
          IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] },
          StringLike: { "aws:PrincipalTag/team": "stor*" },
          Bool: { "aws:SecureTransport": "true" },
        },
      }),
      {
        context: {
          "aws:SourceIp": "192.168.3.4",
          "aws:PrincipalTag/team": "storage",
          "aws:SecureTransport": true,
        },
      },
    ),
  ],
  variables: [
    "allowed",
    ask(put({ Resource: "arn:aws:s3:::reports/${aws:username}/*" }), {
      principal: USER,
      resource: "arn:aws:s3:::reports/ana/a.csv",
    }),
  ],
  "pattern of resources": ["allowed", ask(put(), { resource: "arn:aws:s3:::reports/2026/*" })],
  "cross-account": [
    "allowed",
    ask(put(), {
      resourceAccount: OTHER,
      resourcePolicy: put({ Principal: { AWS: ROLE } }),
    }),
  ],
};
// Every statement of a bucket policy needs a principal.
for (const statement of SET["cross-account"][1].resourcePolicy.Statement) {
  statement.Principal ??= { AWS: `arn:aws:iam::${OTHER}:root` };
}

/** A policy of so many statements on one bucket each, the last of which is the one that allows. */
const manyStatements = (count) => ({
  Version: "2012-10-17",
  Statement: Array.from({ length: count }, (_, index) => ({
    Sid: `Bucket${index}`,
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: `arn:aws:s3:::${index === count - 1 ? "reports" : `team-${index}`}/*`,
  })),
});

/**
 * Measures queries per CPU second of `simulate()`: each kind by itself, all in turn, with policies parsed anew, and with
 * policies of ten statements and of 1,000.
 */
export async function simulateSpeed() {
  const { simulate } = await import("../dist/iam/index.js");
  const inputs = Object.values(SET).map(([, input]) => input);
  for (const [name, [verdict, input]] of Object.entries(SET)) {
    const { decision } = simulate(input);
    if (decision !== verdict) throw new Error(`${name}: ${decision}, and it should be ${verdict}`);
    print(
      name,
      perSecond(() => simulate(input), 1),
    );
  }
  const inTurn = () => inputs.map((input) => simulate(input));
  print("all in turn", perSecond(inTurn, inputs.length), GOAL);
  const texts = inputs.map((input) => JSON.stringify(input));
  const anew = () => texts.map((text) => simulate(JSON.parse(text)));
  print("all in turn, parsed from JSON each time", perSecond(anew, inputs.length));
  const [few, many] = [10, 1000].map((count) => {
    const input = ask(manyStatements(count));
    return perSecond(() => simulate(input), 1);
  });
  console.log(
    `  1,000 statements: ten statements ${(few / many).toFixed(1).padStart(20)} times (goal: ${GROWTH})`,
  );
}

const print = (name, speed, goal) =>
  console.log(
    `  ${name.padEnd(44)} ${String(speed).padStart(8)} a CPU second${goal ? ` (goal: ${goal})` : ""}`,
  );

function perSecond(run, questions) {
  const until = cpuSeconds() + 0.5;
  while (cpuSeconds() < until) run();
  let count = 0;
  const start = cpuSeconds();
  while (cpuSeconds() - start < 1) for (let index = 0; index < 50; index++, count += questions) run();
  return Math.round(count / (cpuSeconds() - start));
}
