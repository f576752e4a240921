import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import { allow, deny, everyone, FILE_SYSTEM, own, policy, rcp, SHARE, scp, TASKS } from "./world.ts";

const EVICT: Situation[] = [
  ["it is allowed", () => {}, []],
  ["it isn't", (w) => own(w.operator).splice(0, 1), ["implicit-deny"]],
  ["it is denied", (w) => own(w.operator).push(deny("storagegateway:Evict*", SHARE)), ["explicit-deny"]],
  [
    "an SCP denies it",
    (w) => (w.byHand = scp([policy(allow("*", "*"), deny("storagegateway:Evict*", "*"))])),
    ["explicit-deny"],
  ],
  [
    "it depends on the time",
    (w) =>
      (own(w.operator)[0].Condition = { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }),
    ["undecided"],
  ],
  [
    "a tag of the request is asked for, and it has none",
    (w) => (own(w.operator)[0].Condition = { StringEquals: { "aws:RequestTag/x": "y" } }),
    ["implicit-deny"],
  ],
  ["the share is a placeholder", (w) => (w.request.FileShareARN = "${SHARE}"), ["undecided"]],
  ["nobody says who calls", (w) => (w.caller = undefined), ["undecided"]],
  [
    "there are no policies and nobody says who calls",
    (w) => Object.assign(w, { caller: undefined, iam: undefined }),
    [],
  ],
  ["there are no policies", (w) => (w.iam = undefined), ["undecided"], "no policies are given"],
];

const FSX: Situation[] = [
  ["it is allowed", () => {}, []],
  [
    "on file systems alone",
    (w) => (own(w.operator)[2].Resource = FILE_SYSTEM),
    ["implicit-deny"],
    `on \`${TASKS}\``,
  ],
  [
    "on tasks alone",
    (w) => (own(w.operator)[2].Resource = TASKS),
    ["implicit-deny"],
    `on \`${FILE_SYSTEM}\``,
  ],
  [
    "on neither",
    (w) => own(w.operator).splice(2, 1),
    ["implicit-deny"],
    `on \`${FILE_SYSTEM}\` and \`${TASKS}\``,
  ],
  [
    "on some tasks",
    (w) => (own(w.operator)[2].Resource = [FILE_SYSTEM, TASKS.replace("*", "task-0*")]),
    ["partial-grant"],
  ],
  ["with tags, that may be given", (w) => (w.request.Tags = [{ Key: "a", Value: "b" }]), []],
  [
    "with tags, that may not",
    (w) => {
      w.request.Tags = [{ Key: "a", Value: "b" }];
      own(w.operator).splice(3, 1);
    },
    ["implicit-deny"],
    "`fsx:TagResource`",
  ],
  [
    "with no tags in the list",
    (w) => {
      w.request.Tags = [];
      own(w.operator).splice(3, 1);
    },
    [],
  ],
  [
    "with a tag that is asked for",
    (w) => {
      w.request.Tags = [{ Key: "team", Value: "b" }];
      own(w.operator)[3].Condition = { StringEquals: { "aws:RequestTag/team": "a" } };
    },
    ["implicit-deny"],
  ],
  [
    "tagging is denied",
    (w) => {
      w.request.Tags = [{ Key: "team", Value: "b" }];
      own(w.operator).push(deny("fsx:TagResource", "*"));
    },
    ["explicit-deny"],
  ],
  ["it is denied", (w) => own(w.operator).push(deny("fsx:*", "*")), ["explicit-deny"]],
  ["an SCP lacks FSx", (w) => (w.byHand = scp([policy(allow("s3:*", "*"))])), ["implicit-deny"]],
  ["an RCP can't deny it", (w) => (w.byHand = rcp([policy(everyone(deny("fsx:*", "*")))])), []],
  [
    "the Region isn't known, and the policies differ by it",
    (w) => (w.fileSystem = undefined),
    ["undecided"],
    "differ by Region or account",
  ],
  [
    "the Region isn't known, and makes no difference",
    (w) => {
      w.fileSystem = undefined;
      own(w.operator)[2].Resource = [FILE_SYSTEM, TASKS].map((arn) => arn.replace("eu-west-1", "*"));
    },
    [],
  ],
  [
    "the Region isn't known, and in the one that the policies name a condition is open",
    (w) => {
      w.fileSystem = undefined;
      own(w.operator)[2].Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    },
    ["undecided"],
    "differ by Region or account",
  ],
  [
    "the Region isn't known, and nothing is allowed",
    (w) => {
      w.fileSystem = undefined;
      own(w.operator).splice(2, 1);
    },
    ["implicit-deny"],
  ],
  ["nobody says who calls, and there are policies", (w) => (w.caller = undefined), ["undecided"]],
  [
    "there are no policies and nobody says who calls",
    (w) => Object.assign(w, { caller: undefined, iam: undefined }),
    [],
  ],
];

situations("EvictFilesFailingUpload", EVICT);
situations("CreateDataRepositoryTask", FSX);
