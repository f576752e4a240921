import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContextStore } from "../../src/context/store.ts";
import { FileCheck } from "../../src/engine/check-file.ts";
import { CheckCounter } from "../../src/engine/counting/check-counter.ts";
import { PlainFiles } from "../../src/engine/counting/plain-files.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { FileCheckOptions } from "../../src/engine/report/checked-file.ts";
import { FinishedFile } from "../../src/engine/report/finished-file.ts";
import { builtinSchemas } from "../../src/schema/builtin.ts";
import { COMPILED, INPUTS, PATIENCE } from "../rules/compare-requests.ts";
import { runs } from "../support/scale.ts";

const ENGINE: Engine = { schemas: builtinSchemas, rules: COMPILED, context: new ContextStore() };
const OPTIONS: FileCheckOptions = { strict: false };

async function checkUsually(file: string, text: string, counter: CheckCounter): Promise<FinishedFile> {
  const check = new FileCheck({ file, text }, false, ENGINE, { ...OPTIONS, counter });
  await check.run();
  const isCompared = ({ input }: { input?: { operation: string } }): boolean =>
    input !== undefined && COMPILED.compares(input.operation);
  return new FinishedFile(check, false, isCompared);
}

const toText = (operation: string, seed: number, space = 2): string => {
  const { request, justification } = INPUTS.create(operation, seed);
  return JSON.stringify(
    { operation, request, ...(justification !== undefined && { justification }) },
    null,
    space,
  );
};

/** Of two counters, each of which knows a file before that names every fact. */
async function createCounters(): Promise<[CheckCounter, CheckCounter]> {
  const counters: [CheckCounter, CheckCounter] = [new CheckCounter(), new CheckCounter()];
  for (const counter of counters)
    for (const operation of INPUTS.operations)
      for (let seed = 0; seed < 8; seed++) await checkUsually("0.json", toText(operation, seed), counter);
  return counters;
}

/** What the files of a report are made of. */
const describeFile = ({ requests, ...file }: FinishedFile) => ({
  ...file,
  requests: requests.map(({ counts, ...request }) => ({
    ...request,
    ...(counts && { checks: counts.checks, byFact: [...counts.byFact] }),
  })),
});

/** What stands in a file that is not as most are. */
const ODD: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text) => `\n${text}`,
  (text) => text.replace("{", '{ "caller": "arn:aws:iam::123456789012:role/Reporter",'),
  (text) => text.replace("{", '{ "context": {},'),
  (text) => text.replace("{", '{ "comment": "by hand",'),
  (text) => text.replace("{", '{ "operation": "fsx:DeleteFileSystem",'),
  (text) =>
    text.replace(/"request": \{/, '"request": { "Note": "aws fsx delete-file-system --file-system-id fs-1",'),
  (text) => text.replace(/"request": \{/, '"request": { "Note": "${NAME}",'),
  (text) =>
    text.replace(/"request": \{/, '"request": { "RoleArn": "arn:aws:iam::123456789012:role/Reporter",'),
  (text) => text.replace(/: "[^"]*"/, ": null"),
  (text) => text.slice(0, -2),
];

describe("files that hold a request as most do", () => {
  it("are counted as the usual check counts them", PATIENCE, async () => {
    const [usual, other] = await createCounters();
    const plain = new PlainFiles(ENGINE, other, OPTIONS);
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...INPUTS.operations),
        fc.nat(),
        fc.constantFrom(...ODD),
        async (operation, seed, change) => {
          const text = change(toText(operation, seed));
          const found = plain.check({ file: "1.json", text }, false);
          if (!found) return;
          if (found.facts) counted++;
          const expected = await checkUsually("1.json", text, usual);
          expect(describeFile(found)).toEqual(describeFile(expected));
          expect(found.listReported()).toEqual(expected.listReported());
        },
      ),
      { numRuns: runs(10_000) },
    );
    expect(counted).toBeGreaterThan(runs(10_000) / 20);
  });

  it.each<[string, Partial<Engine>]>([
    ["a caller", { caller: "arn:aws:iam::123456789012:role/Reporter" }],
    ["values of placeholders", { filling: {} as NonNullable<Engine["filling"]> }],
    ["an editor", { parseEdited: () => ({ documents: [], faults: [], directives: [] }) }],
  ])("are checked as usual in a run with %s", (_, more) => {
    const plain = new PlainFiles({ ...ENGINE, ...more }, new CheckCounter(), OPTIONS);
    expect(plain.check({ file: "1.json", text: toText("fsx:DeleteBackup", 1) }, false)).toBe(undefined);
  });
});
