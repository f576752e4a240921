import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callsInCode } from "../../../src/requests/mentions/calls.ts";
import { listLanguages } from "../../../src/requests/mentions/languages.ts";
import { lex } from "../../../src/requests/mentions/lexer.ts";
import { KnownNames } from "../../../src/requests/mentions/names.ts";
import { callsInStrings } from "../../../src/requests/mentions/strings.ts";
import { runs } from "../../support/scale.ts";

const names = new KnownNames(["fsx:CreateDataRepositoryTask", "fsx:DeleteBackup", "s3:PutObject"]);

const PIECES = [
  ..."createDataRepositoryTask create_data_repository_task create-data-repository-task New-FSXDataRepositoryTask".split(
    " ",
  ),
  ..."CreateDataRepositoryTaskCommand CreateDataRepositoryTaskRequest paginate delete_backup putObject boto3".split(
    " ",
  ),
  ...[
    "fsx.",
    "client.",
    "new ",
    "aws fsx ",
    ":aws-sdk:fsx:",
    "\\n",
    "\n",
    " ",
    "_",
    "-",
    "x",
    "9",
    "a".repeat(190),
  ],
  ...['"', "'", "`", "(", ")", "{", "}", "[", "]", "=", ", ", "# ", "// ", ".send(", "action: "],
];

describe("the places that the scanner finds", () => {
  it("are all at which names in code and in strings may end", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...listLanguages()), text, (language, source) => {
        const lexed = lex(source, language);
        const everywhere = [...source].map((_, at) => at);
        const program = { text: source, lexed, language, names };
        expect(callsInCode(lexed, language, names, names.placesIn(source))).toEqual(
          callsInCode(lexed, language, names, everywhere),
        );
        expect(callsInStrings(program)).toEqual(callsInStrings(program, everywhere));
      }),
      { numRuns: runs(4000) },
    );
  });
});
