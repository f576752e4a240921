import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import {
  allow,
  deny,
  FILE_SYSTEM,
  inlineStatementsOf,
  policy,
  rcp,
  SHARE,
  scp,
  TASKS,
  withEveryone,
} from "./world.ts";

const EVICT: Situation[] = [
  ["the action is allowed", () => {}, []],
  ["the action isn't allowed", (w) => inlineStatementsOf(w.operator).splice(0, 1), ["implicit-deny"]],
  [
    "the action is denied",
    (w) => inlineStatementsOf(w.operator).push(deny("storagegateway:Evict*", SHARE)),
    ["explicit-deny"],
  ],
  [
    "an SCP denies the action",
    (w) => (w.handWritten = scp([policy(allow("*", "*"), deny("storagegateway:Evict*", "*"))])),
    ["explicit-deny"],
  ],
  [
    "the action depends on the time",
    (w) =>
      (inlineStatementsOf(w.operator)[0].Condition = {
        DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
      }),
    ["undecided"],
  ],
  [
    "a tag is required and the request has none",
    (w) => (inlineStatementsOf(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/x": "y" } }),
    ["implicit-deny"],
  ],
  ["the share is a placeholder", (w) => (w.request.FileShareARN = "${SHARE}"), ["undecided"]],
  ["the caller is unknown", (w) => (w.caller = undefined), ["undecided"]],
  [
    "there are no policies and the caller is unknown",
    (w) => Object.assign(w, { caller: undefined, iam: undefined }),
    [],
  ],
  ["there are no policies", (w) => (w.iam = undefined), ["undecided"], "no policies are given"],
];

const FSX: Situation[] = [
  ["the action is allowed", () => {}, []],
  [
    "the action is allowed on file systems only",
    (w) => (inlineStatementsOf(w.operator)[2].Resource = FILE_SYSTEM),
    ["implicit-deny"],
    `on \`${TASKS}\``,
  ],
  [
    "the action is allowed on tasks only",
    (w) => (inlineStatementsOf(w.operator)[2].Resource = TASKS),
    ["implicit-deny"],
    `on \`${FILE_SYSTEM}\``,
  ],
  [
    "the action is allowed neither on file systems nor on tasks",
    (w) => inlineStatementsOf(w.operator).splice(2, 1),
    ["implicit-deny"],
    `on \`${FILE_SYSTEM}\` and \`${TASKS}\``,
  ],
  [
    "the action is allowed on some tasks",
    (w) => (inlineStatementsOf(w.operator)[2].Resource = [FILE_SYSTEM, TASKS.replace("*", "task-0*")]),
    ["partial-grant"],
  ],
  ["the request has tags and tagging is allowed", (w) => (w.request.Tags = [{ Key: "a", Value: "b" }]), []],
  [
    "the request has tags and tagging isn't allowed",
    (w) => {
      w.request.Tags = [{ Key: "a", Value: "b" }];
      inlineStatementsOf(w.operator).splice(3, 1);
    },
    ["implicit-deny"],
    "`fsx:TagResource`",
  ],
  [
    "the list of tags is empty and tagging isn't allowed",
    (w) => {
      w.request.Tags = [];
      inlineStatementsOf(w.operator).splice(3, 1);
    },
    [],
  ],
  [
    "tagging requires another value of the tag",
    (w) => {
      w.request.Tags = [{ Key: "team", Value: "b" }];
      inlineStatementsOf(w.operator)[3].Condition = { StringEquals: { "aws:RequestTag/team": "a" } };
    },
    ["implicit-deny"],
  ],
  [
    "tagging is denied",
    (w) => {
      w.request.Tags = [{ Key: "team", Value: "b" }];
      inlineStatementsOf(w.operator).push(deny("fsx:TagResource", "*"));
    },
    ["explicit-deny"],
  ],
  ["the action is denied", (w) => inlineStatementsOf(w.operator).push(deny("fsx:*", "*")), ["explicit-deny"]],
  ["the SCPs lack FSx", (w) => (w.handWritten = scp([policy(allow("s3:*", "*"))])), ["implicit-deny"]],
  [
    "an RCP denies FSx, which RCPs don't cover",
    (w) => (w.handWritten = rcp([policy(withEveryone(deny("fsx:*", "*")))])),
    [],
  ],
  [
    "the Region is unknown and the policies differ by Region",
    (w) => (w.fileSystem = undefined),
    ["undecided"],
    "differ by Region or account",
  ],
  [
    "the Region is unknown and irrelevant",
    (w) => {
      w.fileSystem = undefined;
      inlineStatementsOf(w.operator)[2].Resource = [FILE_SYSTEM, TASKS].map((arn) =>
        arn.replace("eu-west-1", "*"),
      );
    },
    [],
  ],
  [
    "the Region is unknown and the policies depend on a condition in one Region",
    (w) => {
      w.fileSystem = undefined;
      inlineStatementsOf(w.operator)[2].Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    },
    ["undecided"],
    "differ by Region or account",
  ],
  [
    "the Region is unknown and nothing is allowed",
    (w) => {
      w.fileSystem = undefined;
      inlineStatementsOf(w.operator).splice(2, 1);
    },
    ["implicit-deny"],
  ],
  ["the caller is unknown and there are policies", (w) => (w.caller = undefined), ["undecided"]],
  [
    "there are no policies and the caller is unknown",
    (w) => Object.assign(w, { caller: undefined, iam: undefined }),
    [],
  ],
];

situations("EvictFilesFailingUpload", EVICT);
situations("CreateDataRepositoryTask", FSX);
