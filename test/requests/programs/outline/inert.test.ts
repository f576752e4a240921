import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embedSlice } from "../../../../src/documents/embedded.ts";
import { languageCalled } from "../../../../src/requests/mentions/detect-language.ts";
import { lex } from "../../../../src/requests/mentions/lexer.ts";
import type { FoundInProgram } from "../../../../src/requests/programs/find.ts";
import { findInProgram } from "../../../../src/requests/programs/find.ts";
import { programLanguage } from "../../../../src/requests/programs/languages/index.ts";
import { programOperations } from "../../../../src/requests/programs/operations.ts";
import { inertIn } from "../../../../src/requests/programs/outline/inert.ts";
import { builtinSchemas } from "../../../../src/schema/builtin.ts";
import { runs } from "../../../support/scale.ts";
import { printed } from "../print.ts";
import type { Pieces } from "./programs.ts";
import { PIECES } from "./programs.ts";

const schemas = builtinSchemas;

const inert = (file: string, text: string) => {
  const { name } = programLanguage(file)!;
  return inertIn(text, lex(text, languageCalled(name)!).code, name, programOperations(schemas));
};

const find = (file: string, text: string, omitted: readonly { start: number; end: number }[]) =>
  findInProgram(
    programLanguage(file)!,
    embedSlice(text, { start: 0, end: text.length }),
    { path: file, text, schemas },
    omitted,
  );

/** All that is said of a program, with places. */
const told = ({ requests, unread, faults, missed }: FoundInProgram) => ({
  requests: requests.map(({ operation, payload, payloadPath, document, callSpan, justification }) => ({
    operation,
    payload: printed(payload),
    at: document.span(payloadPath, "value"),
    callSpan,
    justification,
  })),
  unread,
  faults,
  missed: missed?.span,
});

const shuffled = (pieces: readonly string[]) => fc.shuffledSubarray([...pieces], { minLength: 1 });

function programs({ head, inClass, calls, others, methods = [] }: Pieces): fc.Arbitrary<string> {
  const [open, close] = inClass ?? ["", ""];
  const inside = inClass
    ? shuffled(methods).map((some) => [open + some.join("\n") + close])
    : fc.constant([]);
  return fc
    .tuple(shuffled([...calls, ...others]), inside, fc.boolean())
    .chain(([outside, classes, hasClass]) =>
      fc.shuffledSubarray([...outside, ...(hasClass ? classes : [])], {
        minLength: outside.length + (hasClass ? classes.length : 0),
      }),
    )
    .map((parts) => `${head}\n${parts.join("\n\n")}`);
}

describe("what is left out of a program before it is parsed", () => {
  for (const pieces of PIECES)
    it(`changes nothing about what is found in ${pieces.file}`, async () => {
      await fc.assert(
        fc.asyncProperty(programs(pieces), async (text) => {
          const whole = told(await find(pieces.file, text, []));
          if (whole.missed) return;
          expect(told(await find(pieces.file, text, inert(pieces.file, text)))).toEqual(whole);
        }),
        { numRuns: runs(600) },
      );
    });

  it("is found in time for a long chain of definitions, and for many names", () => {
    const numbers = Array.from({ length: 20_000 }, (_, number) => number);
    const other = "def other():\n    pass\n";
    const chain = numbers.map((number) => `def f${number}():\n    return f${number + 1}()\n`);
    const first = "fsx.create_data_repository_task(A=f0())\n";
    expect(inert("a.py", [...chain, other, first].join("\n"))).toHaveLength(1);
    const reads = numbers.map((number) => `def g${number}():\n    return A${number}\n`);
    const list = `ALL = [${numbers.map((number) => `A${number}`).join(", ")}]\n`;
    const call = "fsx.create_data_repository_task(A=ALL)\n";
    expect(inert("a.py", [list, ...reads, other, call].join("\n"))).toHaveLength(1);
  });
});
