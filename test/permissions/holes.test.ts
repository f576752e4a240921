import type { Situation } from "./situation.ts";
import { situations } from "./situation.ts";
import { allow, deny, inlineStatementsOf, SHARE } from "./world.ts";

/** What is allowed on resources of whose ARNs parts are known; whether the role trusts the share depends on its ARN. */
const HOLES: Situation[] = [
  [
    "the bucket isn't known, and any is allowed",
    (w) => {
      w.request.LocationARN = "arn:aws:s3:::${BUCKET}";
      inlineStatementsOf(w.writer)[0].Resource = "*";
    },
    ["undecided"],
  ],
  [
    "the share's ID isn't known, and all shares are allowed",
    (w) => {
      w.request.FileShareARN = SHARE.replace(/share-\w+$/, "share-${ID}");
      inlineStatementsOf(w.operator)[0].Resource = SHARE.replace(/share-\w+$/, "*");
    },
    ["undecided"],
    "it depends on `aws:SourceArn`",
  ],
  [
    "the share's ID isn't known, and one share is allowed",
    (w) => (w.request.FileShareARN = SHARE.replace(/share-\w+$/, "share-${ID}")),
    ["undecided", "undecided"],
    "share-${ID}",
  ],
  [
    "the share's ID isn't known, and one share is denied",
    (w) => {
      w.request.FileShareARN = SHARE.replace(/share-\w+$/, "share-${ID}");
      inlineStatementsOf(w.operator)[0].Resource = SHARE.replace(/share-\w+$/, "*");
      inlineStatementsOf(w.operator).push(deny("storagegateway:*", SHARE));
    },
    ["undecided", "undecided"],
    "share-${ID}",
  ],
  [
    "the share's ID isn't known, and only gateways are allowed",
    (w) => {
      w.request.FileShareARN = SHARE.replace(/share-\w+$/, "share-${ID}");
      inlineStatementsOf(w.operator)[0] = allow("storagegateway:*", "arn:aws:storagegateway:*:*:gateway/*");
    },
    ["implicit-deny", "undecided"],
    "none of its policies allows it",
  ],
];

situations("StartCacheReport", HOLES);
