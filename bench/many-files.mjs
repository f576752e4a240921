import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI, inTurns, print, scratch } from "./measure.mjs";

const FILES = 2000;

const READ = `
const fs = require("node:fs"), path = require("node:path");
let requests = 0;
for (const name of fs.readdirSync(process.argv[1]).sort()) {
  if (JSON.parse(fs.readFileSync(path.join(process.argv[1], name), "utf8")).request) requests++;
}
if (requests !== ${FILES}) process.exit(1);
`;

/** Times checking 2,000 request files, compared with reading and parsing them in plain Node. */
export function manyFiles() {
  const directory = scratch();
  for (let index = 0; index < FILES; index++) {
    writeFileSync(join(directory, `request-${index}.json`), JSON.stringify(request(index), null, 2));
  }
  const names = [`read and JSON.parse ${FILES} files`, `countersign check on ${FILES} files`];
  print(
    names,
    inTurns(
      [
        ["-e", READ, directory],
        [CLI, "check", directory],
      ],
      11,
    ),
    3,
  );
}

/** A request without findings, so that the time of printing isn't measured. */
const request = (index) => ({
  operation: "storagegateway:EvictFilesFailingUpload",
  justification: `INC-${index}: the files were verified in the source system`,
  request: {
    FileShareARN: `arn:aws:storagegateway:eu-west-1:123456789012:share/share-${String(index).padStart(8, "0")}`,
    ForceRemove: false,
  },
});
